/** The channel between tabs, which jsdom lacks. Delivers at once. */
export class FakeChannel extends EventTarget {
  static #all = new Set<FakeChannel>();
  /** What other tabs told on this one. */
  readonly heard: unknown[] = [];

  constructor(readonly name: string) {
    super();
    FakeChannel.#all.add(this);
  }

  /** Gives every tab that begins from now on a channel; returns how to take it away. */
  static install(): () => void {
    Object.assign(window, { BroadcastChannel: FakeChannel });
    return () => {
      Reflect.deleteProperty(window, 'BroadcastChannel');
      FakeChannel.#all.clear();
    };
  }

  postMessage(data: unknown): void {
    for (const other of FakeChannel.#all) if (other !== this && other.name === this.name) other.#hear(JSON.parse(JSON.stringify(data)));
  }

  close(): void {
    FakeChannel.#all.delete(this);
  }

  #hear(data: unknown): void {
    this.heard.push(data);
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}
