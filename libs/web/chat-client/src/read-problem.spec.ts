import { ApiProblem, StreamLost } from './api-problem';
import { asProblem, parseRetryAfter, toProblem } from './read-problem';

describe('parseRetryAfter', () => {
  it('reads seconds and dates, and nothing else', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    expect(parseRetryAfter('3', now)).toBe(3000);
    expect(parseRetryAfter('0', now)).toBe(0);
    expect(parseRetryAfter('Sun, 22 Nov 2026 10:00:05 GMT', now)).toBe(5000);
    expect(parseRetryAfter('Sun, 22 Nov 2026 09:00:00 GMT', now)).toBe(0);
    for (const none of [null, '', 'soon']) expect(parseRetryAfter(none, now)).toBeUndefined();
  });
});

describe('faults', () => {
  it('become a problem of the network, with their cause', () => {
    const cause = new TypeError('Failed to fetch');
    expect(toProblem(cause)).toMatchObject({ name: 'ApiProblem', status: 0, code: 'network_error', cause });
    expect(asProblem(new StreamLost('cut', { cause }))).toMatchObject({ code: 'network_error', cause });
  });

  it('stay what they are when they were wanted or known', () => {
    const abort = new AbortController();
    abort.abort();
    const error = new Error('aborted');
    expect(toProblem(error, abort.signal)).toBe(error);
    const known = new ApiProblem('Known.', 404, 'not_found');
    expect(toProblem(known)).toBe(known);
    expect(asProblem(known)).toBe(known);
  });

  it('of our own are told without their words', () => {
    expect(asProblem(new RangeError('secret'))).toMatchObject({
      code: 'bad_response',
      message: 'Something went wrong on this page. Reload it.',
    });
  });
});
