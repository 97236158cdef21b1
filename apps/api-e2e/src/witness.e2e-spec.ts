import { ApiDescription, ApiWitness, builtDescription, EventReader, openAiChat } from '@echo/testing';
import { TestApi } from './support/test-api';

describe('a description with mistakes in it', () => {
  let api: TestApi;
  let witness: ApiWitness;

  beforeAll(async () => {
    const document = structuredClone(builtDescription().document);
    document.components.schemas.Health.properties.status.enum = ['unwell'];
    delete document.components.schemas.StartEvent.properties.model;
    const mistaken = new ApiDescription(document);
    // Before the first connection: it sees none that was there before it.
    witness = ApiWitness.start(() => mistaken);
    api = await TestApi.start();
    api.answerAll(openAiChat.text(['Hello']));
  });
  afterAll(() => {
    witness.stop();
    return api.stop();
  });

  it('is reported by whichever client sees an answer that is otherwise', async () => {
    const path = '/api/health/live';
    for (const look of [() => api.get(path), async () => (await fetch(`${api.url}${path}`)).text()]) {
      await look();
      expect(() => witness.check()).toThrow(/GET \/api\/health\/live is not as described: data\/status must be equal to one of/);
    }
    await api.get('/api/models');
    expect(witness.check().map((each) => each.path)).toEqual(['/api/models']);
  });

  it('is reported by the first event that is otherwise, also of a stream that was left', async () => {
    const reader = await EventReader.post(`${api.url}/api/chat`, { prompt: 'Hi' });
    await reader.until(({ events }) => events.length > 0);
    reader.leave();
    expect(() => witness.check()).toThrow(/an event of POST \/api\/chat is not as described: .*\n.*"start"/);
  });
});
