import { FaultProxy, findFreePort } from '@echo/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeInBrowser } from './support/chromium';
import { heldAnswer } from './support/held-answer';
import { takePictures } from './support/pictures';
import { TestWeb } from './support/test-web';

/** Milliseconds of silence that the proxy bears: less than the server's heartbeat takes. */
const PATIENCE_MS = 2_500;

describeInBrowser('a proxy that ends connections which say nothing for a while', () => {
  let proxy: FaultProxy;
  let web: TestWeb;

  beforeAll(async () => {
    const port = await findFreePort();
    proxy = await FaultProxy.start({ port });
    web = await TestWeb.start({ env: { PORT: String(port), ECHO_PUBLIC_URL: `http://127.0.0.1:${proxy.port}` } });
  });
  afterAll(async () => {
    proxy.away();
    await web.stop();
  });
  afterEach(() => web.endWalk());

  it('costs nothing of the answer, and is named with ?debug', async () => {
    const tab = await web.open();
    tab.allow(/request to|net::ERR_/);
    await tab.page.goto(`http://127.0.0.1:${proxy.port}/?debug`);
    const panel = tab.page.getByRole('region', { name: 'Stream debugging' });
    await panel.getByText('Nothing yet').waitFor();
    // It takes longer than the silence does: else it might be that the proxy lets no connection become older.
    const words = Array.from({ length: 20 }, (_, index) => `word${index} `);
    web.provider.enqueue(heldAnswer(words, 'The end.', { pace: 300 }));
    await tab.say('Think long');
    await tab.reads('word19', 15_000);
    for (let cut = 0; cut < 2; cut++) {
      await sleep(PATIENCE_MS);
      proxy.cut();
      await panel
        .getByRole('cell', { name: /^GET \/runs/ })
        .nth(cut)
        .waitFor();
    }
    await panel.getByText('an idle timeout on the way is shorter than the server’s heartbeat').waitFor();
    await takePictures(tab.page, 'debug-idle-timeout');
    (await web.question()).release();
    await tab.reads(`${words.join('')}The end.`, 15_000);
    await tab.isAtRest();
    expect(web.questions).toHaveLength(1);
  });
});
