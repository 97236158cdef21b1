import { PROBLEMS, type ProblemCode } from '@echo/contract';
import { ApiProblem } from './api-problem';
import { errorOfProblem, errorOfRun, runErrorOf } from './chat-errors';

const problemOf = (code: ProblemCode, more = {}) =>
  new ApiProblem('Why.', PROBLEMS[code].status, code, {
    type: '',
    title: '',
    status: PROBLEMS[code].status,
    code,
    detail: 'Why.',
    request_id: 'r',
    ...more,
  });

describe('errors as they are shown', () => {
  it.each([
    ['overloaded', 'retry'],
    ['storage_unavailable', 'retry'],
    ['shutting_down', 'retry'],
    ['internal_error', 'retry'],
    ['run_in_progress', 'retry'],
    ['cross_site_refused', 'reload'],
    ['conversation_not_found', 'reload'],
    ['too_long', 'none'],
    ['unknown_model', 'none'],
    ['idempotency_mismatch', 'none'],
  ] as const)('offer a way on: %s → %s', (code, action) => {
    expect(errorOfProblem(problemOf(code), 'retry')).toMatchObject({
      message: 'Why.',
      code,
      action,
      retryable: action === 'retry',
      requestId: 'r',
    });
  });

  it('offer another answer where the run may succeed later', () => {
    expect(errorOfRun({ code: 'provider_timeout', message: 'm', retryable: true }).action).toBe('regenerate');
    expect(errorOfRun({ code: 'provider_auth', message: 'm', retryable: false }).action).toBe('none');
  });

  it('tell a run that failed from a request that was refused', () => {
    expect(runErrorOf(problemOf('provider_failed', { run_id: 'x', run_error: 'provider_auth' }))).toEqual({
      code: 'provider_auth',
      message: 'Why.',
      retryable: false,
    });
    expect(runErrorOf(problemOf('interrupted', { run_id: 'x' }))).toMatchObject({ code: 'interrupted', retryable: true });
    expect(runErrorOf(problemOf('provider_failed', { run_id: 'x', run_error: 'of_tomorrow' }))).toMatchObject({ code: 'internal_error' });
    expect(runErrorOf(problemOf('storage_unavailable'))).toBeUndefined();
    expect(runErrorOf(problemOf('run_in_progress', { run_id: 'x' }))).toBeUndefined();
  });
});
