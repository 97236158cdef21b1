import { TestBed } from '@angular/core/testing';
import { type Conversation, type Model, type ProviderList } from '@echo/contract';
import { ApiProblem, ModelsApi } from '@echo/web-chat-client';
import { ModelCatalog } from './model-catalog';

const model = (provider: string, id: string): Model => ({
  provider,
  id,
  streaming: true,
  continues: true,
  context_length: null,
  reasoning: null,
  price: null,
});
const provider = (id: string, kind: 'guide' | 'model', healthy = true) =>
  ({ id, name: id, kind, healthy, problem: null, default_model: null }) as const;
const LIST: ProviderList = {
  providers: [provider('openai', 'model'), provider('guide', 'guide')],
  default_model: 'openai/one',
  discovered: [],
};
const conversation = (id: number, model: string | null = null) => ({ id, provider: model && 'openai', model }) as Conversation;

describe('ModelCatalog', () => {
  const api = { providers: jest.fn(), models: jest.fn() };

  async function load(): Promise<ModelCatalog> {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [ModelCatalog, { provide: ModelsApi, useValue: api }] });
    const catalog = TestBed.inject(ModelCatalog);
    await catalog.load();
    return catalog;
  }

  beforeEach(() => {
    localStorage.clear();
    api.providers.mockResolvedValue(LIST);
    api.models.mockResolvedValue({ models: [model('openai', 'one'), model('openai', 'two'), model('guide', 'guide')], problems: [] });
  });

  it('begins with the default of the server', async () => {
    expect((await load()).choice()).toBe('openai/one');
  });

  it('remembers the last choice for new chats, over reloads', async () => {
    (await load()).choose('openai/two');
    expect((await load()).choice()).toBe('openai/two');
  });

  it('remembers each conversation’s own choice', async () => {
    const catalog = await load();
    catalog.attend(5, conversation(5));
    catalog.choose('openai/two');
    catalog.attend(6, conversation(6, 'one'));
    expect(catalog.choice()).toBe('openai/one');
    const later = await load();
    later.attend(5, conversation(5, 'one'));
    expect(later.choice()).toBe('openai/two');
  });

  it('keeps what is chosen for a conversation before it is known what that used', async () => {
    const catalog = await load();
    catalog.attend(5);
    catalog.choose('openai/two');
    catalog.attend(5, conversation(5, 'one'));
    expect(catalog.choice()).toBe('openai/two');
  });

  it('gives a conversation that has begun what its new chat had chosen', async () => {
    const catalog = await load();
    catalog.choose('openai/two');
    catalog.attend(9);
    catalog.settle(9);
    catalog.choose('openai/one');
    catalog.attend(undefined);
    catalog.choose('guide/guide');
    catalog.attend(9, conversation(9, 'two'));
    expect(catalog.choice()).toBe('openai/one');
  });

  it('falls back to the default where the remembered model is gone', async () => {
    localStorage.setItem('echo.models', JSON.stringify({ new: 'gone/model' }));
    expect((await load()).choice()).toBe('openai/one');
  });

  it.each(['not json', '[1]', 'null', '{"new": 5}'])('does not stumble over %s in the browser’s storage', async (stored) => {
    localStorage.setItem('echo.models', stored);
    expect((await load()).choice()).toBe('openai/one');
  });

  it('knows when only the Guide can answer', async () => {
    api.providers.mockResolvedValue({
      ...LIST,
      providers: [provider('openai', 'model', false), provider('guide', 'guide')],
      default_model: 'guide/guide',
    });
    const catalog = await load();
    expect([catalog.isGuideOnly(), catalog.isGuide()]).toEqual([true, true]);
  });

  it('knows which models cannot go on from a beginning', async () => {
    api.models.mockResolvedValue({ models: [model('openai', 'one'), { ...model('openai', 'a/b'), continues: false }], problems: [] });
    expect([...(await load()).beginsAnew()]).toEqual(['openai/a/b']);
  });

  it('keeps what it knows when it cannot be read again', async () => {
    const catalog = await load();
    api.models.mockRejectedValueOnce(new ApiProblem('The server could not be reached.', 0, 'network_error'));
    const again = catalog.load();
    expect(catalog.isLoading()).toBe(false);
    await again;
    expect([catalog.problem(), catalog.choice()]).toEqual([undefined, 'openai/one']);
  });

  it('says why nothing could be loaded', async () => {
    api.providers.mockRejectedValueOnce(new ApiProblem('The server could not be reached.', 0, 'network_error'));
    const catalog = await load();
    expect(catalog.problem()).toBe('The server could not be reached.');
    await catalog.load();
    expect(catalog.problem()).toBeUndefined();
  });
});
