import { openAiChat } from '@echo/testing';
import { TestIdentityProvider } from '@echo/testing/identity';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { heldAnswer } from './support/held-answer';
import { takePictures } from './support/pictures';
import { hasFocus, type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

describeInBrowser('single sign-on', () => {
  let identity: TestIdentityProvider;
  let web: TestWeb;
  let tab: Tab;

  beforeAll(async () => {
    identity = await TestIdentityProvider.start();
    const env = { ECHO_AUTH: 'accounts', ECHO_OIDC_ALLOWED_DOMAINS: 'echo.test', ECHO_OIDC_ADMIN_GROUP: 'operators' };
    web = await TestWeb.start({ env: { ...env, ...identity.env } });
    await identity.serve(web.app.url);
    // Before there is an administrator, everybody is led to the page that makes one.
    const made = await fetch(`${web.app.url}/api/auth/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        token: /\/setup#token=(\S+)/.exec(web.app.output)?.[1],
        email: 'ada@echo.test',
        name: 'Ada Lovelace',
        password: 'a quiet walk at dusk',
      }),
    });
    expect(made.status).toBe(200);
    identity.accounts.set('carol', { email: 'carol@echo.test', email_verified: true, name: 'Carol Shaw', groups: ['operators'] });
    identity.accounts.set('dan', { email: 'dan@evil.test', email_verified: true, name: 'Dan' });
  });
  afterAll(async () => {
    await web.endWalk();
    await Promise.all([web.stop(), identity.stop()]);
  });

  const wayIn = (at: Tab) => at.page.getByRole('link', { name: 'Continue with Test ID' }).filter({ visible: true });

  /** On the sign-in page of somebody who was never here. The identity provider's pages are none of ours. */
  async function openDoor(): Promise<Tab> {
    const opened = await web.open('/c/1', {}, false);
    opened.allow(new RegExp(`request to ${identity.issuer}/|404 \\(Not Found\\) \\(${identity.issuer}/favicon.ico`));
    opened.allow(/fonts\.googleapis\.com/);
    opened.allow(/Failed to load resource: the server responded with a status of 401/);
    await wayIn(opened).waitFor();
    return opened;
  }

  /** At the identity provider: who one is, and that EchoV2 may know it. */
  async function signInThere(at: Tab, login: string): Promise<void> {
    await at.page.waitForURL(`${identity.issuer}/interaction/*`);
    await at.page.locator('[name="login"]').fill(login);
    await at.page.locator('[name="password"]').fill('any');
    await at.page.locator('[type="submit"]').click();
    await at.page.locator('[name="prompt"][value="consent"]').waitFor({ state: 'attached' });
    await at.page.locator('[type="submit"]').click();
  }

  const look = (at: Tab, name: string) => takePictures(at.page, `single-sign-on-${name}`);

  it('tells whom it cannot let in, and why', async () => {
    const dan = await openDoor();
    await look(dan, 'door');
    await wayIn(dan).click();
    await signInThere(dan, 'dan');
    await dan.page.getByText('E-mail addresses like yours have no account on this server. Ask an administrator.').waitFor();
    await look(dan, 'refused');
  });

  it('leads through the identity provider to the chat, with the role that the group gives', async () => {
    tab = await openDoor();
    await wayIn(tab).click();
    await signInThere(tab, 'carol');
    await tab.page.waitForURL(`${web.app.url}/c/1`);
    await tab.goto('/');
    web.provider.enqueue(openAiChat.text(['Good morning, Carol.']));
    await tab.ask('Good morning', 'Good morning, Carol.');
    await tab.page.goto(`${web.app.url}/settings/users`);
    await tab.page.getByText('carol@echo.test').first().waitFor();
    await tab.page.goto(`${web.app.url}/settings/account`);
    await tab.page.getByRole('heading', { name: 'Account', exact: true }).waitFor();
    await look(tab, 'account');
  });

  it('ends what is open when the identity provider says so, and goes on after the way in was taken again', async () => {
    await tab.goto('/');
    web.provider.enqueue(heldAnswer(['The beginning'], ' and the end.'));
    const index = web.questions.length;
    await tab.say('Tell me a long story');
    await tab.reads('The beginning');
    const id = await tab.conversationId();
    const told = await fetch(`${web.app.url}/api/auth/single-sign-on/back-channel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: await identity.logoutToken('carol') }),
    });
    expect(told.status).toBe(204);
    const dialog = tab.page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor({ timeout: 20_000 });
    // Who came this way has no password.
    await eventually(async () => expect(await hasFocus(wayIn(tab))).toBe(true));
    expect(await dialog.getByRole('textbox').count()).toBe(0);
    await look(tab, 'ended');
    (await web.question(index)).release();
    await wayIn(tab).click();
    await tab.page.waitForURL(`${web.app.url}/c/${id}`);
    await tab.reads('The beginning and the end.');
    await tab.isAtRest();
  });

  it('is left here and there when somebody signs out', async () => {
    await tab.page.getByRole('button', { name: /Carol Shaw/ }).click();
    await tab.button('Sign out').click();
    await tab.page.waitForURL(`${identity.issuer}/session/end*`);
    await tab.page.getByRole('button', { name: /Yes/ }).click();
    await tab.page.waitForURL(`${web.app.url}/sign-in*`);
    await wayIn(tab).click();
    // It asks again who they are.
    await tab.page.locator('[name="login"]').waitFor();
  });
});
