import { comparePieces, pieceOf, promptFor } from './answers.mjs';
import { now } from './clock.mjs';
import { open } from './http-client.mjs';

/** One answer, read as it comes. `ended` resolves when the connection ends or breaks, `begun` at the first text or, without any, then. */
export class AnswerReader {
  text = '';
  /** For every event with text: when it came, and where in the text it ends. */
  marks = [];
  /** Why the stream broke; undefined: it did not. */
  error;
  startedAt = now();
  /** When the first event came, and when the last one did. */
  firstEventAt;
  endedAt;
  /** The application's ids of this answer and its conversation, as its first event tells them. */
  runId;
  conversationId;
  #answer;
  #buffer = '';
  #ids = [];
  #begin;
  begun = new Promise((resolve) => (this.#begin = resolve));

  constructor(target, order) {
    this.target = target;
    this.order = order;
    // A broken stream is a finding, not a failure of ours: what is missing is counted, and the reason told once all is over.
    this.ended = this.#read()
      .catch((error) => (this.error = error))
      .finally(this.#begin);
  }

  /** Milliseconds from the request to the first text; undefined when none came. */
  get firstMs() {
    return this.marks.length === 0 ? undefined : this.marks[0].at - this.startedAt;
  }

  /** Milliseconds from the request to the first event: until then the application has stored what was asked. */
  get acceptedMs() {
    return this.firstEventAt - this.startedAt;
  }

  /** The number of the last event that came; undefined: none did. */
  get lastId() {
    return this.#ids.at(-1);
  }

  /** Hangs up. What is read until then counts. */
  leave() {
    this.#answer?.destroy();
  }

  /** When each piece of the answer was complete here. A piece that never came has no time. */
  arrivals() {
    const times = [];
    let end = 0;
    let mark = 0;
    for (let index = 0; index < this.order.deltas; index++) {
      end += pieceOf(this.order.id, index).length;
      while (mark < this.marks.length && this.marks[mark].end < end) mark++;
      if (mark === this.marks.length) break;
      times.push(this.marks[mark].at);
    }
    return times;
  }

  /** Pieces lost and doubled; a stream without its last event, or whose ids are not in order, counts as one loss more. Says why on stderr. */
  faults() {
    const { lost, doubled } = comparePieces(this.order.id, this.order.deltas, this.text);
    const isWhole = this.endedAt !== undefined && this.target.idsAreWhole(this.#ids);
    const faults = { lost: lost + (isWhole ? 0 : 1), doubled };
    if (faults.lost + faults.doubled > 0) process.stderr.write(`${this.#describe(faults)}\n`);
    return faults;
  }

  #describe({ lost, doubled }) {
    const { id, deltas } = this.order;
    const end = this.error ? this.error.message : this.endedAt ? 'a clean end' : 'no last event';
    return `Answer ${id} (${this.target.kind}): ${lost} lost, ${doubled} doubled of ${deltas}, ids up to ${this.#ids.at(-1) ?? 'none'}; ${end}.`;
  }

  async #read() {
    const { url, agent, requestFor } = this.target;
    const answer = await open(url, { agent, ...requestFor(promptFor(this.order)) });
    this.#answer = answer;
    answer.on('data', (text) => this.#accept(text));
    await new Promise((resolve, reject) =>
      answer
        .once('end', resolve)
        .once('error', reject)
        .once('aborted', () => reject(new Error('cut in the middle')))
        .once('close', resolve),
    );
  }

  #accept(text) {
    const at = now();
    this.#buffer += text;
    for (let end = this.#buffer.indexOf('\n\n'); end >= 0; end = this.#buffer.indexOf('\n\n')) {
      this.#acceptEvent(this.#buffer.slice(0, end), at);
      this.#buffer = this.#buffer.slice(end + 2);
    }
  }

  #acceptEvent(event, at) {
    let data;
    for (const line of event.split('\n')) {
      if (line.startsWith('data: ')) data = line.slice(6);
      else if (line.startsWith('id: ')) this.#ids.push(Number(line.slice(4)));
    }
    if (data === undefined) return;
    this.firstEventAt ??= at;
    if (this.target.isEnd(data)) {
      this.endedAt = at;
      return;
    }
    const said = JSON.parse(data);
    if (said.type === 'start') [this.runId, this.conversationId] = [said.run_id, said.conversation_id];
    const text = this.target.textOf(said);
    if (text === '') return;
    this.text += text;
    this.marks.push({ at, end: this.text.length });
    this.#begin();
  }
}
