import { type RunEvent, type SequencedEvent } from '@echo/contract';
import { LiveRun } from './live-run';

const START = { type: 'start', conversation_id: 1, message_id: 2, run_id: 'r', provider: 'p', model: 'm' } as const;
const DONE: RunEvent = { type: 'done', finish_reason: 'stop', usage: { input_tokens: 1, output_tokens: 1 }, conversation_id: 1 };
const text = (chunk: string): RunEvent => ({ type: 'content', chunk });

describe('LiveRun', () => {
  it('joins text that waits, and keeps kinds apart', () => {
    const run = new LiveRun(START);
    run.say({ type: 'reasoning', chunk: 'hm' });
    run.say(text('a'));
    run.say(text('b'));
    expect(run.take()).toEqual([
      { seq: 2, event: { type: 'reasoning', chunk: 'hm' } },
      { seq: 3, event: { type: 'content', chunk: 'ab' } },
    ]);
    run.say(text('c'));
    expect(run.take()).toEqual([{ seq: 4, event: text('c') }]);
  });

  it('shows nobody what is not stored', () => {
    const run = new LiveRun(START);
    const seen: SequencedEvent[] = [];
    run.watch(1, (event) => seen.push(event));
    run.say(text('a'));
    const taken = run.take();
    expect(seen).toEqual([]);
    run.deliver(taken);
    expect(seen).toEqual(taken);
  });

  it('gives a late viewer the past and then the present, each once', () => {
    const run = new LiveRun(START);
    run.say(text('a'));
    run.deliver(run.take());
    const seen: number[] = [];
    const leave = run.watch(0, ({ seq }) => seen.push(seq));
    run.say(text('b'));
    run.deliver(run.take());
    leave?.();
    run.say(text('c'));
    run.deliver(run.take());
    expect(seen).toEqual([1, 2, 3]);
  });

  it('ends when its terminal event is delivered', async () => {
    const run = new LiveRun(START);
    run.say(DONE);
    run.deliver(run.take());
    await expect(run.ended).resolves.toBeUndefined();
  });

  it('keeps the first cause of its end and aborts once', () => {
    const run = new LiveRun(START);
    run.stop('person');
    run.stop('shutdown');
    expect(run.stopCause).toBe('person');
    expect(run.signal.aborted).toBe(true);
  });

  it('counts what is said and not stored', () => {
    const run = new LiveRun(START);
    run.say(text('abc'));
    expect(run.unstoredChars).toBe(3);
    run.deliver(run.take());
    expect(run.unstoredChars).toBe(0);
  });
});
