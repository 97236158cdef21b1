import { openAiChat } from '@echo/testing';
import { TOTP } from 'otpauth';
import { type Locator } from 'playwright-core';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { heldAnswer } from './support/held-answer';
import { takePictures } from './support/pictures';
import { type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

const PASSWORD = 'a quiet walk at dusk';
/** The only refusals that a walk meets: who is there is asked for before anybody is, and codes are asked for by one. */
const REFUSED = /Failed to load resource: the server responded with a status of (401|422)/;

describeInBrowser('accounts', () => {
  let web: TestWeb;
  let ada: Tab;
  let bob: Tab;
  let totp: TOTP;

  beforeAll(async () => {
    web = await TestWeb.start({ env: { ECHO_AUTH: 'accounts' } });
  });
  afterAll(async () => {
    await web.endWalk();
    await web.stop();
  });

  const heading = (tab: Tab, name: string | RegExp) => tab.page.getByRole('heading', { name, exact: true });
  const field = (tab: Tab, label: string) => tab.page.getByLabel(label, { exact: true }).filter({ visible: true });
  const section = (tab: Tab, name: string | RegExp): Locator => tab.page.getByRole('region', { name, exact: true });
  const isShown = (locator: Locator) => locator.waitFor();

  const look = (tab: Tab, name: string) => takePictures(tab.page, `accounts-${name}`);

  async function fill(tab: Tab, texts: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, text] of Object.entries(texts)) await field(tab, label).fill(text);
  }

  /** The code of this moment, or of the step after it: each counts once. */
  const code = (later = 0) => totp.generate({ timestamp: Date.now() + later * 30_000 });

  it('begin with the link of the log, whose token leaves the address bar', async () => {
    const url = /\/setup#token=\S+/.exec(web.app.output)?.[0] ?? '';
    ada = await web.open('/', {}, false);
    await isShown(heading(ada, 'Set up EchoV2'));
    await look(ada, 'setup-without-link');
    // Another page first: from one `#` to another nothing is loaded.
    await ada.page.goto(`${web.app.url}/sign-in`);
    await ada.page.goto(`${web.app.url}${url}`);
    await isShown(field(ada, 'Your name'));
    await eventually(() => expect(ada.page.url()).toBe(`${web.app.url}/setup`));
    await fill(ada, { 'E-mail address': 'ada@echo.test', 'Your name': 'Ada Lovelace', Password: 'password1234' });
    ada.allow(REFUSED);
    await ada.button('Set up').click();
    await isShown(ada.page.getByText('among those that are tried first'));
    await look(ada, 'setup');
    await fill(ada, { Password: PASSWORD });
    await ada.button('Set up').click();
    await ada.message.waitFor();
  });

  it('let their owner chat', async () => {
    web.provider.enqueue(openAiChat.text(['Good evening, Ada.']));
    await ada.ask('Good evening', 'Good evening, Ada.');
    await isShown(ada.page.getByRole('button', { name: /Ada Lovelace/ }));
    await look(ada, 'chat');
  });

  it('are given by invitation, and everybody has a chat of their own', async () => {
    await ada.page.goto(`${web.app.url}/settings/invitations`);
    await isShown(ada.page.getByText('No invitation is open.'));
    await fill(ada, { 'E-mail address (optional)': 'bob@echo.test' });
    await ada.button('Make the invitation').click();
    const link = section(ada, /^Link, until/);
    await isShown(link);
    await look(ada, 'invitations');
    bob = await web.open(new URL(await link.innerText()).pathname + new URL(await link.innerText()).hash, {}, false);
    await isShown(bob.page.getByText('Ada Lovelace invites you to EchoV2.'));
    expect(await field(bob, 'E-mail address').inputValue()).toBe('bob@echo.test');
    await look(bob, 'invitation');
    await fill(bob, { 'Your name': 'Bob Babbage', Password: PASSWORD });
    await bob.button('Accept').click();
    await bob.message.waitFor();
    expect(await bob.conversations.getByRole('link').count()).toBe(0);
    await bob.page.goto(`${web.app.url}/settings/users`);
    await isShown(heading(bob, 'Account'));
    expect(await bob.page.getByRole('link', { name: 'Users' }).count()).toBe(0);
  });

  it('are protected by a second factor', async () => {
    await ada.page.goto(`${web.app.url}/settings/account`);
    await isShown(heading(ada, 'Account'));
    await isShown(ada.page.getByText('This one', { exact: true }));
    await look(ada, 'account');
    await ada.button('Turn on…').click();
    await fill(ada, { 'Your password': PASSWORD });
    await ada.button('Continue').click();
    const secret = ada.page.locator('.secret');
    await isShown(secret);
    await look(ada, 'second-factor');
    totp = new TOTP({ secret: (await secret.innerText()).replaceAll(/\s/g, '') });
    await fill(ada, { 'Code of the app': '000000' });
    await ada.button('Turn on').click();
    await isShown(ada.page.getByText('This code is not right'));
    await fill(ada, { 'Code of the app': code() });
    await ada.button('Turn on').click();
    await isShown(section(ada, 'Recovery codes'));
    await look(ada, 'recovery-codes');
    await ada.button('I have kept them').click();
    await isShown(ada.page.getByText('10 recovery codes are left.'));
  });

  it('are left, and entered again with a code', async () => {
    await ada.goto('/');
    await ada.page.getByRole('button', { name: /Ada Lovelace/ }).click();
    await ada.button('Sign out').click();
    await isShown(heading(ada, 'Sign in'));
    await look(ada, 'sign-in');
    expect(await ada.page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)])).toEqual([[], []]);
    await fill(ada, { 'E-mail address': 'ada@echo.test', Password: 'wrong' });
    await ada.button('Sign in').click();
    await isShown(ada.page.getByText('E-mail address, password or code is wrong.'));
    await fill(ada, { Password: PASSWORD });
    await ada.button('Sign in').click();
    await isShown(field(ada, 'Code'));
    await look(ada, 'sign-in-code');
    await fill(ada, { Code: code(1) });
    await ada.button('Sign in').click();
    await ada.message.waitFor();
    await isShown(ada.listed('Good evening'));
  });

  it('have keys, which are shown once and revoked', async () => {
    await ada.page.goto(`${web.app.url}/settings/keys`);
    await isShown(ada.page.getByText('No keys yet.'));
    await fill(ada, { Name: 'Build server' });
    await ada.button('Make the key').click();
    await isShown(heading(ada, '“Build server” is made'));
    await look(ada, 'key-made');
    const key = await section(ada, 'Key').innerText();
    const list = () => fetch(`${web.app.url}/api/conversations`, { headers: { authorization: `Bearer ${key.trim()}` } });
    expect((await list()).status).toBe(200);
    await ada.button('I have kept it').click();
    await ada.button('Revoke… Build server').click();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await isShown(ada.page.getByText('No keys yet.'));
    expect((await list()).status).toBe(401);
  });

  it('are seen and helped by administrators', async () => {
    await ada.page.goto(`${web.app.url}/settings/users`);
    await isShown(ada.page.getByText('bob@echo.test'));
    await look(ada, 'users');
    await ada.button('Manage… Bob Babbage').click();
    await ada.button('Make a link').click();
    await isShown(section(ada, /^Link for Bob Babbage/));
    await look(ada, 'user');
    const link = new URL(await section(ada, /^Link for Bob Babbage/).innerText());
    await bob.page.goto(link.href);
    await fill(bob, { 'New password': 'another walk at dawn' });
    await look(bob, 'reset-password');
    await bob.page.getByRole('button', { name: 'Set the password' }).click();
    await isShown(bob.page.getByText('The new password is set'));
    await bob.page.goto(`${web.app.url}/sign-in`);
    await fill(bob, { 'E-mail address': 'bob@echo.test', Password: 'another walk at dawn' });
    await bob.button('Sign in').click();
    await bob.message.waitFor();
  });

  it('ask to sign in again when their session ends in the middle of an answer, and lose nothing', async () => {
    bob.allow(REFUSED);
    web.provider.enqueue(heldAnswer(['The beginning'], ' and the end.'));
    const index = web.questions.length;
    await bob.say('Tell me a long story');
    await bob.reads('The beginning');
    await ada.button('End all sessions').click();
    const dialog = bob.page.getByRole('dialog');
    await isShown(dialog.getByLabel('Password', { exact: true }));
    await look(bob, 'sign-in-again');
    await dialog.getByLabel('Password', { exact: true }).fill('another walk at dawn');
    (await web.question(index)).release();
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await bob.reads('The beginning and the end.');
    await bob.isAtRest();
  });

  it('leave a trace in the audit log', async () => {
    await ada.page.goto(`${web.app.url}/settings/audit`);
    await isShown(ada.page.getByRole('cell', { name: 'key.revoke' }).first());
    await look(ada, 'audit');
    await fill(ada, { Action: 'session.create' });
    await ada.button('Filter').click();
    await eventually(async () => expect(await ada.page.getByRole('cell', { name: 'key.revoke' }).count()).toBe(0));
    await isShown(ada.page.getByText('Refused').first());
    const [download] = await Promise.all([
      ada.page.waitForEvent('download'),
      ada.page.getByRole('link', { name: 'Export all as JSON lines' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^echov2-audit-.*\.jsonl$/);
  });

  it('are deleted with everything in them', async () => {
    await bob.page.goto(`${web.app.url}/settings/account`);
    await bob.button('Delete my account…').click();
    await look(bob, 'delete');
    await bob.page.getByRole('dialog').getByLabel('Your password', { exact: true }).fill('another walk at dawn');
    await bob.button('Delete for good').click();
    await isShown(heading(bob, 'Sign in'));
    await fill(bob, { 'E-mail address': 'bob@echo.test', Password: 'another walk at dawn' });
    await bob.button('Sign in').click();
    await isShown(bob.page.getByText('E-mail address, password or code is wrong.'));
    await ada.page.goto(`${web.app.url}/settings/users`);
    await isShown(ada.page.getByText('ada@echo.test'));
    expect(await ada.page.getByText('bob@echo.test').count()).toBe(0);
  });
});
