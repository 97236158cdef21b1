import { paintFirst } from './paint-first';

const RUN = { method: 'POST', headers: { accept: 'text/event-stream' } };

describe('a fetch that paints first', () => {
  let isSent: boolean;
  let frames: FrameRequestCallback[];
  let send: typeof fetch;

  const hide = (hidden: boolean) => Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });

  beforeEach(() => {
    jest.useFakeTimers();
    isSent = false;
    frames = [];
    jest.spyOn(window, 'requestAnimationFrame').mockImplementation((callback) => frames.push(callback));
    send = paintFirst(() => {
      isSent = true;
      return Promise.resolve(undefined as unknown as Response);
    }, document);
  });

  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
    hide(false);
  });

  it('sends what starts a run after the frame that was next, and not within it', async () => {
    const sent = send('/api/chat', RUN);
    await jest.advanceTimersByTimeAsync(50);
    expect(isSent).toBe(false);
    frames.forEach((frame) => frame(50));
    expect(isSent).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(isSent).toBe(true);
    await sent;
  });

  it('does not wait longer than a tenth of a second for a frame', async () => {
    void send('/api/chat', RUN);
    await jest.advanceTimersByTimeAsync(99);
    expect(isSent).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(isSent).toBe(true);
  });

  it.each([
    ['a stop', { method: 'POST', headers: { accept: 'application/json' } }],
    ['a run that is followed', { method: 'GET', headers: { accept: 'text/event-stream' } }],
    ['what has no settings', undefined],
  ] as const)('sends %s at once', (_what, init) => {
    void send('/api', init);
    expect(isSent).toBe(true);
  });

  it('sends everything at once while the page is hidden', () => {
    hide(true);
    void send('/api/chat', RUN);
    expect(isSent).toBe(true);
  });
});
