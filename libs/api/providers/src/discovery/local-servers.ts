import { type DiscoveredServer } from '@echo/contract';
import { ProviderError } from '../errors/provider-error';
import { type LocalServerPort, type ProvidersSettings } from '../provider-settings';
import { type HttpTransport } from '../transport/http-transport';
import { isRecord, parseJson, type JsonRecord } from '../transport/json';

/** Milliseconds that a server on this machine gets to answer, and for which a look around holds. */
const TIMES = { probe: 300, cache: 10_000 };
const MAX_LIST_CHARS = 1024 * 1024;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Looks for model servers on this machine's loopback and offers them. Never uses one: whatever listens on such a port would be sent
 * people's prompts. A server that is configured already is not offered.
 */
export class LocalServers {
  #found: Promise<readonly DiscoveredServer[]> | undefined;
  #validUntil = -Infinity;
  readonly #ports: readonly LocalServerPort[];

  constructor(
    settings: ProvidersSettings,
    private readonly transport: HttpTransport,
    /** The base URLs of what is configured now. */
    private readonly configured: () => readonly string[],
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#ports = settings.discoverLocal ? settings.localServerPorts : [];
  }

  /** The servers that answer now and are not configured; looks again after 10 s. */
  async find(): Promise<readonly DiscoveredServer[]> {
    if (this.#found === undefined || this.now() >= this.#validUntil) {
      const taken = this.#taken();
      this.#validUntil = this.now() + TIMES.cache;
      this.#found = Promise.all(this.#ports.filter(({ port }) => !taken.has(port)).map((port) => this.#probe(port))).then((servers) =>
        servers.filter((server) => server !== undefined),
      );
    }
    const found = await this.#found;
    const taken = this.#taken();
    return found.filter(({ base_url }) => !taken.has(loopbackPort(base_url)));
  }

  /** Ports of this machine that are configured already. */
  #taken(): ReadonlySet<number | undefined> {
    return new Set(this.configured().map(loopbackPort));
  }

  async #probe({ port, kind }: LocalServerPort): Promise<DiscoveredServer | undefined> {
    const origin = `http://127.0.0.1:${port}`;
    const body = await this.#get(`${origin}${kind === 'ollama' ? '/api/tags' : '/v1/models'}`);
    const list = isRecord(body) ? body[kind === 'ollama' ? 'models' : 'data'] : undefined;
    if (!Array.isArray(list)) return undefined;
    const entries = list.filter(isRecord);
    const models = entries.map((entry) => entry[kind === 'ollama' ? 'name' : 'id']).filter((id) => typeof id === 'string');
    // A list of something else.
    if (models.length === 0 && list.length > 0) return undefined;
    const base = { base_url: `${origin}/v1`, models: models.map((id) => id.slice(0, 200)) };
    if (kind === 'ollama')
      return { ...base, name: 'Ollama', connect: { id: 'ollama', wire: 'ollama', base_url: origin }, setting: `OLLAMA_HOST=${origin}` };
    const { id, name } = serverName(port, entries);
    const connect = { id, wire: 'openai-chat', base_url: base.base_url } as const;
    return { ...base, name, connect, setting: `ECHO_PROVIDERS='${JSON.stringify([connect])}'` };
  }

  async #get(url: string): Promise<unknown> {
    const signal = AbortSignal.timeout(TIMES.probe);
    const headers = { accept: 'application/json' };
    try {
      const { status, body } = await this.transport.send({ provider: 'A local server', method: 'GET', url: new URL(url), headers }, signal);
      try {
        return status === 200 ? parseJson(await body.text(MAX_LIST_CHARS)) : undefined;
      } finally {
        body.release();
      }
    } catch (error) {
      // Nobody is there, or not a model server: the usual case.
      if (error instanceof ProviderError) return undefined;
      throw error;
    }
  }
}

/** llama-server and vLLM sign their models; LM Studio is known by its port. */
function serverName(port: number, entries: readonly JsonRecord[]): { id: string; name: string } {
  const owners = entries.map((entry) => entry['owned_by']);
  if (owners.includes('llamacpp')) return { id: 'llama-cpp', name: 'llama.cpp' };
  if (owners.includes('vllm')) return { id: 'vllm', name: 'vLLM' };
  if (port === 1234) return { id: 'lm-studio', name: 'LM Studio' };
  return { id: `local-${port}`, name: `Model server on port ${port}` };
}

function loopbackPort(baseUrl: string): number | undefined {
  const url = new URL(baseUrl);
  return LOOPBACK.has(url.hostname) ? Number(url.port || (url.protocol === 'https:' ? 443 : 80)) : undefined;
}
