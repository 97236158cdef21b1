import { isNativeError } from 'node:util/types';
import { errors, request, type Dispatcher } from 'undici';
import { providerFault } from '../errors/provider-fault';
import { type ProviderError } from '../errors/provider-error';
import { HttpBody } from './http-body';
import { WayOut, type WayOutOptions } from './way-out';

export interface HttpCall {
  /** The provider's name, for sentences. */
  readonly provider: string;
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  /** The first value of the header, or undefined. */
  readonly header: (name: string) => string | undefined;
  /** Must be read to its end or released. */
  readonly body: HttpBody;
}

/**
 * HTTP to providers: undici with agents of our own (see `WayOut`), whose only timeout is the one for connecting; all others are ours. HTTP/1.1 only, so that
 * stopping a call closes its socket and the provider notices. Redirects are refused: a key must not travel to another host.
 */
export class HttpTransport {
  readonly #wayOut: WayOut;

  constructor(options: WayOutOptions = {}) {
    this.#wayOut = new WayOut(options);
  }

  /** Resolves when the answer's headers are there, whatever the status. Throws a `ProviderError` of kind network, protocol or aborted. */
  async send(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
    if (signal.aborted) throw providerFault('aborted', call.provider);
    let answer: Dispatcher.ResponseData;
    try {
      answer = await request(call.url, {
        dispatcher: await this.#wayOut.to(call.url),
        method: call.method,
        headers: { 'accept-encoding': 'identity', 'user-agent': 'EchoV2', ...call.headers },
        body: call.body,
        signal,
      });
    } catch (error) {
      throw sendFault(error, call.provider, signal);
    }
    const header = (name: string) => {
      const value = answer.headers[name];
      return typeof value === 'string' ? value : value?.[0];
    };
    const body = new HttpBody(answer.body, call.provider, signal);
    if (answer.statusCode >= 300 && answer.statusCode < 400) {
      body.release();
      throw providerFault('protocol', call.provider, {
        status: answer.statusCode,
        logDetail: 'redirects are refused: set the final base URL',
      });
    }
    const encoding = header('content-encoding');
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
      body.release();
      throw providerFault('protocol', call.provider, {
        status: answer.statusCode,
        logDetail: 'the body is compressed though we asked for a plain one',
      });
    }
    return { status: answer.statusCode, header, body };
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    await this.#wayOut.close();
  }
}

function sendFault(error: unknown, provider: string, signal: AbortSignal): ProviderError {
  if (signal.aborted) return providerFault('aborted', provider);
  // A key with a line break in it, for example: nothing was sent. The error's own text may quote it, so it is no cause of ours.
  if (error instanceof errors.InvalidArgumentError && !error.message.includes('(407)')) {
    return providerFault('bad_request', provider, { logDetail: 'a header or the address holds characters that HTTP forbids' });
  }
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) {
    return providerFault('protocol', provider, { cause: error });
  }
  return providerFault('network', provider, { cause: error, logDetail: networkDetail(error) });
}

/** `ECONNREFUSED`, for example. Of several addresses that failed, the first one's. */
function networkDetail(error: unknown): string | undefined {
  if (error instanceof AggregateError) return networkDetail(error.errors[0]);
  if (!isNativeError(error)) return undefined;
  const refused = /Proxy response \((\d+)\)|Proxy Authentication Required \((407)\)/.exec(error.message);
  if (refused !== null) return `the proxy refused to connect (HTTP ${refused[1] ?? refused[2]})`;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
