import { askPostgres, openAiChat } from '@echo/testing';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { heldAnswer } from './support/held-answer';
import { takePictures } from './support/pictures';
import { type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

/** What walks meet on purpose: nobody is there yet, a limit refuses. */
const REFUSED = /Failed to load resource: the server responded with a status of (401|429)/;

describeInBrowser('limits of a person', () => {
  let web: TestWeb;
  let tab: Tab;

  beforeAll(async () => {
    web = await TestWeb.start({
      env: { ECHO_AUTH: 'accounts', ECHO_MESSAGES_PER_MINUTE: '5', ECHO_MAX_LIVE_RUNS_PER_USER: '1' },
    });
    tab = await web.open(/\/setup#token=\S+/.exec(web.app.output)?.[0], {}, false);
    tab.allow(REFUSED);
    for (const [label, text] of [
      ['E-mail address', 'ada@echo.test'],
      ['Your name', 'Ada Lovelace'],
      ['Password', 'a quiet walk at dusk'],
    ] as const)
      await tab.page.getByLabel(label, { exact: true }).fill(text);
    await tab.button('Set up').click();
    await tab.message.waitFor();
  });
  afterAll(async () => {
    await web.endWalk();
    await web.stop();
  });

  const note = () => tab.page.locator('#composer-notes');
  const says = (text: string | RegExp) => note().getByText(text).waitFor();
  /** So many messages were sent in a minute that is over in so many seconds. */
  const used = (count: number, seconds: number) =>
    askPostgres(web.postgres.url, `update message_allowance set used = $1, since = now() - make_interval(secs => $2)`, [
      count,
      60 - seconds,
    ]);
  const isHeld = async () => (await tab.button('Send').getAttribute('aria-disabled')) === 'true';

  const look = (name: string) => takePictures(tab.page, `limits-${name}`);

  it('are told quietly when few messages are left', async () => {
    web.answerBy(() => openAiChat.text(['Yes.']));
    await tab.ask('Is anybody there?', 'Yes.');
    expect(await note().getByText('left in this minute').count()).toBe(0);
    await tab.ask('Still?', 'Yes.');
    await says('3 messages left in this minute.');
    await look('few-left');
    await used(3, 50);
    await tab.page.reload();
    await says('2 messages left in this minute.');
  });

  it('hold the next message back after the last one, and let it go by themselves', async () => {
    await used(4, 9);
    await tab.ask('The last one?', 'Yes.');
    await tab.message.fill('One more');
    await says(/The next message can be sent in \d+ s\./);
    expect(await isHeld()).toBe(true);
    await look('none-left');
    await tab.message.press('Enter');
    expect(await tab.message.inputValue()).toBe('One more');
    await eventually(async () => expect(await isHeld()).toBe(false), 15_000);
    await tab.message.press('Enter');
    await tab.messages.filter({ hasText: 'One more' }).waitFor();
    await tab.isAtRest();
    expect(await tab.messages.filter({ hasText: 'One more' }).count()).toBe(1);
  });

  it('say why a message was refused that this page thought possible, count down, and send it at Retry', async () => {
    await used(5, 8);
    await tab.say('Sent elsewhere, too?');
    await tab.log.getByText(/These were more messages than a minute allows\. It can be sent in \d+ s\./).waitFor();
    await tab.message.fill('And another');
    await look('refused');
    expect(await tab.button('Retry').getAttribute('aria-disabled')).toBe('true');
    await tab.log.getByText('It can be sent now.').waitFor({ timeout: 15_000 });
    expect(await isHeld()).toBe(false);
    await tab.button('Retry').click();
    await tab.log.getByText('Not sent.').waitFor({ state: 'detached' });
    await tab.isAtRest();
    expect(await tab.message.inputValue()).toBe('And another');
  });

  it('ask for patience while another answer is being made', async () => {
    web.answerBy();
    web.provider.enqueue(heldAnswer(['A long story']));
    const index = web.questions.length;
    const beside = await web.openBeside(tab, '/');
    beside.allow(REFUSED);
    await beside.say('Tell a long one');
    await beside.reads('A long story');
    await tab.message.press('Enter');
    await tab.log.getByText(/As many answers as are allowed are being made already\. It can be sent in \d s\./).waitFor();
    (await web.question(index)).release();
    await beside.isAtRest();
    await tab.log.getByText('It can be sent now.').waitFor();
    web.provider.enqueue(openAiChat.text(['Now it can.']));
    await tab.button('Retry').click();
    await tab.reads('Now it can.');
    await tab.isAtRest();
  });
});
