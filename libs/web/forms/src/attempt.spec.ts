import { Component, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ApiProblem } from '@echo/web-chat-client';
import { Attempt } from './attempt';

@Component({ selector: 'echo-stand-in', template: '', providers: [Attempt] })
class StandIn {
  readonly attempt = inject(Attempt);
}

const problem = (pointers: string[]) =>
  new ApiProblem('Wrong.', 422, 'invalid_value', {
    type: 'about:blank',
    title: 'Wrong',
    status: 422,
    code: 'invalid_value',
    detail: 'Wrong.',
    request_id: 'r',
    errors: pointers.map((pointer) => ({ pointer, code: 'invalid_value', detail: `${pointer} is wrong.` })),
  });

describe('Attempt', () => {
  let attempt: Attempt;

  beforeEach(() => (attempt = TestBed.createComponent(StandIn).componentInstance.attempt));

  it('says what was done', async () => {
    await expect(attempt.run(() => Promise.resolve(), { said: 'Done.' })).resolves.toBe(true);
    expect(attempt.said()).toBe('Done.');
  });

  it('tells errors at their fields, and the others in all', async () => {
    await attempt.run(() => Promise.reject(problem(['/name', '/strange'])), { fields: { '/name': [] } });
    expect(attempt.at('/name')).toBe('/name is wrong.');
    expect(attempt.message()).toBe('/strange is wrong.');
  });

  it('gives a problem of the whole request to the field that it is about', async () => {
    await attempt.run(() => Promise.reject(new ApiProblem('Not right.', 422, 'wrong_code')), { fields: { '/code': ['wrong_code'] } });
    expect(attempt.at('/code')).toBe('Not right.');
    expect(attempt.message()).toBe('');
  });

  it('does one thing at a time, unless a newer one takes its place', async () => {
    const work = jest.fn(() => Promise.resolve());
    let fail: (error: Error) => void = () => undefined;
    const first = attempt.run(() => new Promise((_resolve, reject) => (fail = reject)));
    await expect(attempt.run(work)).resolves.toBe(false);
    expect(work).not.toHaveBeenCalled();
    await expect(attempt.run(work, { isNewest: true, said: 'Newer.' })).resolves.toBe(true);
    fail(new ApiProblem('Late.', 500, 'internal_error'));
    await expect(first).resolves.toBe(false);
    expect(attempt.message()).toBe('');
    expect(attempt.said()).toBe('Newer.');
    expect(attempt.isBusy()).toBe(false);
  });

  it('says nothing of what was given up', async () => {
    await expect(attempt.run(() => Promise.reject(new DOMException('Gone', 'AbortError')))).resolves.toBe(false);
    expect(attempt.message()).toBe('');
  });

  it('hides no defect', async () => {
    await expect(attempt.run(() => Promise.reject(new Error('Bug')))).rejects.toThrow('Bug');
    expect(attempt.isBusy()).toBe(false);
  });
});
