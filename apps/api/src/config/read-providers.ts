import { type ProviderSettings, PROVIDERS_DEFAULTS, type ProvidersSettings, WIRE_NAMES, type WireName } from '@echo/api-providers';
import { TOKEN_POLICIES, type TokenPolicy } from '@echo/contract';
import { type Environment, httpUrl } from './environment';
import { readFallbacks, readPrices } from './read-models';
import { readNetwork } from './read-network';

const OPENAI_URL = 'https://api.openai.com/v1';
const ANTHROPIC_URL = 'https://api.anthropic.com';
const GEMINI_URL = 'https://generativelanguage.googleapis.com';
const FIELDS = new Set(['id', 'name', 'wire', 'base_url', 'api_key_env', 'models', 'continues', 'template_tokens', 'headers', 'query']);

/** The providers that the environment configures, in the order in which they are shown. */
export function readProviders(environment: Environment): ProvidersSettings {
  const named = [readOpenAi(environment), readAnthropic(environment), readGemini(environment), readOllama(environment)];
  const providers = [...named.filter((provider) => provider !== undefined), ...readOthers(environment)];
  for (const [index, { id }] of providers.entries()) {
    if (providers.findIndex((each) => each.id === id) !== index) environment.wrong('ECHO_PROVIDERS', `names the provider "${id}" twice`);
  }
  const defaultModel = environment.text('ECHO_DEFAULT_MODEL');
  const fallbacks = readFallbacks(environment);
  const prices = readPrices(environment);
  return {
    ...PROVIDERS_DEFAULTS,
    network: readNetwork(environment),
    providers,
    ...(defaultModel ? { defaultModel } : {}),
    ...(fallbacks ? { fallbacks } : {}),
    ...(prices ? { prices } : {}),
    discoverLocal: environment.flag('ECHO_DISCOVER_LOCAL', true),
    firstContentTimeoutMs: 1000 * environment.seconds('ECHO_FIRST_CONTENT_TIMEOUT', 60, 1, 3600),
    idleTimeoutMs: 1000 * environment.seconds('ECHO_IDLE_TIMEOUT', 60, 1, 3600),
    totalTimeoutMs: 1000 * environment.seconds('ECHO_TOTAL_TIMEOUT', 900, 1, 86_400),
    maxOutputChars: environment.integer('ECHO_MAX_OUTPUT_CHARS', 1_000_000, 1, 100_000_000),
  };
}

function readOpenAi(environment: Environment): ProviderSettings | undefined {
  const apiKey = environment.secret('OPENAI_API_KEY');
  const url = environment.url('OPENAI_BASE_URL');
  if (apiKey === undefined && url === undefined) return undefined;
  const name = url === undefined || url === OPENAI_URL ? 'OpenAI' : 'OpenAI-compatible server';
  return { id: 'openai', name, wire: 'openai-chat', baseUrl: url ?? OPENAI_URL, ...(apiKey ? { apiKey } : {}) };
}

function readAnthropic(environment: Environment): ProviderSettings | undefined {
  const apiKey = environment.secret('ANTHROPIC_API_KEY');
  const url = environment.url('ANTHROPIC_BASE_URL');
  if (apiKey === undefined && url === undefined) return undefined;
  const name = url === undefined || url === ANTHROPIC_URL ? 'Anthropic' : 'Anthropic-compatible server';
  return { id: 'anthropic', name, wire: 'anthropic', baseUrl: url ?? ANTHROPIC_URL, ...(apiKey ? { apiKey } : {}) };
}

function readGemini(environment: Environment): ProviderSettings | undefined {
  const apiKey = environment.secret('GEMINI_API_KEY');
  const url = environment.url('GOOGLE_GEMINI_BASE_URL');
  if (apiKey === undefined && url === undefined) return undefined;
  const name = url === undefined || url === GEMINI_URL ? 'Google Gemini' : 'Gemini-compatible server';
  return { id: 'gemini', name, wire: 'gemini', baseUrl: url ?? GEMINI_URL, ...(apiKey ? { apiKey } : {}) };
}

