import {
  askPostgres,
  checkHistory,
  EchoApp,
  openAiChat,
  readStored,
  type ScriptedAnswer,
  ScriptedProvider,
  type ScriptedRequest,
  SeededRandom,
  startTestPostgres,
  textSent,
  Viewer,
  type ViewerOptions,
} from '@echo/testing';

/* eslint-disable @typescript-eslint/no-explicit-any -- bodies of answers are JSON of any shape */

export interface StageOptions {
  readonly seed?: number;
  /** Settings of every replica. */
  readonly env?: Readonly<Record<string, string>>;
  /** URL of the database; absent: an empty one of its own. */
  readonly database?: string;
  /** Address of this machine at which the provider listens; absent: loopback. */
  readonly providerHost?: string;
}

/** Everything that a fault happens to: a provider, a database, replicas, and viewers. What it started it ends. */
export class Stage {
  /** Replicas, in the order of their start; those that have ended are among them. */
  readonly replicas: EchoApp[] = [];
  private readonly closers: (() => unknown)[] = [];
  private readonly scripts = new Map<string, readonly ScriptedAnswer[]>();
  private readonly viewers = new Map<string, Viewer[]>();

  private constructor(
    readonly random: SeededRandom,
    readonly provider: ScriptedProvider,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async open({ seed = 1, env = {}, database, providerHost }: StageOptions = {}): Promise<Stage> {
    const provider = await ScriptedProvider.start(0, providerHost);
    const settings = { ECHO_PROVIDERS: providersAt(provider.baseUrl), ...env };
    const stage = new Stage(new SeededRandom(seed), provider, settings);
    stage.closers.push(() => provider.stop());
    provider.answer = (request) => (isPrompt(request) ? stage.answerTo(promptOf(request)) : openAiChat.models('one'));
    stage.database = database ?? (await stage.use(startTestPostgres(), (postgres) => postgres.stop())).url;
    return stage;
  }

  /** URL of the database, by the straight way. */
  database = '';

  /** Keeps what a test started, to be ended after it. The last one ends first. */
  async use<T>(starting: T | Promise<T>, close: (resource: T) => unknown): Promise<T> {
    const resource = await starting;
    this.closers.push(() => close(resource));
    return resource;
  }

  /** Starts the application and does not wait. */
  spawn(env: Readonly<Record<string, string>> = {}): EchoApp {
    const app = EchoApp.spawn({ env: { DATABASE_URL: this.database, ...this.env, ...env } });
    this.replicas.push(app);
    this.closers.push(() => app.stop('SIGKILL'));
    return app;
  }

  /** Starts the application and waits until it is ready. */
  async replica(env: Readonly<Record<string, string>> = {}): Promise<EchoApp> {
    const app = this.spawn(env);
    await app.ready();
    return app;
  }

  /** Lays out what the provider says to a prompt; the last answer also when it is asked once more. */
  script(prompt: string, ...answers: readonly ScriptedAnswer[]): void {
    this.scripts.set(prompt, answers);
  }

  /** An answer of `count` pieces by chance, one each `pace` milliseconds. Returns its text. */
  scriptPieces(prompt: string, count: number, pace: number): string {
    const answer = openAiChat.text(this.random.pieces(count, prompt), { pace });
    this.script(prompt, answer);
    return textSent(answer);
  }

  /** How often the provider was asked this. */
  asked(prompt: string): ScriptedRequest[] {
    return this.provider.requests.filter((request) => isPrompt(request) && promptOf(request) === prompt);
  }

  /** A viewer of this prompt, who takes part in the check. It does nothing yet. */
  viewer(prompt: string, options: Partial<ViewerOptions> = {}): Viewer {
    const viewer = new Viewer(prompt, { origins: () => this.replicas.map(urlOf).filter((url) => url !== ''), ...options });
    this.viewers.set(prompt, [...(this.viewers.get(prompt) ?? []), viewer]);
    this.closers.push(() => viewer.leave());
    return viewer;
  }

  /** Lets somebody ask this at `app`, who watches to the end, from another replica if need be. */
  ask(app: EchoApp, prompt: string, options: Partial<ViewerOptions> = {}): { viewer: Viewer; ended: Promise<Viewer> } {
    const others = () => this.replicas.filter((each) => each !== app).map(urlOf);
    return this.askAt(() => [urlOf(app), ...others()].filter((url) => url !== ''), prompt, options);
  }

  /** The same at these addresses, a proxy's for example. */
  askAt(
    origins: ViewerOptions['origins'],
    prompt: string,
    options: Partial<ViewerOptions> = {},
  ): { viewer: Viewer; ended: Promise<Viewer> } {
    const viewer = this.viewer(prompt, { origins, ...options });
    const ended = viewer.watch();
    // Whoever waits for it hears of a failure; a test that failed before does not.
    ended.catch(() => undefined);
    return { viewer, ended };
  }

  /** What was broken, of all prompts that somebody asked here. */
  async check({ maxCalls = 1 }: { maxCalls?: number } = {}): Promise<string[]> {
    const stored = await readStored(this.database);
    return [...this.viewers].flatMap(([prompt, viewers]) => {
      const said = (this.scripts.get(prompt) ?? []).map((answer) => textSent(answer));
      const broken = checkHistory({
        viewers: viewers.map(({ connections }) => connections),
        provider: this.asked(prompt).map((_, index) => said[Math.min(index, said.length - 1)] ?? ''),
        stored: stored.get(prompt) ?? { questions: 0, runs: [] },
        maxCalls,
      });
      return broken.map((what) => `${prompt}: ${what}`);
    });
  }

  /** Everything that answers consist of, as it is stored now. */
  async dump(): Promise<unknown> {
    const tables = ['conversation', 'message', 'run', 'run_event', 'idempotency'];
    const sql = tables
      .map((name) => `select '${name}' as name, (select jsonb_agg(t order by t::text) from ${name} t) as rows`)
      .join(' union all ');
    return this.sql(sql);
  }

  /** One statement, by the straight way. */
  sql<Row extends object>(sql: string): Promise<Row[]> {
    return askPostgres<Row>(this.database, sql);
  }

  /** The answer to a request that has just arrived, as the last one of this prompt. */
  private answerTo(prompt: string): ScriptedAnswer | undefined {
    const answers = this.scripts.get(prompt) ?? [];
    return answers[Math.min(this.asked(prompt).length, answers.length) - 1];
  }

  /** What was said by the replicas. */
  get output(): string {
    return this.replicas.map(({ output }, index) => `--- replica ${index + 1}\n${output.slice(-4_000)}`).join('\n');
  }

  async close(): Promise<void> {
    for (const close of this.closers.splice(0).reverse()) await close();
  }
}

/** The setting that makes the provider at `baseUrl` known. */
export function providersAt(baseUrl: string): string {
  return JSON.stringify([{ id: 'scripted', wire: 'openai-chat', base_url: baseUrl, models: ['one'] }]);
}

/** Empty while it is not ready. */
function urlOf(app: EchoApp): string {
  return /^EchoV2 is ready on (http:\/\/\S+)$/m.exec(app.output)?.[1] ?? '';
}

function isPrompt(request: ScriptedRequest): boolean {
  return request.path.endsWith('/chat/completions');
}

function promptOf(request: ScriptedRequest): string {
  return request.json.messages.findLast((message: any) => message.role === 'user').content;
}
