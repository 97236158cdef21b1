import { type ProviderSetup } from '@echo/contract';

/** A provider as the server tells of it. */
export function setupOf(id: string, more: Partial<ProviderSetup> = {}): ProviderSetup {
  return {
    id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    wire: 'openai-chat',
    base_url: `https://${id}.test/v1`,
    key_hint: null,
    models: null,
    default_model: null,
    continues: null,
    template_tokens: 'as_typed',
    headers: [],
    query: [],
    allow_private: false,
    enabled: true,
    times: { connect: null, first_content: null, idle: null, total: null },
    origin: 'settings',
    locked: false,
    state: { healthy: true, problem: null, default_model: 'small' },
    ...more,
  };
}