/** Its own setting may be a bare host and port. */
function readOllama(environment: Environment): ProviderSettings | undefined {
  const text = environment.text('OLLAMA_HOST');
  if (text === undefined) return undefined;
  const url = httpUrl(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`);
  if (url === undefined)
    return environment.wrong('OLLAMA_HOST', `must be a host and port or a URL, such as http://127.0.0.1:11434, not "${text}"`);
  const { port, protocol } = new URL(url);
  const origin = port === '' && protocol === 'http:' ? `${url}:11434` : url;
  return { id: 'ollama', name: 'Ollama', wire: 'ollama', baseUrl: origin };
}

function readOthers(environment: Environment): ProviderSettings[] {
  const text = environment.text('ECHO_PROVIDERS');
  if (text === undefined) return [];
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    // What is wrong with the JSON is told below, in words.
  }
  if (!Array.isArray(list)) {
    environment.wrong(
      'ECHO_PROVIDERS',
      'must be a JSON list such as [{"id":"local","wire":"openai-chat","base_url":"http://127.0.0.1:8000/v1"}]',
    );
    return [];
  }
  return list.flatMap((entry: unknown, index) => readOther(environment, entry, `entry ${index + 1}`) ?? []);
}

function readOther(environment: Environment, entry: unknown, where: string): ProviderSettings | undefined {
  const wrong = (what: string): undefined => environment.wrong('ECHO_PROVIDERS', `${where}: ${what}`);
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return wrong('must be an object');
  const fields = entry as Record<string, unknown>;
  for (const name of Object.keys(fields))
    if (!FIELDS.has(name)) wrong(`"${name}" is not a known field; known are ${[...FIELDS].join(', ')}`);
  const { id, wire, base_url, models, continues, template_tokens, api_key_env } = fields;
  if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9_-]{0,62}$/.test(id)) return wrong('"id" must be lower-case letters, digits, - and _');
  if (id === 'guide') return wrong('the id "guide" is taken by the built-in Guide');
  if (!isWire(wire)) return wrong(`"wire" must be one of ${WIRE_NAMES.join(', ')}`);
  const baseUrl = typeof base_url === 'string' ? httpUrl(base_url) : undefined;
  if (baseUrl === undefined) return wrong('"base_url" must be a URL that begins with http:// or https://');
  if (models !== undefined && !isTexts(models)) return wrong('"models" must be a list of names, at least one');
  if (continues !== undefined && typeof continues !== 'boolean') return wrong('"continues" must be true or false');
  if (template_tokens !== undefined && !isTokenPolicy(template_tokens))
    return wrong(`"template_tokens" must be one of ${TOKEN_POLICIES.join(', ')}`);
  const apiKey = typeof api_key_env === 'string' ? environment.secret(api_key_env) : undefined;
  if (api_key_env !== undefined && apiKey === undefined)
    return wrong(`"api_key_env" names ${JSON.stringify(api_key_env)}, which is not set`);
  const headers = readTexts(fields['headers'], () => wrong('"headers" must be an object of texts'));
  const query = readTexts(fields['query'], () => wrong('"query" must be an object of texts'));
  return {
    id,
    name: typeof fields['name'] === 'string' && fields['name'] !== '' ? fields['name'] : id,
    wire,
    baseUrl,
    ...(apiKey ? { apiKey } : {}),
    ...(models ? { models } : {}),
    ...(continues === undefined ? {} : { continues }),
    ...(template_tokens === undefined ? {} : { templateTokens: template_tokens }),
    ...(headers ? { headers } : {}),
    ...(query ? { query } : {}),
  };
}

function isWire(value: unknown): value is WireName {
  return WIRE_NAMES.some((wire) => wire === value);
}

function isTokenPolicy(value: unknown): value is TokenPolicy {
  return TOKEN_POLICIES.some((policy) => policy === value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string' && each !== '');
}

function readTexts(value: unknown, wrong: () => undefined): Record<string, string> | undefined {
  if (value === undefined) return undefined;
  if (
    typeof value !== 'object' ||
    value === null ||
    Array.isArray(value) ||
    !Object.values(value).every((each) => typeof each === 'string')
  )
    return wrong();
  return value as Record<string, string>;
}
