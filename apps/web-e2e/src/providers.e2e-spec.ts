import { openAiChat, ScriptedProvider } from '@echo/testing';
import { type Locator } from 'playwright-core';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { overflowOf } from './support/every-size';
import { heldAnswer } from './support/held-answer';
import { takePictures } from './support/pictures';
import { hasFocus, type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

// Each of these walks does what takes a person some minutes.
jest.setTimeout(60_000);

const KEY = 'sk-lab-0123456789abcdef-f3a1';

describeInBrowser('models, from none to one that stands in,', () => {
  let web: TestWeb;
  let lab: ScriptedProvider;

  beforeAll(async () => {
    lab = await ScriptedProvider.start();
    lab.answer = ({ path }) => (path.endsWith('/models') ? openAiChat.models('small', 'large') : undefined);
    web = await TestWeb.start({ guideOnly: true });
  });
  afterAll(async () => {
    await web.stop();
    await lab.stop();
  });
  afterEach(() => web.endWalk());

  const link = (tab: Tab, name: string): Locator => tab.page.getByRole('link', { name, exact: true });
  const field = (tab: Tab, name: string): Locator => tab.page.getByLabel(name, { exact: true });
  const text = (tab: Tab, words: string | RegExp): Locator => tab.page.getByText(words).first();
  const heading = (tab: Tab, name: string): Locator => tab.page.getByRole('heading', { name, exact: true });

  async function connect(tab: Tab, name: string, baseUrl: string): Promise<void> {
    await tab.button('Another server').click();
    await field(tab, 'Name').fill(name);
    await field(tab, 'Base URL').fill(baseUrl);
    await tab.page.getByRole('checkbox', { name: /^On this network/ }).check();
  }

  const inspect = (tab: Tab, name: string) => takePictures(tab.page, name);

  it('the Guide leads to the settings, where one is added, tested, and answers at once', async () => {
    const tab = await web.open();
    await link(tab, 'Add a provider').click();
    await heading(tab, 'Add a provider').waitFor();
    await tab.button('OpenAI').click();
    await inspect(tab, 'provider-new');

    await tab.button('Another server').click();
    // What is typed before the form is another's goes into the one that was there.
    await eventually(async () => expect(await field(tab, 'Name').inputValue()).toBe(''));
    await field(tab, 'Name').fill('Lab');
    await field(tab, 'Base URL').fill(lab.baseUrl);
    await field(tab, 'API key').fill(KEY);
    // What the server refuses, the browser writes into its console.
    tab.allow(/status of 422 .*\/admin\/providers\/test/);
    await tab.button('Test connection').click();
    await text(tab, 'Tick “on this network” if that is meant.').waitFor();
    await eventually(async () => expect(await hasFocus(field(tab, 'Base URL'))).toBe(true));
    await tab.page.getByRole('checkbox', { name: /^On this network/ }).check();
    lab.enqueue(openAiChat.error(401), openAiChat.text(['Hello', ' there']));
    await tab.button('Test connection').click();
    await text(tab, /The key was refused/).waitFor();
    await inspect(tab, 'provider-refused');
    await tab.button('Test connection').click();
    await text(tab, /It works: small began to answer/).waitFor();
    // The first of it that came, which is more where more came together.
    await text(tab, /It said: “Hello/).waitFor();
    expect(lab.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
    await inspect(tab, 'provider-tested');

    await tab.button('Save').click();
    await text(tab, 'Lab can be used now.').waitFor();
    await text(tab, /key ends in f3a1/).waitFor();
    expect(await tab.page.content()).not.toContain(KEY);
    await inspect(tab, 'providers');

    await link(tab, 'Back to chat').click();
    await tab.message.waitFor();
    await eventually(async () => expect(await tab.model.inputValue()).toBe('lab/small'));
    lab.enqueue(openAiChat.text(['From ', 'the ', 'lab.'], { usage: { prompt_tokens: 1_200, completion_tokens: 34 } }));
    await tab.ask('Hi', 'From the lab.');
    await tab.button('Details').click();
    await tab.answer.getByText('1,200', { exact: true }).waitFor();
    await tab.answer.getByText('1,200 tokens read, 34 written').waitFor();
    await inspect(tab, 'answer-details');
  });

  it('a provider that is unplugged is told in words, and another one stands in and says so', async () => {
    const tab = await web.open('/settings/providers/new', {}, false);
    await connect(tab, 'Spare', web.provider.baseUrl);
    await tab.button('Save').click();
    await text(tab, 'Spare can be used now.').waitFor();

    await link(tab, 'Back to chat').click();
    await tab.model.selectOption('lab/small');
    await lab.stop();
    await tab.say('Still there?');
    await tab.reads('could not be reached', 15_000);
    await tab.isAtRest();
    await inspect(tab, 'unplugged');
    await tab.page.goto(`${tab.origin}/settings/models`);
    await tab.button('Add a rule').click();
    await field(tab, 'In place of').fill('lab/*');
    await field(tab, 'answers').fill('spare/one');
    await tab.button('Save who stands in').click();
    await text(tab, 'Saved. It holds from the next answer on.').waitFor();
    await inspect(tab, 'models');

    await tab.page.goBack();
    await tab.message.waitFor();
    web.provider.enqueue(heldAnswer([], 'The spare one answers.'));
    await tab.say('And now?');
    await text(tab, /Asking one instead/).waitFor();
    await inspect(tab, 'asking-instead');
    (await web.question()).release();
    await tab.reads('The spare one answers.', 15_000);
    await tab.isAtRest();
    await tab.reads('spare/one answers in place of lab/small: its provider could not be reached.');
    await inspect(tab, 'stand-in');
    await tab.page.reload();
    await tab.reads('spare/one answers in place of lab/small');

    await tab.page.goto(`${tab.origin}/settings/providers`);
    await tab.button('Switch off Lab').click();
    await tab.button('Switch on Lab').click();
    await text(tab, 'Not usable now').waitFor();
    await inspect(tab, 'providers-trouble');
    await link(tab, 'Usage').click();
    await tab.page.getByRole('region', { name: 'Usage by model' }).getByText('spare/one').waitFor();
    await inspect(tab, 'usage');
    await tab.page.goto(`${tab.origin}/`);
    await tab.listed('Still there?').click();
    const group = tab.model.locator('optgroup[label="Lab"]');
    await eventually(async () => expect(await group.getAttribute('disabled')).not.toBeNull());
    expect(await group.textContent()).toMatch(/could not be reached/);
    // The model of the conversation is chosen once its messages are there, which may be after the list of models.
    await eventually(async () => expect(await tab.model.locator('option:checked').textContent()).toBe('lab/small (not ready)'));
  });

  it('one is changed, switched off and removed, all by the keyboard on a narrow screen', async () => {
    const tab = await web.open('/settings/providers', { viewport: { width: 360, height: 720 } }, false);
    const { keyboard } = tab.page;
    await tab.tabTo(link(tab, 'Edit Spare'));
    await keyboard.press('Enter');
    await heading(tab, 'Spare').waitFor();
    await field(tab, 'Base URL').fill('http://127.0.0.2:9/v1');
    await text(tab, 'More settings').click();
    await tab.button('Add to Extra headers').click();
    expect(await overflowOf(tab.page)).toEqual([]);
    await inspect(tab, 'provider-edit');
    await link(tab, 'Cancel').click();
    await tab.tabTo(tab.button('Switch off Spare'));
    await keyboard.press('Enter');
    await text(tab, 'Spare is off').waitFor();
    await tab.tabTo(tab.button('Remove… Spare'));
    await keyboard.press('Enter');
    await tab.page.getByRole('dialog', { name: 'Remove Spare?' }).waitFor();
    await tab.tabTo(tab.button('Remove'));
    await keyboard.press('Enter');
    await text(tab, 'Spare is removed.').waitFor();
    await eventually(async () => expect(await hasFocus(heading(tab, 'Providers'))).toBe(true));
  });
});
