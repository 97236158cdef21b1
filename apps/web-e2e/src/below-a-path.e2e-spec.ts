import { findFreePort, openAiChat } from '@echo/testing';
import { describeInBrowser } from './support/chromium';
import { TestWeb } from './support/test-web';

const BASE = '/tools/echo/';

describeInBrowser('a server whose public address has a path', () => {
  let web: TestWeb;

  beforeAll(async () => {
    const port = await findFreePort();
    web = await TestWeb.start({ env: { PORT: String(port), ECHO_PUBLIC_URL: `http://127.0.0.1:${port}/tools/echo` } });
  });
  afterAll(() => web.stop());
  afterEach(() => web.endWalk());

  it('is used below it: a chat, its address, a reload, the settings and the way back, and asks for nothing beside it', async () => {
    const tab = await web.open(BASE);
    const asked: string[] = [];
    tab.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    web.provider.enqueue(openAiChat.text(['Below ', 'a path']));
    await tab.say('Where are you?');
    await tab.reads('Below a path');
    await tab.isAtRest();
    await tab.page.waitForURL(`**${BASE}c/*`);
    await tab.page.reload();
    await tab.reads('Below a path');
    await tab.page.goto(new URL(`${BASE}settings`, tab.page.url()).href);
    await tab.page.waitForURL(`**${BASE}settings/*`);
    await tab.page.goto(new URL(`${BASE}nowhere`, tab.page.url()).href);
    await tab.page.getByRole('main').getByRole('link').first().click();
    await tab.page.waitForURL(`**${BASE}`);
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((path) => !path.startsWith(BASE))).toEqual([]);
  });
});
