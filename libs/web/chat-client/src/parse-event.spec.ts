import { StreamLost } from './api-problem';
import { parseEvent } from './parse-event';
import { DONE, START } from './testing/stored';

const parse = (event: unknown, id: string | undefined = '3') => parseEvent({ id, data: JSON.stringify(event) });

describe('parseEvent', () => {
  it('reads every event of the wire', () => {
    const events = [
      START,
      { chunk: 'x', type: 'content' },
      { chunk: 'x', type: 'reasoning' },
      { type: 'status', status: 'queued' },
      DONE,
      { type: 'error', message: 'm', code: 'interrupted', retryable: true, partial: false },
    ];
    for (const event of events) expect(parse(event)).toEqual({ seq: 3, event });
  });

  it.each(['tool_call', 'constructor', 'toString', '__proto__'])('passes over the type %s, which a newer server may know', (type) => {
    expect(parse({ type, chunk: 1 })).toBeUndefined();
    expect(parseEvent({ data: '{}' })).toBeUndefined();
  });

  it('takes the end of a session for no end of the answer', () => {
    expect(parse({ type: 'error', message: 'm', code: 'session_ended', retryable: false, partial: true })).toBeUndefined();
  });

  it.each([
    ['Internal server error', '1'],
    ['{"type":"content","chunk":"ab', '1'],
    ['null', '1'],
    ['7', '1'],
    ['{"type":"content"}', '1'],
    ['{"type":"content","chunk":7}', '1'],
    ['{"type":"start","conversation_id":"7","message_id":1,"run_id":"x"}', '1'],
    ['{"type":"content","chunk":"x"}', undefined],
    ['{"type":"content","chunk":"x"}', 'x'],
    ['{"type":"content","chunk":"x"}', '0'],
    ['{"type":"content","chunk":"x"}', '1.5'],
  ])('takes %s with the number %s for a lost stream', (data, id) => {
    expect(() => parseEvent({ data, id })).toThrow(StreamLost);
  });
});
