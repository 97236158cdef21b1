import { type TracingSettings } from '../config/settings';
import { type Finding, fault, ok } from './finding';

const ABOUT = 'traces';
const TIMEOUT_MS = 5_000;
/** A parcel with nothing in it, in each protocol. */
const EMPTY = {
  'http/json': { type: 'application/json', body: '{"resourceSpans":[]}' },
  'http/protobuf': { type: 'application/x-protobuf', body: '' },
} as const;

/** Whether the collector takes traces, by sending it none. */
export async function traceFinding({ url, headers, protocol }: TracingSettings): Promise<Finding> {
  const { type, body } = EMPTY[protocol];
  try {
    const { status } = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (status >= 200 && status < 300) return ok(ABOUT, `The collector takes them at ${url}.`);
    return fault(ABOUT, `${url} answers ${status}: ${adviceFor(status)}`);
  } catch (error) {
    // Whatever the network says is what the operator must hear.
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return fault(
      ABOUT,
      `${url} cannot be reached (${cause?.code ?? message}). Is the collector started, and does it take OTLP over HTTP there?`,
    );
  }
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return 'it wants something else in OTEL_EXPORTER_OTLP_HEADERS.';
  if (status === 415) return 'it wants the other OTEL_EXPORTER_OTLP_PROTOCOL.';
  return 'is it a collector that takes OTLP over HTTP? Its port is 4318 most of the time.';
}
