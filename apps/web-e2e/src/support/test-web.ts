import {
  type AnswerChoice,
  EchoApp,
  openAiChat,
  ScriptedProvider,
  type ScriptedRequest,
  startTestPostgres,
  type TestPostgres,
} from '@echo/testing';
import { type Browser, type BrowserContextOptions } from 'playwright-core';
import { startChromium } from './chromium';
import { eventually } from './eventually';
import { OutsideWorld } from './outside-world';
import { Tab } from './tab';

/** Tells the console, which the tab listens to, about every violation of the policy. Runs in the page before its own scripts. */
const REPORT_VIOLATIONS = () =>
  document.addEventListener('securitypolicyviolation', (event) =>
    // eslint-disable-next-line no-console -- the way out of the page
    console.error(`policy violated: ${event.effectiveDirective} by ${event.blockedURI} ${event.sample}`),
  );

const answerModels: AnswerChoice = ({ path }) => (path.endsWith('/models') ? openAiChat.models('one', 'two') : undefined);

/** The built application with a scripted provider (models `one` and `two`, unless `guideOnly`), a database of its own, and a browser. */
export class TestWeb {
  private tabs: Tab[] = [];

  private constructor(
    public app: EchoApp,
    readonly provider: ScriptedProvider,
    readonly postgres: TestPostgres,
    private readonly browser: Browser,
    private readonly outside: OutsideWorld,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async start({ guideOnly = false, env: more = {} }: { guideOnly?: boolean; env?: Record<string, string> } = {}): Promise<TestWeb> {
    const [provider, postgres, outside] = await Promise.all([ScriptedProvider.start(), startTestPostgres(), OutsideWorld.start()]);
    const providers = [{ id: 'scripted', wire: 'openai-chat', base_url: provider.baseUrl, models: ['one', 'two'] }];
    const env = { DATABASE_URL: postgres.url, ...(guideOnly ? {} : { ECHO_PROVIDERS: JSON.stringify(providers) }), ...more };
    // The application asks for the models as soon as it starts.
    provider.answer = answerModels;
    const [app, browser] = await Promise.all([EchoApp.start({ env }), startChromium(outside)]);
    return new TestWeb(app, provider, postgres, browser, outside, env);
  }

  /** Every question that the provider was asked since the walk began; not how it was asked for its models. */
  get questions(): ScriptedRequest[] {
    return this.provider.requests.filter((request) => request.path.endsWith('/chat/completions'));
  }

  /** The question number `index` (0 is the walk's first), as soon as the provider is asked. */
  question(index = 0): Promise<ScriptedRequest> {
    return eventually(() => {
      const question = this.questions[index];
      if (!question) throw new Error(`The provider was asked ${this.questions.length} times.`);
      return question;
    });
  }

  /** Has questions answered by `choose`, or where it has no answer, from the provider's queue. */
  answerBy(choose: AnswerChoice = () => undefined): void {
    this.provider.answer = (request) => answerModels(request) ?? choose(request);
  }

  /** A tab of a person who was never here, on this page of the application; `isChat`: it is ready when one can write there. */
  async open(path = '/', options: BrowserContextOptions = {}, isChat = true): Promise<Tab> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', ...options });
    context.setDefaultTimeout(8_000);
    await context.addInitScript(REPORT_VIOLATIONS);
    const tab = new Tab(await context.newPage(), this.app.url);
    this.tabs.push(tab);
    if (isChat) await tab.goto(path);
    else await tab.page.goto(`${tab.origin}${path}`);
    return tab;
  }

  /** Another tab of the same person. */
  async openBeside(tab: Tab, path: string): Promise<Tab> {
    const beside = new Tab(await tab.context.newPage(), this.app.url);
    this.tabs.push(beside);
    await beside.goto(path);
    return beside;
  }

  /** Starts the application again, after it has ended: same database, same address. */
  async restart(): Promise<void> {
    const { port } = new URL(this.app.url);
    this.app = await EchoApp.start({ env: { ...this.env, PORT: port } });
  }

  /** Ends a walk: closes its tabs. Throws when anything went wrong in one of them, or wanted out of the machine. */
  async endWalk(): Promise<void> {
    const faults = this.tabs.flatMap((tab) => tab.faults);
    await Promise.all([...new Set(this.tabs.map((tab) => tab.context))].map((context) => context.close()));
    this.tabs = [];
    this.provider.reset();
    this.answerBy();
    expect(faults).toEqual([]);
    expect(this.outside.wanted).toEqual([]);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.app.stop('SIGKILL');
    await Promise.all([this.provider.stop(), this.outside.stop()]);
    await this.postgres.stop();
  }
}
