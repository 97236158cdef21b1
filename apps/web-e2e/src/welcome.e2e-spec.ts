import { type Locator } from 'playwright-core';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { shiftsOf, watchShifts } from './support/layout-shifts';
import { takePicture, takePictures } from './support/pictures';
import { TestWeb } from './support/test-web';

describeInBrowser('the first visit, with no model connected', () => {
  let web: TestWeb;

  beforeAll(async () => {
    web = await TestWeb.start({ guideOnly: true });
  });
  afterAll(() => web.stop());
  afterEach(() => web.endWalk());

  it('says what this is, that nothing but the Guide answers, and what to do', async () => {
    const tab = await web.open();
    await tab.page.getByRole('heading', { name: 'Welcome to EchoV2' }).waitFor();
    await tab.page.getByText('OPENAI_API_KEY').first().waitFor();
    const text = await tab.page.getByRole('main').innerText();
    for (const words of ['No model is connected yet', 'Guide', 'not an AI', 'OPENAI_API_KEY', '/setup']) expect(text).toContain(words);
    expect(await tab.model.locator('option:checked').innerText()).toContain('Guide');
    expect(await tab.button('Send').getAttribute('aria-disabled')).toBe('true');
    await takePictures(tab.page, 'welcome-guide');
  });

  it.each([360, 1440])('comes without anything jumping on a screen of %d px, and so do a conversation and the settings', async (width) => {
    const tab = await web.open('/', { viewport: { width, height: 800 } });
    await watchShifts(tab.context);
    const look = async (path: string, last: Locator) => {
      await tab.page.goto(`${tab.origin}${path}`);
      await last.waitFor();
      await tab.page.evaluate(() => new Promise((rested) => requestIdleCallback(() => requestIdleCallback(rested))));
      expect([path, await shiftsOf(tab.page)]).toEqual([path, []]);
    };
    await look('/', tab.page.getByText('OPENAI_API_KEY').first());
    await tab.ask('/demo table', 'Neptune');
    await look(`/c/${await tab.conversationId()}`, tab.button('Regenerate'));
    await look('/settings/providers', tab.page.getByRole('link', { name: 'Add a provider' }));
  });

  it('lets the first words be sent by one click, and the Guide shows the steps', async () => {
    const tab = await web.open();
    await tab.page.getByRole('button', { name: /\/setup/ }).click();
    await tab.reads('OPENAI_API_KEY');
    await tab.isAtRest();
    expect(await tab.answer.innerText()).toContain('not an AI');
    await takePictures(tab.page, 'guide-setup');
  });

  it('shows text, code and a table as they are meant', async () => {
    const tab = await web.open();
    await tab.say('/demo markdown');
    await eventually(async () => expect(await tab.answer.locator('h1,h2,h3,h4,h5,h6').count()).toBeGreaterThan(1), 15_000);
    await tab.isAtRest(15_000);
    expect(await tab.answer.locator('strong, em, ul, ol, blockquote').count()).toBeGreaterThan(2);
    await takePictures(tab.page, 'demo-markdown');
    await tab.say('/demo code');
    await tab.answer.locator('pre').first().waitFor();
    await takePicture(tab.page, 'demo-code');
    await tab.isAtRest(15_000);
    await tab.say('/demo table');
    await tab.answer.locator('table').first().waitFor();
    await tab.isAtRest(15_000);
    await takePictures(tab.page, 'demo-table');
  });

  it('can be installed: its manifest names icons of the kinds and sizes that systems ask for', async () => {
    const tab = await web.open();
    const { icons, ...manifest } = await (await tab.page.request.get(`${tab.origin}/manifest.webmanifest`)).json();
    expect(manifest).toMatchObject({ name: 'EchoV2', display: 'standalone' });
    for (const { src, type, sizes } of icons) {
      const response = await tab.page.request.get(`${tab.origin}/${src}`);
      expect([src, response.status(), response.headers()['content-type']]).toEqual([src, 200, type]);
      // Width and height stand in the PNG's first chunk.
      const bytes = await response.body();
      if (type === 'image/png') expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
    }
    expect(icons.map(({ sizes, purpose }: { sizes: string; purpose: string }) => `${sizes} ${purpose}`)).toEqual([
      'any any',
      '192x192 any',
      '512x512 any',
      '512x512 maskable',
    ]);
  });
});
