import { type ProviderEntity } from '@echo/api-persistence';
import { type ProviderSettings } from '@echo/api-providers';
import { type ProviderSetup } from '@echo/contract';
import { type Draft } from './draft';
import { hintOf } from './provider-secrets';

type State = ProviderSetup['state'];

/** One of the environment, as administrators see it. */
export function fixedSetup(provider: ProviderSettings, state: State): ProviderSetup {
  return {
    id: provider.id,
    name: provider.name,
    wire: provider.wire,
    base_url: provider.baseUrl,
    key_hint: provider.apiKey === undefined ? null : hintOf(provider.apiKey),
    models: provider.models ?? null,
    default_model: provider.defaultModel ?? null,
    continues: provider.continues ?? null,
    template_tokens: provider.templateTokens ?? 'as_typed',
    headers: Object.keys(provider.headers ?? {}),
    query: Object.keys(provider.query ?? {}),
    allow_private: true,
    enabled: true,
    times: { connect: null, first_content: null, idle: null, total: null },
    origin: 'environment',
    locked: false,
    state: state && stateOf(state),
  };
}

/** One that administrators added. Of its secrets only names leave. */
export function storedSetup(row: ProviderEntity, draft: Draft, state: State): ProviderSetup {
  return {
    id: row.id,
    name: row.name,
    wire: draft.wire,
    base_url: row.baseUrl,
    key_hint: row.keyHint,
    models: row.models,
    default_model: row.defaultModel,
    continues: row.continues,
    template_tokens: draft.templateTokens,
    headers: Object.keys(draft.headers ?? {}),
    query: Object.keys(draft.query ?? {}),
    allow_private: row.allowPrivate,
    enabled: row.enabled,
    times: { connect: row.connectTimeout, first_content: row.firstContentTimeout, idle: row.idleTimeout, total: row.totalTimeout },
    origin: 'settings',
    locked: false,
    state: row.enabled && state ? stateOf(state) : null,
  };
}

function stateOf({ healthy, problem, default_model }: NonNullable<State>): State {
  return { healthy, problem, default_model };
}
