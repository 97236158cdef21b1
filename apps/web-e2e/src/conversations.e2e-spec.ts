import { openAiChat } from '@echo/testing';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { takePicture, takePictures } from './support/pictures';
import { type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

describeInBrowser('the conversations', () => {
  let web: TestWeb;
  let tab: Tab;

  beforeAll(async () => {
    web = await TestWeb.start();
  });
  afterAll(() => web.stop());
  beforeEach(async () => {
    web.answerBy((request) => openAiChat.text([`You said: ${request.json.messages.at(-1).content}`]));
    tab = await web.open();
  });
  afterEach(() => web.endWalk());

  /** Has a conversation of its own and leaves it open. */
  async function converse(prompt: string): Promise<void> {
    await tab.button('New chat').first().click();
    await tab.ask(prompt, `You said: ${prompt.split('\n')[0] ?? ''}`);
    await tab.listed(prompt.split('\n')[0] ?? '').waitFor();
  }

  async function choose(title: string, entry: string): Promise<void> {
    await tab.conversations.getByRole('listitem').filter({ hasText: title }).getByRole('button', { name: 'Options' }).click();
    await tab.button(entry).click();
  }

  it('are listed by the first line of what was asked, the newest first', async () => {
    await converse('Growing tomatoes\nin a cold place');
    await converse('Building a shed');
    expect(await tab.conversations.locator('.title').allInnerTexts()).toEqual(['Building a shed', 'Growing tomatoes']);
    expect(await tab.listed('Building a shed').getAttribute('aria-current')).toBe('page');
    expect(await tab.page.title()).toBe('Building a shed · EchoV2');
    await tab.listed('Growing tomatoes').click();
    await tab.reads('in a cold place');
    expect(await tab.page.title()).toBe('Growing tomatoes · EchoV2');
    await tab.page.goBack();
    await tab.reads('Building a shed');
    await takePictures(tab.page, 'conversations');
  });

  it('are found by their titles and by what was said in them', async () => {
    await converse('Astronomy for beginners');
    await converse('Cooking for two\nwith a secret zucchini');
    await tab.search.fill('astronomy');
    await tab.listed('Cooking for two').waitFor({ state: 'detached' });
    await tab.listed('Astronomy for beginners').waitFor();
    await tab.search.fill('zucchini');
    await tab.listed('Cooking for two').waitFor();
    await tab.listed('Astronomy for beginners').waitFor({ state: 'detached' });
    await tab.search.fill('nothing has this');
    await tab.conversations.getByText('Nothing found for “nothing has this”.').waitFor();
    await takePicture(tab.page, 'nothing-found');
    await tab.search.fill('');
    await tab.listed('Astronomy for beginners').waitFor();
  });

  it('are renamed in place, here and in every tab', async () => {
    await converse('A dull title');
    await choose('A dull title', 'Rename');
    const title = tab.page.getByRole('textbox', { name: 'Title' });
    await title.fill('A fine title');
    await takePicture(tab.page, 'rename');
    await title.press('Enter');
    await tab.listed('A fine title').waitFor();
    await tab.page.getByRole('heading', { level: 1, name: 'A fine title' }).waitFor();
    const beside = await web.openBeside(tab, '/');
    await beside.listed('A fine title').waitFor();
    expect(await beside.listed('A dull title').count()).toBe(0);
  });

  it('are pinned on top', async () => {
    await converse('Important one');
    await converse('Later one');
    await choose('Important one', 'Pin');
    const first = () => tab.conversations.getByRole('link').first().innerText();
    await eventually(async () => expect((await first()).trim()).toBe('Important one'));
    await tab.page.reload();
    await eventually(async () => expect((await first()).trim()).toBe('Important one'));
    await choose('Important one', 'Unpin');
    await eventually(async () => expect((await first()).trim()).toBe('Later one'));
  });

  it('are archived and taken out again', async () => {
    await converse('Old matter');
    await choose('Old matter', 'Archive');
    await tab.listed('Old matter').waitFor({ state: 'detached' });
    await tab.button('Archived').click();
    await tab.listed('Old matter').waitFor();
    await takePicture(tab.page, 'archive');
    await choose('Old matter', 'Take out of archive');
    await tab.button('Back to all').click();
    await tab.listed('Old matter').waitFor();
  });

  it('are deleted only after the person has agreed', async () => {
    await converse('To be deleted');
    const id = await tab.conversationId();
    await choose('To be deleted', 'Delete…');
    await tab.page.getByRole('dialog', { name: 'Delete this conversation?' }).waitFor();
    await takePicture(tab.page, 'delete');
    await tab.button('Cancel').click();
    await tab.listed('To be deleted').waitFor();
    await choose('To be deleted', 'Delete…');
    await tab.button('Delete').click();
    await tab.listed('To be deleted').waitFor({ state: 'detached' });
    await tab.page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
    tab.allow(/404/);
    await tab.page.goto(`${tab.origin}/c/${id}`);
    await tab.page.getByRole('heading', { name: 'There is no such conversation' }).waitFor();
    await takePicture(tab.page, 'no-such-conversation');
    await tab.page.getByRole('link', { name: 'Begin a new one' }).click();
    await tab.page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
  });

  it('end an answer that is under way at the provider, too, when they are deleted', async () => {
    web.answerBy(() => openAiChat.text(['Never ending'], { then: [{ stall: true }] }));
    // The page may hear of the answer's end before it hears of the deletion, and then asks once for what is gone.
    tab.allow(/404.*\/api\/conversations\/\d+/);
    await tab.say('Delete me while you answer');
    await tab.reads('Never ending');
    await choose('Delete me while you answer', 'Delete…');
    const request = await web.question();
    const pressed = performance.now();
    await tab.button('Delete').click();
    expect((await request.closed) - pressed).toBeLessThan(2_000);
    await tab.listed('Delete me while you answer').waitFor({ state: 'detached' });
    await eventually(async () => expect(await tab.messages.count()).toBe(0));
  });

  it('go on where they were, with all that was said before', async () => {
    await converse('My name is Ada');
    // Until they are there, what is to come is shown by its outlines.
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await tab.page.route(/\/api\/conversations(\?|\/\d+\/messages)/, async (route) => {
      await released;
      await route.continue();
    });
    await tab.page.reload();
    await tab.page.getByText('Opening the conversation…').waitFor({ state: 'attached' });
    await tab.conversations.locator('.skeleton').first().waitFor();
    expect(await tab.conversations.getAttribute('aria-busy')).toBe('true');
    await takePictures(tab.page, 'outlines');
    release();
    await tab.reads('You said: My name is Ada');
    await tab.listed('My name is Ada').waitFor();
    expect(await tab.conversations.locator('.skeleton').count()).toBe(0);
    await tab.ask('What is my name?', 'You said: What is my name?');
    expect(web.questions.at(-1)?.json.messages).toEqual([
      { role: 'user', content: 'My name is Ada' },
      { role: 'assistant', content: 'You said: My name is Ada' },
      { role: 'user', content: 'What is my name?' },
    ]);
  });

  it('are found again tomorrow, when server and browser have been restarted', async () => {
    await converse('Remember the milk');
    await web.app.stop();
    await web.restart();
    const tomorrow = await web.open('/');
    await tomorrow.listed('Remember the milk').click();
    await tomorrow.reads('You said: Remember the milk');
    await tomorrow.ask('Still there?', 'You said: Still there?');
    tab.allow(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  });
});
