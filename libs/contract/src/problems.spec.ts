import { PROBLEMS } from './problems';
import { isTerminal } from './run-events';
import { isLive, LIVE_RUN_STATUSES, RUN_STATUSES } from './runs';

describe('the words of the wire', () => {
  it('gives every problem a status that refuses', () => {
    for (const { status, title } of Object.values(PROBLEMS)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(title).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it('parts the states of a run into live ones and four ends', () => {
    expect(RUN_STATUSES.filter(isLive)).toEqual([...LIVE_RUN_STATUSES]);
    expect(RUN_STATUSES.filter((status) => !isLive(status))).toEqual(['completed', 'stopped', 'failed', 'interrupted']);
  });

  it('ends a stream with done or error and nothing else', () => {
    expect(isTerminal({ type: 'content', chunk: 'x' })).toBe(false);
    expect(isTerminal({ type: 'error', message: '', code: 'interrupted', retryable: true, partial: false })).toBe(true);
  });
});
