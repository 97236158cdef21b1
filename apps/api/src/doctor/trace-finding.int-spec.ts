import { findFreePort, TraceCollector } from '@echo/testing';
import { type TracingSettings } from '../config/settings';
import { traceFinding } from './trace-finding';

describe('what the doctor finds about traces', () => {
  let collector: TraceCollector;
  const at = (url: string, protocol: TracingSettings['protocol'] = 'http/protobuf') =>
    traceFinding({
      url,
      protocol,
      headers: { 'x-token': 'hidden' },
      serviceName: 'echov2',
      attributes: {},
      sampler: 'always_on',
      ratio: 1,
      parcelMs: 100,
    });

  beforeAll(async () => {
    collector = await TraceCollector.start();
  });
  afterAll(() => collector.stop());

  it.each(['http/json', 'http/protobuf'] as const)('is that the collector takes them by %s, which is sent none', async (protocol) => {
    expect(await at(`${collector.url}/v1/traces`, protocol)).toMatchObject({ state: 'ok' });
    expect(collector.parcels.at(-1)?.headers).toMatchObject({ 'x-token': 'hidden' });
    expect(collector.spans).toEqual([]);
  });

  it.each([
    [401, /OTEL_EXPORTER_OTLP_HEADERS/],
    [415, /OTEL_EXPORTER_OTLP_PROTOCOL/],
    [404, /4318/],
  ])('is what to do when it answers %s', async (status, words) => {
    collector.status = status;
    const finding = await at(collector.url);
    collector.status = 200;
    expect([finding.state, finding.words]).toEqual(['fault', expect.stringMatching(words)]);
    expect(finding.words).not.toContain('hidden');
  });

  it('is what to do when nobody is there', async () => {
    const { state, words } = await at(`http://127.0.0.1:${await findFreePort()}/v1/traces`);
    expect([state, words]).toEqual(['fault', expect.stringMatching(/cannot be reached \(ECONNREFUSED\)/)]);
  });
});
