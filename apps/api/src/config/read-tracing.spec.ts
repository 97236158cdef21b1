import { Environment, type Variables } from './environment';
import { readTracing } from './read-tracing';

const read = (variables: Variables) => {
  const environment = new Environment(variables);
  return { tracing: readTracing(environment), problems: environment.problems };
};
const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };

describe('the settings of traces', () => {
  it('are none where nobody collects them, or somebody turned them off', () => {
    expect(read({}).tracing).toBeUndefined();
    expect(read({ OTEL_SERVICE_NAME: 'chat' }).tracing).toBeUndefined();
    expect(read({ ...ENDPOINT, OTEL_SDK_DISABLED: 'true' }).tracing).toBeUndefined();
    expect(read({ ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }).tracing).toBeUndefined();
  });

  it('are complete with an endpoint alone', () => {
    expect(read(ENDPOINT).tracing).toEqual({
      url: 'http://collector:4318/v1/traces',
      protocol: 'http/protobuf',
      headers: {},
      serviceName: 'echov2',
      attributes: {},
      sampler: 'parentbased_always_on',
      ratio: 1,
      parcelMs: 5_000,
    });
  });

  it('follow what is said of traces alone before what is said of everything', () => {
    const { tracing } = read({
      ...ENDPOINT,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/in',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: 'a=1,b=2',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'b=x%2Cy',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=team, zone = b',
    });
    expect(tracing).toMatchObject({
      url: 'https://traces.example/in',
      protocol: 'http/json',
      headers: { a: '1', b: 'x,y' },
      serviceName: 'team',
      attributes: { zone: 'b' },
    });
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'hunter2'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'key=hunter2%'],
    ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
  ])('name %s when it is wrong, and repeat no header', (name, value) => {
    const { problems } = read({ ...ENDPOINT, [name]: value });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} must be `))]);
    expect(problems.join()).not.toContain('hunter2');
  });
});
