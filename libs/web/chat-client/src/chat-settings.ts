import { inject, InjectionToken, type Provider } from '@angular/core';
import { SITE_BASE } from './site-base';

/** How the client talks to the server. All times in milliseconds. */
export interface ChatSettings {
  /** false: `sendStreamingMessage` asks for the whole answer as JSON. */
  readonly enableStreaming: boolean;
  /** No content for so long: the person is told (`status().phase` is `stalled`); the run is left alone. */
  readonly streamingTimeout: number;
  /** No byte for so long, heartbeats included: the connection is dead and is resumed. */
  readonly chunkTimeout: number;
  /** Where streaming gets no answer at all, ask once more without it, under the same key. */
  readonly fallbackOnError: boolean;
  /** Where the API is, without a slash at the end. */
  readonly baseUrl: string;
}

export const DEFAULT_CHAT_SETTINGS: ChatSettings = {
  enableStreaming: true,
  streamingTimeout: 60_000,
  chunkTimeout: 10_000,
  fallbackOnError: true,
  baseUrl: '/api',
};

export const CHAT_SETTINGS = new InjectionToken<ChatSettings>('CHAT_SETTINGS', {
  providedIn: 'root',
  factory: settingsHere,
});

/** Changes some settings; the others keep their defaults. */
export function provideChatSettings(settings: Partial<ChatSettings>): Provider {
  return { provide: CHAT_SETTINGS, useFactory: () => ({ ...settingsHere(), ...settings }) };
}

/** The defaults, where this server's API is. */
function settingsHere(): ChatSettings {
  return { ...DEFAULT_CHAT_SETTINGS, baseUrl: `${inject(SITE_BASE)}api` };
}
