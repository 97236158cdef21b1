import { type Environment } from './environment';
import { type TracingSettings } from './settings';

const PROTOCOLS = ['http/protobuf', 'http/json'] as const;
const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const;
const SERVICE = 'echov2';
/** A key, and a value in which commas and the like are written as in a URL. */
const PAIR = /^\s*([^=\s]+)\s*=(.*)$/;

/** Where traces go, by OpenTelemetry's own names. Undefined: nowhere, and nothing of it is loaded. */
export function readTracing(environment: Environment): TracingSettings | undefined {
  const isOff = environment.flag('OTEL_SDK_DISABLED', false);
  const exporter = environment.choice('OTEL_TRACES_EXPORTER', 'otlp', ['otlp', 'none']);
  const everything = environment.url('OTEL_EXPORTER_OTLP_ENDPOINT');
  const traces = environment.url('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  const protocol = environment.choice('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf', PROTOCOLS);
  const tracesProtocol = environment.choice('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', protocol, PROTOCOLS);
  const headers = readPairs(environment, 'OTEL_EXPORTER_OTLP_HEADERS', environment.secret('OTEL_EXPORTER_OTLP_HEADERS'));
  const tracesHeaders = readPairs(
    environment,
    'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
    environment.secret('OTEL_EXPORTER_OTLP_TRACES_HEADERS'),
  );
  const attributes = readPairs(environment, 'OTEL_RESOURCE_ATTRIBUTES', environment.text('OTEL_RESOURCE_ATTRIBUTES'));
  const serviceName = environment.text('OTEL_SERVICE_NAME') ?? attributes['service.name'] ?? SERVICE;
  const sampler = environment.choice('OTEL_TRACES_SAMPLER', 'parentbased_always_on', SAMPLERS);
  const ratio = readRatio(environment);
  const parcelMs = environment.integer('OTEL_BSP_SCHEDULE_DELAY', 5_000, 10, 600_000);
  const url = traces ?? (everything === undefined ? undefined : `${everything}/v1/traces`);
  if (url === undefined || isOff || exporter === 'none') return undefined;
  return { url, protocol: tracesProtocol, headers: { ...headers, ...tracesHeaders }, serviceName, attributes, sampler, ratio, parcelMs };
}

/** `a=1,b=2`. Not repeated in a message: a header is a secret most of the time. */
function readPairs(environment: Environment, name: string, text: string | undefined): Record<string, string> {
  const pairs = (text ?? '').split(',').filter((pair) => pair.trim() !== '');
  const read = pairs.map((pair) => decode(PAIR.exec(pair)));
  if (read.includes(undefined)) environment.wrong(name, 'must be pairs such as name=value,other=value, with %2C for a comma in a value');
  return Object.fromEntries(read.filter((pair) => pair !== undefined));
}

function decode(match: RegExpExecArray | null): readonly [string, string] | undefined {
  if (match === null) return undefined;
  try {
    return [match[1] ?? '', decodeURIComponent((match[2] ?? '').trim())];
  } catch (error) {
    // A % that begins no escape. decodeURIComponent cannot be asked beforehand.
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function readRatio(environment: Environment): number {
  const name = 'OTEL_TRACES_SAMPLER_ARG';
  const text = environment.text(name);
  if (text === undefined) return 1;
  const ratio = Number(text);
  return ratio >= 0 && ratio <= 1 ? ratio : (environment.wrong(name, `must be a number from 0 to 1, not "${text}"`) ?? 1);
}
