import { openAiChat } from '@echo/testing';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { bundleExample } from './support/bundle-example';
import { describeInBrowser } from './support/chromium';
import { heldAnswer } from './support/held-answer';
import { type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

/** What `@echo/web-chat-client` sends with everything, and with a question. */
const MANNERS = { credentials: 'same-origin', cache: 'no-store' } as const;
const WRITE = { 'content-type': 'application/json', 'x-requested-with': 'echo' };

const CHAT =
  '<!doctype html><meta charset="utf-8"><title>Intranet</title><echo-example-chat></echo-example-chat><script type="module" src="/example.js"></script>';

describeInBrowser('a page of another origin', () => {
  let intranet: Server;
  let example: string;
  let web: TestWeb;
  let tab: Tab;

  const originOf = (host: string) => `http://${host}:${(intranet.address() as AddressInfo).port}`;

  beforeAll(async () => {
    intranet = createServer(({ url }, response) =>
      url === '/example.js'
        ? response.setHeader('content-type', 'text/javascript').end(example)
        : response.setHeader('content-type', 'text/html').end(url === '/chat' ? CHAT : '<!doctype html><title>Intranet</title>'),
    );
    intranet.listen(0, '127.0.0.1');
    await once(intranet, 'listening');
    web = await TestWeb.start({ env: { ECHO_CORS_ORIGINS: originOf('127.0.0.1') } });
    example = await bundleExample(`${web.app.url}/api`);
  });
  afterAll(async () => {
    await web.stop();
    intranet.close();
  });
  beforeEach(async () => {
    tab = await web.open();
    tab.allow(/request to|CORS|ERR_FAILED|Failed to load resource/);
  });
  afterEach(() => web.endWalk());

  it('that the operator allows streams an answer, reads it, changes and deletes its conversation', async () => {
    web.provider.enqueue(openAiChat.text(['From ', 'afar.']));
    await tab.page.goto(originOf('127.0.0.1'));
    const seen = await tab.page.evaluate(
      async ({ api, manners, write }) => {
        const headers = { ...write, accept: 'text/event-stream', 'idempotency-key': 'from-afar' };
        const body = JSON.stringify({ prompt: 'Hello', stream: true });
        const text = await (await fetch(`${api}/chat`, { ...manners, method: 'POST', headers, body })).text();
        const id = Number(/"conversation_id":(\d+)/.exec(text)?.[1]);
        const conversation = `${api}/conversations/${id}`;
        const messages = (await (await fetch(`${conversation}/messages`, manners)).json()) as { items: { content: string }[] };
        const patched = await fetch(conversation, {
          ...manners,
          method: 'PATCH',
          headers: write,
          body: JSON.stringify({ title: 'Renamed' }),
        });
        const deleted = await fetch(conversation, { ...manners, method: 'DELETE', headers: { 'x-requested-with': 'echo' } });
        const gone = await fetch(conversation, manners);
        return {
          isWhole: text.includes('"type":"done"'),
          answer: messages.items.at(-1)?.content,
          statuses: [patched.status, deleted.status, gone.status],
          requestId: gone.headers.get('x-request-id'),
        };
      },
      { api: `${tab.origin}/api`, manners: MANNERS, write: WRITE },
    );
    expect(seen).toEqual({ isWhole: true, answer: 'From afar.', statuses: [200, 204, 404], requestId: expect.stringMatching(/./) });
    tab.allow(/request to/);
  });

  it('has the chat of the library in it: models, an answer as it is written, a stop that reaches the provider', async () => {
    web.provider.enqueue(heldAnswer(['From ', 'afar'], ', and whole.'), openAiChat.text(['Never ending'], { then: [{ stall: true }] }));
    const { page } = tab;
    await page.goto(`${originOf('127.0.0.1')}/chat`);
    const says = (text: string) => page.locator('.assistant').last().getByText(text, { exact: true }).waitFor();
    await page.getByLabel('Model').selectOption('scripted/two');
    await page.getByLabel('Message').fill('Hello');
    await page.getByLabel('Message').press('Enter');
    await says('From afar');
    (await web.question()).release();
    await says('From afar, and whole.');
    expect((await web.question()).json.model).toBe('two');
    await page.getByRole('button', { name: 'Send' }).waitFor();
    await page.getByLabel('Message').fill('And on?');
    await page.getByLabel('Message').press('Enter');
    await says('Never ending');
    await page.getByRole('button', { name: 'Stop' }).click();
    const request = await web.question(1);
    await request.closed;
    expect(request.leftEarly).toBe(true);
    expect(request.json.messages.map(({ content }: { content: string }) => content)).toEqual(['Hello', 'From afar, and whole.', 'And on?']);
    tab.allow(/request to/);
  });

  it('that nobody allowed learns nothing and starts nothing', async () => {
    await tab.page.goto(originOf('localhost'));
    const outcomes = await tab.page.evaluate(
      async ({ api, manners, write }) => {
        const told = (asked: Promise<Response>) =>
          asked.then(
            ({ status }) => `answered ${status}`,
            () => 'refused by the browser',
          );
        const body = JSON.stringify({ prompt: 'Hello' });
        return [
          await told(fetch(`${api}/conversations`, manners)),
          await told(fetch(`${api}/chat`, { ...manners, method: 'POST', headers: write, body })),
        ];
      },
      { api: `${tab.origin}/api`, manners: MANNERS, write: WRITE },
    );
    expect(outcomes).toEqual(['refused by the browser', 'refused by the browser']);
    expect(web.questions).toEqual([]);
    tab.allow(/request to/);
  });
});
