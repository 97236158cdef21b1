import { type FlowEvent } from '@echo/contract';
import { createParser } from 'eventsource-parser';
import { type Finding, fault, note, ok } from './finding';

const TIMEOUT_MS = 15_000;

interface Arrival {
  readonly event: FlowEvent;
  /** Milliseconds of `performance.now()`. */
  readonly at: number;
}

/** Whether people reach the server at its public address, and whether text flows there as it is sent. */
export async function flowFindings(publicUrl: string | undefined): Promise<Finding[]> {
  const about = 'public address';
  if (publicUrl === undefined) return [ok(about, 'ECHO_PUBLIC_URL is not set: the server is for this machine alone.')];
  try {
    const response = await fetch(`${publicUrl}/api/health/stream`, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const problem = await problemOf(response, publicUrl);
    if (problem !== undefined) return [fault(about, problem)];
    const arrivals = await read(response);
    return [ok(about, `EchoV2 answers at ${publicUrl}.`), flowOf(arrivals)];
  } catch (error) {
    // Whatever the network says is what the operator must hear.
    return [fault(about, `${publicUrl} cannot be reached (${reasonOf(error)}). Is the server started, and the proxy before it?`)];
  }
}

async function problemOf(response: Response, publicUrl: string): Promise<string | undefined> {
  const { status } = response;
  if (status === 200 && response.headers.get('content-type')?.startsWith('text/event-stream')) return undefined;
  const body = await response.text();
  if (status >= 300 && status < 400)
    return `${publicUrl} leads on to ${response.headers.get('location') ?? 'somewhere else'}. Set ECHO_PUBLIC_URL to the address where people end up.`;
  if (body.includes('"host_not_allowed"'))
    return 'The proxy does not pass on the Host that people ask for, or passes it to a server with another ECHO_PUBLIC_URL. See docs/proxies.md.';
  if (status === 502 || status === 503 || status === 504)
    return `The proxy answers ${status}: it does not reach the server. Is it started, and does the proxy ask the right port?`;
  return `Something answers ${status} at ${publicUrl}/api/health/stream, but it is not this release of EchoV2. Check what ECHO_PUBLIC_URL leads to.`;
}

async function read(response: Response): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  const parser = createParser({
    onEvent: ({ data }) => arrivals.push({ event: JSON.parse(data) as FlowEvent, at: performance.now() }),
  });
  const decoder = new TextDecoder();
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const bytes of body ?? []) parser.feed(decoder.decode(bytes, { stream: true }));
  return arrivals;
}

/** How long the events took to come, against how long they took to leave. */
function flowOf(arrivals: readonly Arrival[]): Finding {
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  if (!first || !last || arrivals.length < last.event.of)
    return fault('streaming', `Only ${arrivals.length} of the events came: something between ends connections. See docs/proxies.md.`);
  const sentMs = last.event.sent_ms - first.event.sent_ms;
  const cameMs = last.at - first.at;
  if (cameMs > sentMs / 2) return ok('streaming', `Text flows as it is sent: ${arrivals.length} events in ${Math.round(cameMs)} ms.`);
  const words = `What was sent in ${sentMs} ms came within ${Math.round(cameMs)} ms`;
  const advice = 'Switch off buffering and compression of text/event-stream in what lies between. See docs/proxies.md.';
  return cameMs > sentMs / 4 ? note('streaming', `${words}. ${advice}`) : fault('streaming', `${words}: it is held back. ${advice}`);
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}
