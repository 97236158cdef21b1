import {
  EchoApp,
  EventReader,
  openAiChat,
  type ScriptedAnswer,
  ScriptedProvider,
  type ScriptedRequest,
  startTestPostgres,
  type TestPostgres,
} from '@echo/testing';
import request, { type Response } from 'supertest';

/* eslint-disable @typescript-eslint/no-explicit-any -- bodies of answers are JSON of any shape */

/** The built application beside a scripted provider and a database of its own. */
export class TestApi {
  private readonly readers: EventReader[] = [];

  private constructor(
    public app: EchoApp,
    private readonly provider: ScriptedProvider,
    readonly postgres: TestPostgres,
    readonly env: Readonly<Record<string, string>>,
  ) {}

  /** `prepare` fills the database before the application sees it. */
  static async start(
    more: Readonly<Record<string, string>> = {},
    prepare: (postgres: TestPostgres) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<TestApi> {
    const [provider, postgres] = await Promise.all([ScriptedProvider.start(), startTestPostgres()]);
    await prepare(postgres);
    provider.answer = answerModels;
    const providers = [{ id: 'scripted', wire: 'openai-chat', base_url: provider.baseUrl, models: ['one', 'two'] }];
    const env = { DATABASE_URL: postgres.url, ECHO_PROVIDERS: JSON.stringify(providers), ...more };
    const app = await EchoApp.start({ env });
    return new TestApi(app, provider, postgres, env);
  }

  /** Lays out the answers to the next prompts. */
  answer(...answers: ScriptedAnswer[]): void {
    this.provider.enqueue(...answers);
  }

  /** Gives every prompt this answer. */
  answerAll(answer: ScriptedAnswer): void {
    this.provider.answer = (asked) => answerModels(asked) ?? answer;
  }

  /** What the provider was asked, without the lists of models. */
  get asked(): readonly ScriptedRequest[] {
    return this.provider.requests.filter(isPrompt);
  }

  /** The prompt number `index` (0 is the first), as soon as the provider has it. */
  async prompt(index: number): Promise<ScriptedRequest> {
    for (let seen = 0; ; seen++) {
      await this.provider.request(seen);
      const request = this.asked[index];
      if (request) return request;
    }
  }

  /** Forgets what was asked and laid out. */
  resetProvider(): void {
    this.provider.reset();
    this.provider.answer = answerModels;
  }

  get url(): string {
    return this.app.url;
  }

  /** Starts the application again, after it has ended, on the same database. */
  async restart(): Promise<void> {
    this.app = await EchoApp.start({ env: this.env });
  }

  /** Ends everything. */
  async stop(): Promise<void> {
    for (const reader of this.readers) reader.leave();
    await this.app.stop('SIGKILL');
    await this.provider.stop();
    await this.postgres.stop();
  }

  /** Sends a request. The body is sent as it is when it is a string. */
  async send(
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    body?: object | string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const call = request(this.url)
      [method](path)
      .set({ 'x-requested-with': 'test', ...headers });
    if (body !== undefined) void call.set({ 'content-type': 'application/json', ...headers });
    return body === undefined ? call : call.send(body);
  }

  get(path: string): Promise<Response> {
    return this.send('get', path);
  }

  post(path: string, body: object | string, headers: Record<string, string> = {}): Promise<Response> {
    return this.send('post', path, body, headers);
  }

  /** Posts with `stream: true`. */
  async stream(path: string, body: object, headers: Record<string, string> = {}): Promise<EventReader> {
    return this.watch(await EventReader.post(`${this.url}${path}`, body, headers));
  }

  /** Follows a run. */
  async follow(runId: string, after?: number | string, headers: Record<string, string> = {}): Promise<EventReader> {
    return this.watch(
      await EventReader.open(`${this.url}/api/runs/${runId}/events${after === undefined ? '' : `?after=${after}`}`, { headers }),
    );
  }

  /** Asks and waits for the whole stream. */
  async ask(prompt: string, more: object = {}): Promise<EventReader> {
    const reader = await this.stream('/api/chat', { prompt, ...more });
    return reader.all();
  }

  /** The messages of a conversation. */
  async messages(conversationId: number): Promise<any[]> {
    return (await this.get(`/api/conversations/${conversationId}/messages`)).body.items;
  }

  private watch(reader: EventReader): EventReader {
    this.readers.push(reader);
    return reader;
  }
}

/** The list of models is asked for when the application likes: it must not take an answer that a test has laid out. */
function answerModels(asked: ScriptedRequest): ScriptedAnswer | undefined {
  return isPrompt(asked) ? undefined : openAiChat.models('one', 'two');
}

function isPrompt(asked: ScriptedRequest): boolean {
  return asked.path.endsWith('/chat/completions');
}

/** The `start` event of a stream. */
export function startOf(reader: EventReader): { conversation_id: number; message_id: number; run_id: string } {
  const first = reader.events[0]?.event;
  if (first?.type !== 'start') throw new Error(`The stream does not begin with start:\n${reader.raw}`);
  return first;
}
