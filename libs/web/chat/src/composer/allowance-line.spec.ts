import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { ApiProblem, type ChatError, CurrentSession, MessageAllowance, type Standing } from '@echo/web-chat-client';
import { AllowanceLine } from './allowance-line';

const refusal = (code: ChatError['code'], retryAfterMs?: number): ChatError => ({
  message: 'No.',
  code,
  retryable: true,
  action: 'retry',
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

describe('AllowanceLine', () => {
  const standing = signal<Standing | undefined>(undefined);
  const ask = jest.fn<Promise<void>, []>();
  let fixture: ComponentFixture<AllowanceLine>;
  const line = () => (fixture.nativeElement as HTMLElement).textContent.trim();
  const outcome = () => [fixture.componentInstance.isHeld(), fixture.componentInstance.refusal()];

  async function pass(milliseconds = 0): Promise<void> {
    // By hand: with the clock held, Angular's own scheduling never comes to rest.
    fixture.detectChanges();
    await jest.advanceTimersByTimeAsync(milliseconds);
    fixture.detectChanges();
  }

  async function tell(remaining: number, seconds: number): Promise<void> {
    standing.set({ remaining, until: Date.now() + seconds * 1_000 });
    await pass();
  }

  async function fail(error: ChatError | undefined): Promise<void> {
    fixture.componentRef.setInput('error', error);
    await pass();
  }

  beforeEach(async () => {
    jest.useFakeTimers();
    standing.set(undefined);
    ask.mockReset().mockResolvedValue();
    await begin();
  });

  afterEach(() => {
    fixture.destroy();
    jest.useRealTimers();
  });

  async function begin(hasAccounts = false): Promise<void> {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: MessageAllowance, useValue: { standing, ask } },
        { provide: CurrentSession, useValue: { hasAccounts: () => hasAccounts } },
      ],
    });
    fixture = TestBed.createComponent(AllowanceLine);
    await pass();
  }

  it('asks at its beginning what was used before, where there are people, and goes by what is told later', async () => {
    expect(ask).not.toHaveBeenCalled();
    ask.mockImplementation(() => Promise.resolve(standing.set({ remaining: 2, until: Date.now() + 40_000 })));
    await begin(true);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(line()).toBe('2 messages left in this minute.');
    await tell(1, 40);
    expect(line()).toBe('1 message left in this minute.');
  });

  it('says nothing where that cannot be asked', async () => {
    ask.mockRejectedValue(new ApiProblem('Not now.', 503, 'storage_unavailable'));
    await begin(true);
    expect([line(), ...outcome()]).toEqual(['', false, undefined]);
  });

  it('says nothing where nothing is counted, and while there are many', async () => {
    expect(line()).toBe('');
    await tell(29, 60);
    expect([line(), ...outcome()]).toEqual(['', false, undefined]);
  });

  it('says when few are left, until the minute is over', async () => {
    await tell(3, 20);
    expect(line()).toBe('3 messages left in this minute.');
    await tell(1, 15);
    expect([line(), ...outcome()]).toEqual(['1 message left in this minute.', false, undefined]);
    await pass(15_000);
    expect(line()).toBe('');
  });

  it('counts down after the last one, and lets the next one be sent by itself', async () => {
    await pass(300_000);
    await tell(0, 12);
    expect([line(), ...outcome()]).toEqual(['The next message can be sent in 12 s.', true, undefined]);
    await pass(5_000);
    expect(line()).toBe('The next message can be sent in 7 s.');
    await pass(7_000);
    expect([line(), ...outcome()]).toEqual(['', false, undefined]);
    expect(fixture.componentInstance.spoken()).toBe('The next message can be sent now.');
  });

  it.each([
    ['rate_limited', 43_000, 43, 'These were more messages than a minute allows.'],
    ['too_many_live_runs', undefined, 5, 'As many answers as are allowed are being made already.'],
  ] as const)('says why %s refused a message, and when it can be sent', async (code, wait, seconds, reason) => {
    await fail(refusal(code, wait));
    expect(outcome()).toEqual([true, `${reason} It can be sent in ${seconds} s.`]);
    await pass((seconds - 1) * 1_000);
    expect(outcome()).toEqual([true, `${reason} It can be sent in 1 s.`]);
    await pass(1_000);
    expect([line(), ...outcome()]).toEqual(['', false, 'It can be sent now.']);
  });

  it('holds the next message back although the refused one was taken back', async () => {
    await fail(refusal('rate_limited', 10_000));
    await fail(undefined);
    expect([line(), ...outcome()]).toEqual(['The next message can be sent in 10 s.', true, undefined]);
  });

  it('holds nothing back for other errors', async () => {
    await fail(refusal('storage_unavailable', 10_000));
    expect([line(), ...outcome()]).toEqual(['', false, undefined]);
  });

  it('has no timer at rest', async () => {
    await tell(2, 4);
    expect(jest.getTimerCount()).toBeGreaterThan(0);
    await pass(5_000);
    expect(jest.getTimerCount()).toBe(0);
  });
});
