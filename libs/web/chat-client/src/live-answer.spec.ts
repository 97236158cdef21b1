import { LiveAnswer } from './live-answer';
import { outgoingPrompt } from './outgoing';
import { show } from './testing/session-rig';
import { DONE, START } from './testing/stored';

describe('LiveAnswer', () => {
  let live: LiveAnswer;
  const { answer } = outgoingPrompt('Hi', {}, { parent: null, atEnd: true, conversationId: undefined, parentId: undefined }, false);

  beforeEach(() => {
    jest.useFakeTimers();
    live = new LiveAnswer(document);
    live.begin(answer);
    live.apply(START);
  });

  afterEach(() => {
    live.release();
    show(true);
    Reflect.deleteProperty(window, 'matchMedia');
    jest.useRealTimers();
  });

  it('changes the signal once per frame, not once per chunk', () => {
    live.apply({ type: 'content', chunk: 'a' });
    const before = live.message();
    for (let chunk = 0; chunk < 100; chunk++) live.apply({ type: 'content', chunk: 'b' });
    expect(live.message()).toBe(before);
    jest.advanceTimersByTime(16);
    expect(live.message()?.text.length).toBeGreaterThan(4);
  });

  it('spreads a burst over frames, and is never more than 80 ms and a frame behind what has come', () => {
    live.apply({ type: 'content', chunk: 'x'.repeat(2_000) });
    const lengths = Array.from({ length: 4 }, () => {
      jest.advanceTimersByTime(16);
      live.apply({ type: 'content', chunk: 'y' });
      return live.message()?.text.length ?? 0;
    });
    const steps = lengths.map((length, index) => length - (lengths[index - 1] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(200);
    expect(Math.max(...steps)).toBeLessThan(700);
    expect(lengths.at(-1)).toBeGreaterThan(1_200);
    jest.advanceTimersByTime(96);
    expect(live.message()?.text).toBe('x'.repeat(2_000) + 'y'.repeat(4));
  });

  it('shows the rest of the reasoning as soon as the answer begins', () => {
    live.apply({ type: 'reasoning', chunk: 'r'.repeat(500) });
    jest.advanceTimersByTime(16);
    expect(live.message()?.reasoning.length).toBeLessThan(250);
    live.apply({ type: 'content', chunk: 'So' });
    jest.advanceTimersByTime(16);
    expect(live.message()).toMatchObject({ reasoning: 'r'.repeat(500), text: 'So' });
  });

  it('takes the first word of the text for the beginning of the answer, not the first thought', () => {
    live.begin({ ...answer, startedAt: Date.now() });
    live.apply(START);
    jest.advanceTimersByTime(1_000);
    live.apply({ type: 'reasoning', chunk: 'Hm' });
    expect(live.message()?.state).toBe('streaming');
    expect(live.message()?.firstContentAt).toBeUndefined();
    jest.advanceTimersByTime(4_000);
    live.apply({ type: 'content', chunk: 'So' });
    const { startedAt = NaN, thoughtAt = NaN, firstContentAt = NaN } = live.message() ?? {};
    expect([thoughtAt - startedAt, firstContentAt - startedAt]).toEqual([1_000, 5_000]);
    jest.advanceTimersByTime(4_000);
    live.apply({ type: 'content', chunk: ', yes.' });
    expect(live.message()).toMatchObject({ thoughtAt, firstContentAt });
  });

  it('shows everything at the end', () => {
    live.apply({ type: 'content', chunk: 'x'.repeat(5000) });
    live.apply(DONE);
    expect(live.message()).toMatchObject({ text: 'x'.repeat(5000), state: 'completed' });
    expect(live.end()?.text).toHaveLength(5000);
    expect(live.message()).toBeUndefined();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('begins anew when the run is replayed from its start', () => {
    live.apply({ type: 'content', chunk: 'Hello' });
    jest.advanceTimersByTime(100);
    live.apply({ type: 'content', chunk: ' lost' });
    live.apply(START);
    live.apply({ type: 'content', chunk: 'Hello again' });
    live.flush();
    expect(live.message()?.text).toBe('Hello again');
  });

  it('keeps what is shown where it stands while it comes again, piece by piece', () => {
    live.apply({ type: 'content', chunk: 'Hello there' });
    live.apply(START);
    const seen: (string | undefined)[] = [];
    for (const chunk of ['Hel', 'lo there', ', all']) {
      live.apply({ type: 'content', chunk });
      live.flush();
      seen.push(live.message()?.text);
    }
    expect(seen).toEqual(['Hello there', 'Hello there', 'Hello there, all']);
  });

  it('has not begun to answer while nothing but what was shown has come', () => {
    live.begin({ ...answer, text: 'Once upon ' });
    live.apply(START);
    live.apply({ type: 'content', chunk: 'Once upon ' });
    expect(live.message()).toMatchObject({ text: 'Once upon ', state: 'connecting' });
    live.apply({ type: 'content', chunk: 'a time' });
    live.flush();
    expect(live.message()).toMatchObject({ text: 'Once upon a time', state: 'streaming' });
  });

  it('lets go of what is shown where something else comes', () => {
    live.apply({ type: 'content', chunk: 'Hello there' });
    live.apply(START);
    for (const chunk of ['Hello', ' world']) live.apply({ type: 'content', chunk });
    live.flush();
    expect(live.message()?.text).toBe('Hello world');
  });

  it('shows text as it comes where less movement is asked for', () => {
    Object.assign(window, { matchMedia: () => ({ matches: true }) });
    live.begin(answer);
    live.apply({ type: 'content', chunk: 'x'.repeat(5000) });
    jest.advanceTimersByTime(16);
    expect(live.message()?.text).toHaveLength(5000);
  });

  it('shows all that has come four times a second while the page is hidden', () => {
    show(false);
    live.apply({ type: 'content', chunk: 'x'.repeat(5000) });
    jest.advanceTimersByTime(249);
    expect(live.message()?.text).toBe('');
    jest.advanceTimersByTime(1);
    expect(live.message()?.text).toHaveLength(5000);
  });
});
