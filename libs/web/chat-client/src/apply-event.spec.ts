import { type StatusEvent } from '@echo/contract';
import { applyEvent, applyResponse } from './apply-event';
import { DONE, START, storedAnswer } from './testing/stored';
import { messageOf } from './transcript';

const answer = { ...messageOf(storedAnswer(2, 1, { status: 'connecting' }), 'key'), startedAt: 1_000 };
const fallback = (model: string, more: Partial<StatusEvent> = {}): StatusEvent => ({
  type: 'status',
  status: 'fallback',
  reason: 'provider_overloaded',
  model,
  ...more,
});

describe('applyEvent', () => {
  it('tells who answers in place of whom, also when the second one fails, too', () => {
    const first = applyEvent(answer, fallback('lab/a/b', { memory_after: 4 }), 0);
    expect(first).toMatchObject({
      provider: 'lab',
      model: 'a/b',
      memoryAfter: 4,
      fallback: { asked: 'openai/gpt', reason: 'provider_overloaded' },
    });
    const second = applyEvent(first, fallback('other/one', { reason: 'provider_timeout' }), 0);
    expect(second).toMatchObject({ provider: 'other', model: 'one', fallback: { asked: 'openai/gpt', reason: 'provider_timeout' } });
    expect(second.memoryAfter).toBeUndefined();
  });

  it('takes a stand-in back when the run begins anew', () => {
    const standIn = applyEvent(answer, fallback('lab/one'), 0);
    expect(applyEvent(standIn, { ...START, memory_after: 3 }, 0)).toMatchObject({
      provider: 'openai',
      model: 'gpt',
      fallback: null,
      memoryAfter: 3,
    });
  });

  it('keeps what the answer cost, streamed or whole', () => {
    const cost = { amount: 0.5, currency: 'USD' };
    expect(applyEvent(answer, { ...DONE, cost }, 2_000)).toMatchObject({ state: 'completed', cost, finishedAt: 2_000 });
    const { usage, finish_reason } = DONE;
    const whole = {
      response: 'Hi',
      model: 'gpt',
      provider: 'openai',
      conversation_id: 7,
      message_id: 2,
      run_id: 'r',
      finish_reason,
      usage,
      cost,
    };
    expect(applyResponse(answer, whole, 2_000)).toMatchObject({ text: 'Hi', cost });
  });
});
