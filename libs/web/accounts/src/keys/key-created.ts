import { Component, DOCUMENT, type ElementRef, afterNextRender, computed, inject, input, output, viewChild } from '@angular/core';
import { type CreatedApiKey } from '@echo/contract';
import { CHAT_SETTINGS } from '@echo/web-chat-client';
import { ShownOnce } from '../form/shown-once';

/** A key that was made just now, with a first request to try it. */
@Component({ selector: 'echo-key-created', imports: [ShownOnce], templateUrl: './key-created.html' })
export class KeyCreated {
  private readonly origin = inject(DOCUMENT).location.origin;
  private readonly baseUrl = inject(CHAT_SETTINGS).baseUrl;
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  readonly key = input.required<CreatedApiKey>();
  /** The person says that they have it. */
  readonly kept = output();

  /** Of what the key may do: the most telling. */
  protected readonly example = computed(() => {
    const { key, scopes } = this.key();
    const api = new URL(this.baseUrl, this.origin).href;
    const bearer = `-H 'Authorization: Bearer ${key}'`;
    if (!scopes.includes('chat:write')) return `curl ${api}/${scopes.includes('chat:read') ? 'conversations' : 'models'} \\\n  ${bearer}`;
    return `curl ${api}/chat \\\n  ${bearer} \\\n  -H 'Content-Type: application/json' \\\n  -d '{"prompt": "Hello"}'`;
  });

  constructor() {
    afterNextRender({ write: () => this.heading().nativeElement.focus() });
  }
}
