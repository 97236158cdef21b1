import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { HTTP_FETCH, provideChatSettings } from '../index';
import { FakeServer, offline, problemAnswer, sse, streamAnswer } from '../testing/fake-server';
import { FakeStream } from '../testing/fake-stream';
import { DONE, START, storedAnswer, storedConversation, storedMessage } from '../testing/stored';
import { ExampleChat } from './example-chat';

const MODELS = [
  { provider: 'openai', id: 'gpt' },
  { provider: 'lab', id: 'llama' },
];

describe('the example', () => {
  let fixture: ComponentFixture<ExampleChat>;
  let server: FakeServer;
  const root = () => fixture.nativeElement as HTMLElement;
  const texts = () => [...root().querySelectorAll('.user, .assistant')].map((message) => message.textContent);

  async function settle(milliseconds = 0): Promise<void> {
    fixture.detectChanges();
    await jest.advanceTimersByTimeAsync(milliseconds);
    fixture.detectChanges();
  }

  async function say(text: string): Promise<void> {
    (root().querySelector('[aria-label=Message]') as HTMLInputElement).value = text;
    root()
      .querySelector('form')
      ?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
  }

  beforeEach(async () => {
    jest.useFakeTimers();
    server = new FakeServer()
      .on('GET /models', { json: { models: MODELS, problems: [] } })
      .on('GET /conversations/7', { json: storedConversation() })
      .on('GET /conversations/7/messages', {
        json: { items: [storedMessage(1, { content: 'Hi' }), storedAnswer(2, 1, { content: 'Hello' })], next_cursor: null },
      })
      .on('POST /runs/run-2/stop', { status: 202, json: {} });
    TestBed.configureTestingModule({
      providers: [
        { provide: HTTP_FETCH, useValue: server.fetch },
        provideChatSettings({ baseUrl: 'https://chat.example/api', streamingTimeout: 1_000 }),
      ],
    });
    fixture = TestBed.createComponent(ExampleChat);
    await settle();
  });

  afterEach(() => {
    fixture.destroy();
    jest.useRealTimers();
  });

  it('streams by the chosen model, says how it stands, and stops', async () => {
    const stream = new FakeStream();
    server.on('POST /chat', streamAnswer(stream));
    const picker = root().querySelector('select') as HTMLSelectElement;
    picker.value = '1';
    picker.dispatchEvent(new Event('change'));
    await say('Hi');
    stream.push(sse(1, START) + sse(2, { type: 'content', chunk: 'Hel' }));
    await settle(100);
    expect(texts()).toEqual(['Hi', 'Hel']);
    expect(root().querySelector('[role=status]')?.textContent).toContain('streaming');
    await settle(1_500);
    expect(root().querySelector('[role=status]')?.textContent).toContain('stalled The model has sent nothing for a while');
    expect(server.to('POST /chat')[0]?.body).toMatchObject({ prompt: 'Hi', provider: 'lab', model: 'llama', stream: true });
    [...root().querySelectorAll('button')].find((button) => button.textContent === 'Stop')?.click();
    await settle();
    expect(server.to('POST /runs/run-2/stop')).toHaveLength(1);
  });

  it('asks for the whole answer where the person wants that', async () => {
    server.on('POST /chat', {
      json: {
        response: 'Hello',
        model: 'gpt',
        provider: 'openai',
        conversation_id: 7,
        message_id: 2,
        run_id: 'run-2',
        finish_reason: 'stop',
        usage: null,
      },
    });
    (root().querySelector('[type=checkbox]') as HTMLInputElement).click();
    await say('Hi');
    await settle(50);
    expect(server.to('POST /chat').map(({ body }) => body?.['stream'])).toEqual([false]);
    expect(texts()).toEqual(['Hi', 'Hello']);
  });

  it('falls back to the whole answer where no stream gets through, under the same key', async () => {
    server
      .once('POST /chat', offline)
      .once('POST /chat', offline)
      .on('POST /chat', {
        json: {
          response: 'Hello',
          model: 'gpt',
          provider: 'openai',
          conversation_id: 7,
          message_id: 2,
          run_id: 'run-2',
          finish_reason: 'stop',
          usage: null,
        },
      });
    await say('Hi');
    await settle(2_000);
    expect(server.to('POST /chat').map(({ body }) => body?.['stream'])).toEqual([true, true, false]);
    expect(new Set(server.to('POST /chat').map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(texts()).toEqual(['Hi', 'Hello']);
  });

  it('tries again what was refused, says so when that is refused too, and lets it be dismissed', async () => {
    const rejected = jest.fn();
    process.on('unhandledRejection', rejected);
    const press = (name: string) => [...root().querySelectorAll('button')].find((button) => button.textContent === name)?.click();
    server.on('POST /chat', problemAnswer('overloaded', { detail: 'The server is busy.' }));
    (root().querySelector('[type=checkbox]') as HTMLInputElement).click();
    await say('Hi');
    await settle(50);
    press('Retry');
    await settle(50);
    expect(server.to('POST /chat')).toHaveLength(2);
    expect(root().querySelector('[role=alert]')?.textContent).toContain('The server is busy.');
    press('Dismiss');
    await settle();
    expect(root().querySelector('[role=alert]')).toBeNull();
    jest.useRealTimers();
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', rejected);
    expect(rejected).not.toHaveBeenCalled();
  });

  it('leaves nothing running when it goes', async () => {
    const stream = new FakeStream();
    server.on('POST /chat', streamAnswer(stream));
    await say('Hi');
    stream.push(sse(1, START) + sse(2, { type: 'content', chunk: 'Hel' }));
    await settle(100);
    fixture.destroy();
    await jest.advanceTimersByTimeAsync(0);
    expect(stream.cancelled).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
    expect(server.to('POST /runs/run-2/stop')).toHaveLength(0);
    stream.push(sse(3, DONE));
  });
});
