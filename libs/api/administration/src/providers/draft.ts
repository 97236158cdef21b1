import { type ProviderRow } from '@echo/api-persistence';
import { type ProviderSettings, type ProviderTimeouts } from '@echo/api-providers';
import { type CreateProviderRequest, type ProviderWire, type TokenPolicy, type UpdateProviderRequest } from '@echo/contract';

/** A provider with its secrets open: only ever in memory. */
export interface Draft {
  readonly id: string;
  readonly name: string;
  readonly wire: ProviderWire;
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly query: Readonly<Record<string, string>> | null;
  readonly models: readonly string[] | null;
  readonly defaultModel: string | null;
  readonly continues: boolean | null;
  readonly templateTokens: TokenPolicy;
  readonly allowPrivate: boolean;
  readonly enabled: boolean;
  readonly times: Readonly<Record<keyof ProviderTimeouts, number | null>>;
}

const NO_TIMES: Draft['times'] = { connectMs: null, firstContentMs: null, idleMs: null, totalMs: null };

/** A new one, before it is looked at. */
export function draftOf(request: CreateProviderRequest): Draft {
  const empty: Draft = {
    id: request.id,
    name: request.name,
    wire: request.wire,
    baseUrl: request.base_url,
    apiKey: null,
    headers: null,
    query: null,
    models: null,
    defaultModel: null,
    continues: null,
    templateTokens: 'as_typed',
    allowPrivate: false,
    enabled: true,
    times: NO_TIMES,
  };
  return changed(empty, request).draft;
}

/** What a change makes of one. Secrets stay with the host that they were given for: another host makes them be forgotten. */
export function changed(draft: Draft, request: UpdateProviderRequest): { readonly draft: Draft; readonly secretsCleared: boolean } {
  const baseUrl = request.base_url?.trim().replace(/\/+$/, '') ?? draft.baseUrl;
  const moved = originOf(baseUrl) !== originOf(draft.baseUrl);
  const kept = moved ? { apiKey: null, headers: null, query: null } : draft;
  const { times = {} } = request;
  const ms = (given: number | null | undefined, old: number | null) => (given === undefined ? old : given === null ? null : given * 1000);
  return {
    secretsCleared: moved && [draft.apiKey, draft.headers, draft.query].some((secret) => secret !== null),
    draft: {
      id: draft.id,
      name: request.name?.trim() ?? draft.name,
      wire: request.wire ?? draft.wire,
      baseUrl,
      apiKey: given(textOrNull(request.api_key), kept.apiKey),
      headers: given(filled(request.headers), kept.headers),
      query: given(filled(request.query), kept.query),
      models: given(request.models?.length === 0 ? null : request.models, draft.models),
      defaultModel: given(textOrNull(request.default_model), draft.defaultModel),
      continues: given(request.continues, draft.continues),
      templateTokens: request.template_tokens ?? draft.templateTokens,
      allowPrivate: request.allow_private ?? draft.allowPrivate,
      enabled: request.enabled ?? draft.enabled,
      times: {
        connectMs: ms(times.connect, draft.times.connectMs),
        firstContentMs: ms(times.first_content, draft.times.firstContentMs),
        idleMs: ms(times.idle, draft.times.idleMs),
        totalMs: ms(times.total, draft.times.totalMs),
      },
    },
  };
}

/** As the registry takes it. */
export function settingsOf(draft: Draft): ProviderSettings {
  const { id, name, wire, baseUrl, apiKey, headers, query, models, defaultModel, continues, templateTokens, allowPrivate, times } = draft;
  const timeouts = Object.fromEntries(Object.entries(times).filter(([, value]) => value !== null)) as ProviderTimeouts;
  return {
    id,
    name,
    wire,
    baseUrl,
    publicOnly: !allowPrivate,
    timeouts,
    templateTokens,
    ...(apiKey === null ? {} : { apiKey }),
    ...(headers === null ? {} : { headers }),
    ...(query === null ? {} : { query }),
    ...(models === null ? {} : { models }),
    ...(defaultModel === null ? {} : { defaultModel }),
    ...(continues === null ? {} : { continues }),
  };
}

/** The columns that hold no secret. */
export function plainColumns(draft: Draft): Omit<ProviderRow, 'apiKey' | 'headers' | 'query' | 'keyHint'> {
  const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);
  const { id, name, wire, baseUrl, models, defaultModel, continues, templateTokens, allowPrivate, enabled, times } = draft;
  return {
    id,
    name,
    wire,
    baseUrl,
    models: models === null ? null : [...models],
    defaultModel,
    continues,
    templateTokens,
    allowPrivate,
    enabled,
    connectTimeout: seconds(times.connectMs),
    firstContentTimeout: seconds(times.firstContentMs),
    idleTimeout: seconds(times.idleMs),
    totalTimeout: seconds(times.totalMs),
  };
}

function originOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).origin : baseUrl;
}

function given<T>(value: T | null | undefined, otherwise: T | null): T | null {
  return value === undefined ? otherwise : value;
}

function textOrNull(text: string | null | undefined): string | null | undefined {
  return typeof text === 'string' ? text.trim() || null : text;
}

function filled(texts: Readonly<Record<string, string>> | null | undefined): Readonly<Record<string, string>> | null | undefined {
  return texts && Object.keys(texts).length === 0 ? null : texts;
}
