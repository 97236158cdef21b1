import { Component, computed, input } from '@angular/core';
import { TextField } from '@echo/web-forms';
import { type ProviderFields, TIME_NAMES, type TimeName } from './provider-fields';
import { SecretTextsField } from './secret-texts-field';

const TIME_WORDS: Readonly<Record<TimeName, string>> = {
  connect: 'To connect',
  first_content: 'To the first word',
  idle: 'Between two words',
  total: 'For a whole answer',
};

/** What few providers need: models by name, headers, a query, times. */
@Component({
  selector: 'echo-advanced-fields',
  imports: [SecretTextsField, TextField],
  templateUrl: './advanced-fields.html',
  styleUrl: './advanced-fields.css',
})
export class AdvancedFields {
  readonly fields = input.required<ProviderFields>();
  /** What is wrong at a pointer, or below it. */
  readonly errorAt = input.required<(pointer: string) => string | undefined>();

  protected readonly times = computed(() =>
    TIME_NAMES.map((name) => ({
      name,
      label: TIME_WORDS[name],
      value: this.fields().times[name],
      error: this.errorAt()(`/times/${name}`),
    })),
  );

  protected typeModels(event: Event): void {
    this.fields().models.set((event.target as HTMLTextAreaElement).value);
  }

  protected tickTokens(event: Event): void {
    this.fields().breaksTokens.set((event.target as HTMLInputElement).checked);
  }

  protected chooseContinues(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.fields().continues.set(value === 'yes' || value === 'no' ? value : '');
  }
}
