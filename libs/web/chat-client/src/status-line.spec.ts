import { StatusLine } from './status-line';
import { DONE, START } from './testing/stored';

describe('StatusLine', () => {
  let line: StatusLine;

  beforeEach(() => {
    jest.useFakeTimers();
    line = new StatusLine(60_000);
  });

  afterEach(() => jest.useRealTimers());

  it('goes through the phases of an answer', () => {
    expect(line.status().phase).toBe('idle');
    line.connecting();
    expect(line.status().phase).toBe('connecting');
    line.event(START);
    expect(line.status()).toMatchObject({ phase: 'waiting', model: 'openai/gpt' });
    line.event({ type: 'content', chunk: 'x' });
    expect(line.status().phase).toBe('streaming');
    line.event(DONE);
    expect(line.status().phase).toBe('idle');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('knows since when', () => {
    const before = Date.now();
    line.connecting();
    jest.advanceTimersByTime(500);
    line.event(START);
    expect(line.status().since - before).toBe(500);
  });

  it('is the same object from chunk to chunk', () => {
    line.event(START);
    line.event({ type: 'content', chunk: 'x' });
    const status = line.status();
    jest.advanceTimersByTime(100);
    line.event({ type: 'content', chunk: 'y' });
    expect(line.status()).toBe(status);
  });

  it('goes back to what it was when the connection is back', () => {
    line.event(START);
    line.event({ type: 'content', chunk: 'x' });
    line.lost(250);
    expect(line.status()).toMatchObject({ phase: 'reconnecting', waitMs: 250 });
    line.dialing();
    expect(line.status().waitMs).toBeUndefined();
    line.connected();
    expect(line.status().phase).toBe('streaming');
  });

  it('does not call a queue, a lost connection or a hidden page stalled', () => {
    line.event(START);
    line.event({ type: 'status', status: 'queued' });
    jest.advanceTimersByTime(120_000);
    expect(line.status().phase).toBe('queued');
    line.lost(8000);
    jest.advanceTimersByTime(120_000);
    expect(line.status().phase).toBe('reconnecting');
    line.connected();
    line.event({ type: 'content', chunk: 'x' });
    line.parked();
    jest.advanceTimersByTime(120_000);
    expect(line.status().phase).toBe('streaming');
  });

  it('gives a provider that asked for a pause that much longer', () => {
    line.event(START);
    line.event({ type: 'status', status: 'retrying', wait_ms: 5000, reason: 'provider_rate_limited' });
    jest.advanceTimersByTime(64_999);
    expect(line.status().phase).toBe('retrying');
    jest.advanceTimersByTime(1);
    expect(line.status().phase).toBe('stalled');
  });

  it('names the model that steps in', () => {
    line.event(START);
    line.event({ type: 'status', status: 'fallback', reason: 'provider_unreachable', model: 'ollama/llama' });
    expect(line.status()).toMatchObject({ phase: 'waiting', model: 'ollama/llama', detail: 'The model could not be reached.' });
  });
});
