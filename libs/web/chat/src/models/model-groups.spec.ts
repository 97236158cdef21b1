import { type Model, type Provider } from '@echo/contract';
import { modelGroups, splitChoice } from './model-groups';

const provider = (id: string, change: Partial<Provider> = {}): Provider => ({
  id,
  name: id.toUpperCase(),
  kind: 'model',
  healthy: true,
  problem: null,
  default_model: null,
  ...change,
});
const model = (provider: string, id: string): Model => ({
  provider,
  id,
  streaming: true,
  continues: true,
  context_length: null,
  reasoning: null,
  price: null,
});

describe('modelGroups', () => {
  it('puts models under their providers', () => {
    const groups = modelGroups([provider('a'), provider('b')], [model('b', 'two'), model('a', 'one'), model('b', 'three')], []);
    expect(groups.map((group) => [group.label, group.options.map((option) => option.value)])).toEqual([
      ['A', ['a/one']],
      ['B', ['b/two', 'b/three']],
    ]);
  });

  it('says that the Guide is built in and not an AI', () => {
    const [guide] = modelGroups([provider('guide', { name: 'Guide', kind: 'guide' })], [model('guide', 'guide')], []);
    expect(guide?.label).toBe('Guide (built-in, not an AI)');
    expect(guide?.options[0]?.label).toBe('Guide');
  });

  it('offers nothing of an unhealthy provider, says why, and puts it last', () => {
    const groups = modelGroups(
      [provider('a', { healthy: false, problem: 'The key was refused.' }), provider('b')],
      [model('a', 'one'), model('b', 'two')],
      [],
    );
    expect(groups.map((group) => group.label)).toEqual(['B', 'A']);
    expect(groups[1]).toMatchObject({ options: [], problem: 'The key was refused.' });
  });

  it('falls back to the default model of a provider that cannot list its models', () => {
    const groups = modelGroups([provider('a', { default_model: 'one' })], [], [{ provider: 'a', problem: 'It does not answer.' }]);
    expect(groups[0]?.options.map((option) => option.value)).toEqual(['a/one']);
  });

  it('says why a provider has no models', () => {
    expect(modelGroups([provider('a')], [], [{ provider: 'a', problem: 'It does not answer.' }])[0]?.problem).toBe('It does not answer.');
  });
});

describe('splitChoice', () => {
  it('keeps the slashes of a model’s own name', () => {
    expect(splitChoice('router/meta/llama')).toEqual({ provider: 'router', model: 'meta/llama' });
  });
});
