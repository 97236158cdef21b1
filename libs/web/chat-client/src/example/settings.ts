import { type Provider } from '@angular/core';
import { HTTP_FETCH, provideChatSettings } from '../index';

/** The settings of `README.md`, word for word. */
export const settings = [
  provideChatSettings({ baseUrl: '/api', enableStreaming: true, streamingTimeout: 60_000, chunkTimeout: 10_000, fallbackOnError: true }),
];

/** Those of a page on another origin, each of whose people has an API key. */
export function settingsElsewhere(keyOfThisPerson: () => string): Provider[] {
  return [
    provideChatSettings({ baseUrl: 'https://chat.example/api' }),
    {
      provide: HTTP_FETCH,
      useValue: (input: RequestInfo | URL, init?: RequestInit) =>
        fetch(input, { ...init, headers: { ...init?.headers, authorization: `Bearer ${keyOfThisPerson()}` } }),
    },
  ];
}
