import { type StreamEnd, type StreamNote } from '@echo/web-chat-client';
import { diagnoseStream } from './diagnose-stream';
import { StreamRecord } from './stream-record';

/** Tells of one connection, `at` milliseconds after the first of all. */
class Telling {
  readonly notes: StreamNote[] = [];
  private connection = 0;

  ask(at: number, what = 'POST /chat'): this {
    this.notes.push({ connection: ++this.connection, at, kind: 'asked', what, isReplay: what.startsWith('GET') });
    return this;
  }

  events(at: number, count: number, every: number, bytes = 80): this {
    for (let index = 0; index < count; index++) {
      const time = at + index * every;
      this.notes.push({ connection: this.connection, at: time, kind: 'bytes', count: bytes });
      this.notes.push({ connection: this.connection, at: time, kind: 'event', seq: index + 1, type: 'content', chars: 8 });
    }
    return this;
  }

  opened(at: number): this {
    this.notes.push({ connection: this.connection, at, kind: 'opened' });
    return this;
  }

  ended(at: number, how: StreamEnd): this {
    this.notes.push({ connection: this.connection, at, kind: 'ended', how });
    return this;
  }
}

/** As the panel hears of it: some notes at a time. */
function findings(telling: Telling) {
  const record = new StreamRecord();
  for (let from = 0; from < telling.notes.length; from += 50) record.add(telling.notes.slice(from, from + 50));
  return diagnoseStream(record.connections());
}
const codes = (telling: Telling) => findings(telling).map(({ code }) => code);

describe('diagnoseStream', () => {
  it('finds nothing in an answer that comes as it is written, quickly or slowly begun', () => {
    expect(codes(new Telling().ask(0).opened(30).events(40, 50, 40).ended(2_040, 'complete'))).toEqual([]);
    expect(codes(new Telling().ask(0).opened(4_000).events(4_000, 50, 40).ended(6_000, 'complete'))).toEqual([]);
  });

  it('finds nothing in a short answer, nor in the past of a run that comes at once', () => {
    expect(codes(new Telling().ask(0).events(2_000, 3, 5).ended(2_020, 'complete'))).toEqual([]);
    expect(codes(new Telling().ask(0, 'GET /runs/1/events?after=0').events(2_000, 50, 1).ended(2_060, 'complete'))).toEqual([]);
  });

  it('names a proxy that hands everything over at the end', () => {
    const [finding] = findings(new Telling().ask(0).opened(8_000).events(8_000, 50, 1).ended(8_060, 'complete'));
    expect(finding?.code).toBe('held-back');
    expect(finding?.words).toContain('after 8 s: a proxy on the way buffers');
  });

  it('names it also where the page is too busy to read it all at once', () => {
    const telling = new Telling().ask(0).opened(8_000).events(8_000, 1, 0);
    for (let seq = 2; seq < 30; seq++) {
      telling.notes.push({ connection: 1, at: 8_000 + seq * 20, kind: 'event', seq, type: 'content', chars: 8 });
    }
    expect(codes(telling.ended(8_600, 'complete'))).toEqual(['held-back']);
  });

  it('names a proxy that fills a buffer first', () => {
    const blocks = new Telling().ask(0).opened(50);
    for (const at of [1_000, 3_000, 5_000]) blocks.events(at, 1, 1, 4_096);
    expect(codes(blocks)).toEqual(['in-blocks']);
  });

  it('names an idle timeout by cuts that come after like pauses', () => {
    const telling = new Telling().ask(0).opened(50).events(60, 10, 300).ended(6_000, 'cut');
    telling.ask(6_500, 'GET /runs/1/events?after=10').opened(6_550).events(6_600, 40, 300).ended(21_400, 'cut');
    expect(codes(telling)).toEqual(['idle-timeout']);
  });

  it('names a limit of the length of a response by cuts at like ages', () => {
    const telling = new Telling().ask(0).opened(50).events(60, 300, 100).ended(30_050, 'cut');
    telling.ask(30_400, 'GET /runs/1/events?after=300').opened(30_450).events(30_500, 298, 100).ended(60_460, 'cut');
    const [finding] = findings(telling);
    expect(finding?.code).toBe('lifetime');
    expect(finding?.words).toContain('after about 30.1 s');
  });

  it('names both also of answers that are longer than the notes that are kept', () => {
    const cutTwice = new Telling().ask(0).opened(50).events(60, 5_900, 10).ended(60_050, 'cut');
    cutTwice.ask(60_400, 'GET /runs/1/events?after=5900').opened(60_450).events(60_500, 5_900, 10).ended(120_460, 'cut');
    expect(codes(cutTwice)).toEqual(['lifetime']);
    const fellSilent = new Telling().ask(0).opened(50).events(60, 3_000, 10).ended(35_060, 'cut');
    fellSilent.ask(36_000, 'GET /runs/1/events?after=3000').opened(36_050).events(36_060, 1_500, 10).ended(56_060, 'cut');
    expect(codes(fellSilent)).toEqual(['idle-timeout']);
    expect(codes(new Telling().ask(0).opened(90_000).events(90_000, 9_000, 0.01).ended(90_100, 'complete'))).toEqual(['held-back']);
  });

  it('makes no rule of one cut', () => {
    expect(codes(new Telling().ask(0).opened(50).events(60, 10, 300).ended(9_000, 'cut'))).toEqual([]);
  });

  it('names silence where even the heartbeat is missing', () => {
    expect(codes(new Telling().ask(0).opened(50).events(60, 3, 100).ended(10_300, 'silent'))).toEqual(['silence']);
  });
});
