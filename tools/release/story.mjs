// What made-up people do with a release before its database is dumped. Returns what must be found in it ever after.

const PASSWORD = 'a quiet walk at dusk';
const UNICODE = 'Grüße, 世界! 👩‍👩‍👧 שלום مرحبا\n```js\nconst a = `${1}`;\n```\n  two spaces at the end  ';

/** `app`: the application with accounts, just started on an empty database. */
export async function playStory(app) {
  const ada = await enter(
    app,
    '/api/auth/setup',
    'ada@echo.test',
    'Ada Lovelace',
    tokenIn(/http\S+\/setup#token=[\w-]+/.exec(app.output)?.[0]),
  );
  const { url } = await ada.send('POST', '/api/admin/invitations', { role: 'user' });
  const bob = await enter(app, '/api/auth/invitation/accept', 'bob@echo.test', 'Bob Babbage', tokenIn(url));
  await ada.send('POST', '/api/admin/providers', {
    id: 'lab',
    name: 'Lab',
    wire: 'openai-chat',
    base_url: 'http://127.0.0.1:9/v1',
    api_key: 'made-up-key-of-the-lab-1234',
    models: ['lab-one'],
    allow_private: true,
  });
  await ada.send('PATCH', '/api/admin/model-rules', { default_model: 'guide/guide', fallbacks: { 'lab/*': ['guide/guide'] } });

  const first = await ada.send('POST', '/api/chat', { prompt: 'The first words\nof a conversation', stream: false });
  await ada.send('POST', '/api/chat', { prompt: UNICODE, conversation_id: first.conversation_id, stream: false });
  await ada.send('POST', `/api/messages/${first.message_id}/regenerate`, { stream: false });
  await ada.send('PATCH', `/api/conversations/${first.conversation_id}`, { title: 'Kept', pinned: true });
  const gone = await ada.send('POST', '/api/chat', { prompt: 'To be deleted', stream: false });
  await ada.send('DELETE', `/api/conversations/${gone.conversation_id}`);

  const { key } = await bob.send('POST', '/api/account/keys', { name: 'A script', scopes: ['chat:read', 'chat:write'] });
  const stopped = await bob.begin('/demo long 400');
  await bob.send('POST', `/api/runs/${stopped.run_id}/stop`, {});
  await bob.send('POST', '/api/chat', { prompt: '/demo error overloaded', stream: false }, [502, 503, 504]);
  await bob.send('POST', '/api/chat/conversation', {
    messages: [
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'Two' },
      { role: 'user', content: 'Three' },
    ],
  });
  const live = await bob.begin('/demo stall');

  const people = [];
  for (const person of [ada, bob]) people.push({ email: person.email, name: person.name, conversations: await conversationsOf(person) });
  await app.stop('SIGKILL');
  return { password: PASSWORD, key, provider: 'lab', people, live };
}

async function conversationsOf(person) {
  const { items } = await person.send('GET', '/api/conversations');
  const conversations = [];
  for (const { id, title, pinned } of items) {
    const { items: messages } = await person.send('GET', `/api/conversations/${id}/messages`);
    conversations.push({
      id,
      title,
      pinned,
      messages: messages.map(({ id, parent_id, role, content, status }) => ({ id, parent_id, role, content, status })),
    });
  }
  return conversations;
}

async function enter(app, path, email, name, token) {
  const person = new Person(app, email, name);
  await person.send('POST', path, { email, name, password: PASSWORD, token });
  return person;
}

class Person {
  #cookie = '';

  constructor(app, email, name) {
    Object.assign(this, { app, email, name });
  }

  async send(method, path, body, accepted = [200, 201, 204]) {
    const response = await this.#fetch(method, path, body);
    const text = await response.text();
    if (!accepted.includes(response.status)) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    const cookie = response.headers.getSetCookie().at(-1)?.split(';')[0];
    if (cookie) this.#cookie = cookie;
    return text === '' ? {} : JSON.parse(text);
  }

  /** Asks, and returns the `start` event as soon as the answer has said something. */
  async begin(prompt) {
    const response = await this.#fetch('POST', '/api/chat', { prompt, stream: true });
    let text = '';
    for await (const bytes of response.body) {
      text += Buffer.from(bytes).toString();
      if (text.includes('"content"')) break;
    }
    return JSON.parse(/^data: (\{"type":"start".*)$/m.exec(text)[1]);
  }

  #fetch(method, path, body) {
    return fetch(`${this.app.url}${path}`, {
      method,
      headers: { 'x-requested-with': 'release', cookie: this.#cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }
}

function tokenIn(url) {
  return new URLSearchParams(new URL(url).hash.slice(1)).get('token');
}
