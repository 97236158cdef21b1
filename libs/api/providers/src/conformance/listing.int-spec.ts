import { WIRES } from '../registry/wires';
import { EACH_WIRE, WireStage } from './wire-stage';

describe.each(EACH_WIRE)('the models of %s', (wire, speaker) => {
  let stage: WireStage;

  beforeAll(async () => (stage = await WireStage.start()));
  afterEach(() => stage.provider.reset());
  afterAll(() => stage.stop());

  const list = () => WIRES[wire].listModels(stage.settings(wire), stage.transport, new AbortController().signal);

  it('are listed, with how much they read', async () => {
    const about = { status: 200, steps: [{ write: '{"capabilities":["completion"],"model_info":{"llama.context_length":8192}}' }] };
    stage.provider.answer = ({ path }) => (path === '/api/show' ? about : speaker.models('a', 'b'));
    expect(await list()).toEqual([
      { id: 'a', contextLength: 8_192 },
      { id: 'b', contextLength: 8_192 },
    ]);
  });

  it('are none where the list is empty', async () => {
    stage.provider.enqueue(speaker.models());
    expect(await list()).toEqual([]);
  });

  it.each([
    ['a refused key', speaker.error(401), 'auth'],
    ['a server that does not list', { status: 404, steps: [{ write: '<html>' }] }, 'not_found'],
    ['a web page', { steps: [{ write: '<html>' }] }, 'protocol'],
    ['JSON of something else', { steps: [{ write: '{"hello":"world"}' }] }, 'protocol'],
    [
      'a list that is cut off',
      { headers: { 'content-length': '1000' }, steps: [{ write: '{"data":[' }, { cut: true as const }] },
      'truncated',
    ],
  ])('are not known after %s', async (_, answer, kind) => {
    stage.provider.enqueue(answer);
    await expect(list()).rejects.toMatchObject({ name: 'ProviderError', kind });
  });

  it('have a usual one', () => {
    const models = ['a-embedding', 'scripted'].map((id) => ({ id, contextLength: null }));
    expect(WIRES[wire].defaultModel(stage.settings(wire), models)).toBe(wire === 'anthropic' ? 'a-embedding' : 'scripted');
  });
});
