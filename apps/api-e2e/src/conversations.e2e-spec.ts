import { openAiChat } from '@echo/testing';
import { TestApi } from './support/test-api';

describe('conversations', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
    api.answerAll(openAiChat.text(['An answer.']));
  });
  afterAll(() => api.stop());

  const ask = async (prompt: string, more: object = {}) => (await api.post('/api/chat', { prompt, ...more })).body;

  it('are titled from the first line of the prompt, at most 60 characters', async () => {
    const { conversation_id } = await ask(`  ${'ä'.repeat(70)}\nsecond line`);
    expect((await api.get(`/api/conversations/${conversation_id}`)).body).toMatchObject({
      title: 'ä'.repeat(60),
      provider: 'scripted',
      model: 'one',
    });
    await ask('Another title', { conversation_id });
    expect((await api.get(`/api/conversations/${conversation_id}`)).body.title).toBe('ä'.repeat(60));
  });

  it('can be made empty, and take their title from the prompt then', async () => {
    const made = await api.post('/api/conversations', {});
    expect([made.status, made.body.title]).toEqual([201, '']);
    await ask('Now it has one', { conversation_id: made.body.id });
    expect((await api.get(`/api/conversations/${made.body.id}`)).body.title).toBe('Now it has one');
    expect((await api.post('/api/conversations', { title: 'Given' })).body.title).toBe('Given');
  });

  it('are renamed, pinned, archived and deleted', async () => {
    const { conversation_id: id } = await ask('To be changed');
    const path = `/api/conversations/${id}`;
    expect((await api.send('patch', path, { title: 'Changed', pinned: true })).body).toMatchObject({
      title: 'Changed',
      pinned: true,
      archived: false,
    });
    expect((await api.get('/api/conversations')).body.items[0].id).toBe(id);
    expect((await api.send('patch', path, { archived: true, pinned: false })).body).toMatchObject({ archived: true });
    const ids = async (query: string) => (await api.get(`/api/conversations${query}`)).body.items.map((each: { id: number }) => each.id);
    expect(await ids('')).not.toContain(id);
    expect(await ids('?archived=true')).toEqual([id]);
    expect((await api.send('patch', path, { archived: false })).body.archived).toBe(false);
    expect((await api.send('delete', path)).status).toBe(204);
    expect((await api.get(path)).status).toBe(404);
    expect((await api.get(`${path}/messages`)).status).toBe(404);
    expect((await api.send('delete', path)).status).toBe(404);
    expect((await api.send('patch', path, { title: 'x' })).status).toBe(404);
  });

  it('are set up with a system prompt and a temperature, which every answer is asked for with', async () => {
    const made = await api.post('/api/conversations', { system_prompt: 'Be brief.', temperature: 0.3 });
    expect(made.body).toMatchObject({ system_prompt: 'Be brief.', temperature: 0.3 });
    const path = `/api/conversations/${made.body.id}`;
    const asked = api.asked.length;
    await ask('One', { conversation_id: made.body.id });
    expect((await api.send('patch', path, { temperature: 0 })).body).toMatchObject({ system_prompt: 'Be brief.', temperature: 0 });
    await ask('Two', { conversation_id: made.body.id });
    expect((await api.send('patch', path, { system_prompt: '', temperature: null })).body).toMatchObject({
      system_prompt: null,
      temperature: null,
    });
    await ask('Three', { conversation_id: made.body.id });
    const bodies = api.asked.slice(asked).map(({ json }) => [json.messages[0], json.temperature]);
    const system = { role: 'system', content: 'Be brief.' };
    expect(bodies).toEqual([
      [system, 0.3],
      [system, 0],
      [{ role: 'user', content: 'One' }, undefined],
    ]);
    const listed = (await api.get('/api/conversations')).body.items.find((each: { id: number }) => each.id === made.body.id);
    expect(Object.keys(listed)).not.toContain('system_prompt');
  });

  it.each([
    [{ system_prompt: 'x'.repeat(32_001) }, 'too_long'],
    [{ system_prompt: 'a\u0000' }, 'nul_character'],
    [{ system_prompt: 1 }, 'wrong_type'],
    [{ temperature: 2.1 }, 'invalid_value'],
    [{ temperature: '1' }, 'invalid_value'],
    [{ title: '' }, 'empty'],
    [{ title: 'x'.repeat(201) }, 'too_long'],
    [{ title: 'a\u0000' }, 'nul_character'],
    [{ title: 1 }, 'wrong_type'],
    [{ pinned: 'yes' }, 'wrong_type'],
    [{ title: null }, 'wrong_type'],
    [{ owner_id: 'me' }, 'unknown_field'],
  ])('refuse the change %j', async (body, code) => {
    const { conversation_id } = await ask('Unchanged');
    const answer = await api.send('patch', `/api/conversations/${conversation_id}`, body);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect((await api.get(`/api/conversations/${conversation_id}`)).body.title).toBe('Unchanged');
  });

  it('are listed in pages and found by what was said in them', async () => {
    const made = [];
    for (const word of ['quetzal', 'quokka', 'QUAGGA']) made.push((await ask(`About the ${word}`)).conversation_id);
    const found = await api.get('/api/conversations?q=quagga');
    expect(found.body.items.map((each: { id: number }) => each.id)).toEqual([made[2]]);
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: { id: number }[]; next_cursor: string | null } = (
        await api.get(`/api/conversations?q=About&limit=2${cursor && `&cursor=${cursor}`}`)
      ).body;
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual([...made].reverse());
  });

  it('hold a tree of messages, paged by cursor, siblings and all', async () => {
    const first = await ask('Root');
    const again = await api.post(`/api/messages/${first.message_id}/regenerate`, { model: 'two' });
    expect(again.body).toMatchObject({ conversation_id: first.conversation_id, model: 'two' });
    const [user] = await api.messages(first.conversation_id);
    const below = await api.post(`/api/messages/${user.id}/regenerate`, {});
    const messages = await api.messages(first.conversation_id);
    expect(messages.filter((each) => each.parent_id === user.id).map((each) => each.id)).toEqual([
      first.message_id,
      again.body.message_id,
      below.body.message_id,
    ]);
    const page = await api.get(`/api/conversations/${first.conversation_id}/messages?limit=3`);
    const rest = await api.get(`/api/conversations/${first.conversation_id}/messages?cursor=${page.body.next_cursor}`);
    expect([...page.body.items, ...rest.body.items]).toEqual(messages);
    expect(rest.body.next_cursor).toBeNull();
  });

  it('streams another answer too', async () => {
    const first = await ask('Root');
    const reader = await api.stream(`/api/messages/${first.message_id}/regenerate`, {});
    await reader.all();
    expect(reader.events.map(({ event }) => event.type)).toEqual(['start', 'content', 'done']);
  });

  it('go on with the model that they had', async () => {
    const { conversation_id } = await ask('With two', { model: 'scripted/two' });
    expect(await ask('Which one?', { conversation_id })).toMatchObject({ provider: 'scripted', model: 'two' });
  });
});

describe('providers and models', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
  });
  afterAll(() => api.stop());

  it('are what can be chosen', async () => {
    const { body } = await api.get('/api/chat/providers');
    expect(body.default_model).toBe('scripted/one');
    expect(body.providers.map((each: { id: string; kind: string }) => [each.id, each.kind])).toEqual([
      ['scripted', 'model'],
      ['guide', 'guide'],
    ]);
    const models = (await api.get('/api/chat/providers/scripted/models')).body.models;
    expect(models.map((each: { id: string }) => each.id)).toEqual(['one', 'two']);
    expect((await api.get('/api/models')).body.models.length).toBeGreaterThan(2);
  });

  it('say who answers here and that it lives', async () => {
    expect((await api.get('/api/version')).body).toMatchObject({ name: 'EchoV2', max_prompt_chars: 200_000 });
    expect((await api.get('/api/health/ready')).body).toEqual({ status: 'ok', problems: [], warnings: [] });
  });
});
