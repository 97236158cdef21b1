import { createParser, type EventSourceMessage } from 'eventsource-parser';

interface SseObserver {
  /** So many bytes came: comments too. */
  bytes(count: number): void;
  message(message: EventSourceMessage): void;
}

/** Reads server-sent events until the body ends or `reader` is cancelled. Rejects with what the body fails with, or `observer` throws. */
export async function readSse(reader: ReadableStreamDefaultReader<Uint8Array>, observer: SseObserver): Promise<void> {
  const parser = createParser({ onEvent: (message) => observer.message(message) });
  const decoder = new TextDecoder();
  // A reader and not `for await`: WebKit's streams are not iterable.
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    observer.bytes(value.length);
    parser.feed(decoder.decode(value, { stream: true }));
  }
}
