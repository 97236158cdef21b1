import { Component, input } from '@angular/core';
import { type SecretTexts } from './secret-texts';

/** Texts by name, such as headers, whose stored values nobody sees. */
@Component({ selector: 'echo-secret-texts-field', templateUrl: './secret-texts-field.html', styleUrl: './secret-texts-field.css' })
export class SecretTextsField {
  readonly texts = input.required<SecretTexts>();
  readonly label = input.required<string>();
  readonly hint = input.required<string>();
  readonly error = input<string>();

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }
}
