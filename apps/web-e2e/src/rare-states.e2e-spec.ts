import { openAiChat } from '@echo/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { heldAnswer } from './support/held-answer';
import { takePictures } from './support/pictures';
import { type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

/** What a model can read at once: `two` forgets early. */
const PRICES = {
  as_of: '2026-01-31',
  currency: 'USD',
  vendors: [
    {
      vendor: 'Test',
      providers: ['scripted'],
      models: [
        { model: 'one', input: 1, output: 1, context_length: 4_000 },
        { model: 'two', input: 1, output: 1, context_length: 300 },
      ],
    },
  ],
};

describeInBrowser('what is seldom seen', () => {
  const folder = mkdtempSync(join(tmpdir(), 'echo-rare-'));
  let web: TestWeb;
  let tab: Tab;

  beforeAll(async () => {
    const file = join(folder, 'prices.json');
    writeFileSync(file, JSON.stringify(PRICES));
    web = await TestWeb.start({ env: { ECHO_PRICES_FILE: file, ECHO_MAX_LIVE_RUNS: '1' } });
  });
  afterAll(async () => {
    await web.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    tab = await web.open();
  });
  afterEach(() => web.endWalk());

  /** Holds every request that matches, until the function that comes back is called. */
  async function hold(pattern: RegExp): Promise<() => void> {
    let letGo: () => void = () => undefined;
    const isFree = new Promise<void>((resolve) => (letGo = resolve));
    await tab.page.route(pattern, async (route) => {
      await isFree;
      await route.continue();
    });
    return letGo;
  }

  it('is a line for the next free place, which moves on by itself', async () => {
    const beside = await web.openBeside(tab, '/');
    web.provider.enqueue(heldAnswer(['It takes '], 'long.'), openAiChat.text(['At last.']));
    await beside.say('Take the only place');
    await beside.reads('It takes');
    await tab.say('And me?');
    await tab.page
      .getByText(/^Waiting for a free place · \d+ s/)
      .first()
      .waitFor();
    await takePictures(tab.page, 'queued');
    expect(web.questions).toHaveLength(1);
    (await web.question()).release();
    await tab.reads('At last.');
    await tab.isAtRest();
    await beside.isAtRest();
  });

  it('is where the memory of a model begins', async () => {
    web.answerBy(() => openAiChat.text(['An answer. '.repeat(20)]));
    await tab.model.selectOption('scripted/two');
    await tab.ask('The beginning. '.repeat(60), 'An answer.');
    await tab.ask('And now?', 'An answer.');
    const mark = tab.log.getByText('The memory of two begins here');
    await mark.waitFor();
    await mark.scrollIntoViewIfNeeded();
    await takePictures(tab.page, 'memory');
  });

  it('are settings of a conversation that cannot be read or kept, and then can', async () => {
    web.provider.enqueue(openAiChat.text(['Yes.']));
    await tab.ask('To be set up', 'Yes.');
    const id = await tab.conversationId();
    tab.allow(/status of 500/);
    const settings = new RegExp(`/api/conversations/${id}$`);
    const fail = () => tab.page.route(settings, (route) => route.fulfill({ status: 500, body: 'A page of somebody else.' }));
    await fail();
    await tab.button('Settings of this conversation').click();
    const dialog = tab.page.getByRole('dialog', { name: 'This conversation' });
    await dialog.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
    expect(await tab.button('Save').getAttribute('aria-disabled')).toBe('true');
    await takePictures(tab.page, 'settings-unread');
    await tab.page.unroute(settings);
    await tab.button('Try again').click();
    await tab.page.getByRole('textbox', { name: 'Instructions' }).fill('Be brief.');
    await fail();
    await tab.button('Save').click();
    await dialog.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
    await takePictures(tab.page, 'settings-unsaved');
    await tab.page.unroute(settings);
    await tab.button('Save').click();
    await dialog.waitFor({ state: 'detached' });
    await tab.button('Settings of this conversation').click();
    await eventually(async () => expect(await tab.page.getByRole('textbox', { name: 'Instructions' }).inputValue()).toBe('Be brief.'));
  });

  it('are models that cannot be listed, and then can', async () => {
    tab.allow(/status of 500/);
    const models = /\/api\/(models|providers)(\?|$)/;
    await tab.page.route(models, (route) => route.fulfill({ status: 500, body: 'A page of somebody else.' }));
    await tab.page.reload();
    await tab.page.getByText('Models could not be loaded').waitFor();
    await takePictures(tab.page, 'models-unread');
    await tab.page.unroute(models);
    await tab.button('Load models again').click();
    await tab.model.waitFor();
  });

  it('is a conversation that takes its time to open, and a list that does', async () => {
    web.provider.enqueue(openAiChat.text(['It was there all the time.']));
    await tab.ask('Slow to come back', 'It was there');
    await tab.conversationId();
    const letGo = await hold(/\/api\/conversations(\?|\/\d+(\/messages)?(\?|$))/);
    await tab.page.reload();
    await tab.page.getByText('Opening the conversation…').waitFor();
    await tab.page.locator('nav .skeleton').first().waitFor({ state: 'attached' });
    await takePictures(tab.page, 'opening');
    letGo();
    await tab.reads('It was there all the time.');
    await tab.listed('Slow to come back').waitFor();
  });

  it('is a conversation that could not be changed or deleted', async () => {
    web.provider.enqueue(openAiChat.text(['Here to stay.']));
    await tab.ask('Not to be changed', 'Here to stay.');
    tab.allow(/status of 503/);
    await tab.page.route(/\/api\/conversations\/\d+$/, (route) =>
      route.request().method() === 'GET'
        ? route.continue()
        : route.fulfill({
            status: 503,
            json: { code: 'storage_unavailable', detail: 'The database is not available.', request_id: 'r-1' },
          }),
    );
    await tab.conversations.getByRole('button', { name: 'Options' }).first().click();
    await tab.button('Delete…').click();
    await tab.button('Delete').click();
    await tab.conversations.getByText('The database is not available.').waitFor();
    await tab.listed('Not to be changed').waitFor();
    await takePictures(tab.page, 'list-unchanged');

    // Where there is no message box the page has its voice still.
    tab.allow(/status of 404/);
    await tab.page.goto(`${tab.origin}/c/999999`);
    await tab.page.getByRole('heading', { name: 'There is no such conversation' }).waitFor();
    expect(await tab.message.count()).toBe(0);
    await tab.conversations.getByRole('button', { name: 'Options' }).first().click();
    await tab.button('Delete…').click();
    await tab.button('Delete').click();
    await tab.page.getByRole('alert').filter({ hasText: 'The database is not available.' }).waitFor({ state: 'attached' });
  });

  it('is a menu of many models in which none has such a name, an answer with all its details, and a message that cannot be sent as it is', async () => {
    const models = /\/api\/models(\?|$)/;
    await tab.page.route(models, async (route) => {
      const listed = (await (await route.fetch()).json()) as { models: { id: string }[] };
      const one = listed.models.find(({ id }) => id === 'one');
      const others = Array.from({ length: 20 }, (_, index) => ({ ...one, id: `another-${index}` }));
      await route.fulfill({ json: { ...listed, models: [...listed.models, ...others] } });
    });
    await tab.page.reload();
    web.provider.enqueue(openAiChat.text(['Looked at closely.']));
    await tab.ask('To be looked at', 'Looked at closely.');
    await tab.listed(/To be looked at.*answer done/s).waitFor();
    await tab.button('Details').click();
    await takePictures(tab.page, 'details');
    await tab.button('Answer by another model').click();
    await tab.page.getByRole('searchbox', { name: 'Search models' }).fill('nobody');
    await tab.page.getByText('No model has such a name.').waitFor();
    await takePictures(tab.page, 'no-such-model');
    await tab.page.keyboard.press('Escape');
    await tab.button('Edit').click();
    await tab.page.getByRole('textbox', { name: 'New text' }).fill('   ');
    await takePictures(tab.page, 'editor-empty');
  });
});
