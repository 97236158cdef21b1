/** One answer on its way through the relay: reads the provider's chat wire, gathers its text, and writes the application's wire. */
export class RelayedAnswer {
  /** Whether the provider has said its last word. */
  isOver = false;
  #unread = '';
  #gathered = '';
  #seq = 0;
  #finishReason;
  #usage;

  get hasText() {
    return this.#gathered !== '';
  }

  /** The first event. */
  start(ids) {
    return this.#frame({ type: 'start', ...ids, provider: 'bench', model: 'bench' });
  }

  /** Takes what came from the provider, cut anywhere. */
  feed(text) {
    const unread = this.#unread + text;
    let from = 0;
    for (let end = unread.indexOf('\n\n', from); end >= 0; end = unread.indexOf('\n\n', from)) {
      this.#read(unread.slice(from, end));
      from = end + 2;
    }
    this.#unread = unread.slice(from);
  }

  /** The text gathered since the last time, as one event. */
  takeText() {
    const chunk = this.#gathered;
    this.#gathered = '';
    return this.#frame({ chunk, type: 'content' });
  }

  /** What is left, and the last event. */
  end(ids) {
    const rest = this.hasText ? this.takeText() : '';
    return rest + this.#frame({ type: 'done', finish_reason: this.#finishReason, usage: this.#usage, ...ids });
  }

  #read(event) {
    if (!event.startsWith('data: ')) return;
    const data = event.slice(6);
    if (data === '[DONE]') {
      this.isOver = true;
      return;
    }
    const { choices, usage } = JSON.parse(data);
    if (usage) this.#usage = { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens };
    const choice = choices[0];
    if (!choice) return;
    if (choice.delta.content) this.#gathered += choice.delta.content;
    if (choice.finish_reason) this.#finishReason = choice.finish_reason;
  }

  #frame(event) {
    return `id: ${++this.#seq}\ndata: ${JSON.stringify(event)}\n\n`;
  }
}
