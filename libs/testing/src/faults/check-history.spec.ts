import { type RunEvent } from '@echo/contract';
import { checkHistory } from './check-history';
import { type PromptHistory, type SeenConnection, type StoredRun } from './run-history';

const USAGE = { input_tokens: 1, output_tokens: 3 };
const EVENTS: readonly RunEvent[] = [
  { type: 'start', conversation_id: 1, message_id: 2, run_id: 'r', provider: 'p', model: 'm' },
  { type: 'content', chunk: 'One ' },
  { type: 'content', chunk: 'two ' },
  { type: 'content', chunk: 'three' },
  { type: 'done', finish_reason: 'stop', usage: USAGE, conversation_id: 1 },
];
const ERROR: RunEvent = { type: 'error', code: 'interrupted', message: '', retryable: true, partial: true };

const seen = (events: readonly RunEvent[], after = 0, isLive = true): SeenConnection => ({
  after,
  isLive,
  events: events.map((event, index) => ({ id: String(after + index + 1), event })),
});
const stored = (events: readonly RunEvent[], more: Partial<StoredRun> = {}): StoredRun => ({
  id: 'r',
  status: 'completed',
  lastSeq: events.length,
  isFinished: true,
  messageStatus: 'completed',
  content: events.map((event) => (event.type === 'content' ? event.chunk : '')).join(''),
  events: events.map((event, index) => ({
    seq: index + 1,
    kind: event.type,
    body: event.type === 'content' ? event.chunk : JSON.stringify(event),
  })),
  ...more,
});
const well: PromptHistory = {
  viewers: [[seen(EVENTS)]],
  provider: ['One two three'],
  stored: { questions: 1, runs: [stored(EVENTS)] },
};
/** What the checker says of a history that differs from the good one in this. */
const check = (more: Partial<PromptHistory>): string[] => checkHistory({ ...well, ...more });
const withRun = (run: StoredRun, more: Partial<PromptHistory> = {}) => check({ stored: { questions: 1, runs: [run] }, ...more });
const withViewer = (...connections: SeenConnection[]) => check({ viewers: [connections] });

describe('checkHistory', () => {
  it('finds nothing in a history without a fault', () => {
    expect(check({})).toEqual([]);
  });

  it('finds nothing in a resumed, merged and restarted view', () => {
    const merged: SeenConnection = {
      after: 2,
      isLive: false,
      events: [
        { id: '4', event: { type: 'content', chunk: 'two three' } },
        { id: '5', event: EVENTS[4] as RunEvent },
      ],
    };
    expect(withViewer(seen(EVENTS.slice(0, 2)), merged)).toEqual([]);
    expect(withViewer(merged)).toEqual([]);
    expect(withViewer(seen(EVENTS.slice(0, 3)), seen(EVENTS, 0, false))).toEqual([]);
  });

  it('finds nothing in an answer that was interrupted', () => {
    const events = [...EVENTS.slice(0, 3), ERROR];
    const run = stored(events, { status: 'interrupted', messageStatus: 'interrupted' });
    expect(withRun(run, { viewers: [[seen(EVENTS.slice(0, 2)), seen([EVENTS[2] as RunEvent, ERROR], 2, false)]] })).toEqual([]);
  });

  it.each<[string, string, () => string[]]>([
    ['R1', 'an accepted run that is not stored', () => check({ stored: { questions: 0, runs: [] } })],
    ['R1', 'another run than the accepted one', () => withRun(stored(EVENTS, { id: 'other' }))],
    ['R2', 'a prompt that is stored twice', () => check({ stored: { questions: 2, runs: [stored(EVENTS)] } })],
    ['R2', 'two runs', () => check({ stored: { questions: 1, runs: [stored(EVENTS), stored(EVENTS)] } })],
    ['R2', 'a second call of the provider', () => check({ provider: ['One two three', 'One two three'] })],
    ['R3', 'a message that is not its events', () => withRun(stored(EVENTS, { content: 'One two' }))],
    ['R3', 'text that the provider did not send', () => check({ provider: ['One two four'] })],
    ['R3', 'a completed answer without its end', () => check({ provider: ['One two three four'] })],
    [
      'R3',
      'text that was seen and is not stored',
      () =>
        withRun(stored([...EVENTS.slice(0, 2), ERROR], { status: 'interrupted', messageStatus: 'interrupted' }), {
          viewers: [[seen(EVENTS.slice(0, 3))]],
        }),
    ],
    ['R3', 'other text at the same number', () => withViewer(seen([EVENTS[0] as RunEvent, { type: 'content', chunk: 'One! ' }]))],
    ['R4', 'a run that did not end', () => withRun(stored(EVENTS.slice(0, 3), { status: 'streaming', isFinished: false }))],
    ['R4', 'two ends', () => withRun(stored([...EVENTS.slice(0, 4), ERROR, EVENTS[4] as RunEvent]))],
    ['R4', 'an end of another kind', () => withRun(stored([...EVENTS.slice(0, 4), ERROR]), { viewers: [] })],
    ['R4', 'an end that is not the last', () => withRun(stored([...EVENTS, { type: 'content', chunk: '' }]), { viewers: [] })],
    ['R4', 'a row that names another end', () => withRun(stored(EVENTS, { lastSeq: 4 }))],
    ['R4', 'a message in another state', () => withRun(stored(EVENTS, { messageStatus: 'streaming' }))],
    ['R4', 'something after the end', () => withViewer(seen(EVENTS), seen([ERROR], 5, false))],
    ['R12', 'a number twice', () => withViewer(seen(EVENTS.slice(0, 3)), seen(EVENTS.slice(2), 2, false))],
    ['R12', 'a gap while watching live', () => withViewer({ after: 0, isLive: true, events: [{ id: '2', event: EVENTS[1] as RunEvent }] })],
    [
      'R12',
      'an event without a number',
      () => withViewer({ after: 0, isLive: true, events: [{ id: undefined, event: EVENTS[0] as RunEvent }] }),
    ],
    ['R3', 'text left out at a reconnect', () => withViewer(seen(EVENTS.slice(0, 2)), seen(EVENTS.slice(3), 3, false))],
    [
      'R12',
      'a gap in what is stored',
      () => withRun(stored(EVENTS, { events: stored(EVENTS).events.filter(({ seq }) => seq !== 3) }), { viewers: [] }),
    ],
  ])('%s: finds %s', (promise, _what, broken) => {
    expect(broken().map((each) => each.split(':')[0])).toContain(promise);
  });
});
