import { type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type SeededRandom } from './seeded-random';
import { type Toxics } from './toxics';

/** Bytes that wait on their way before the sender is made to wait. */
const WINDOW_BYTES = 64 * 1024;
/** Milliseconds in which bytes that were sent on this machine are read. */
const ARRIVAL_MS = 20;

/** Sees the bytes of one direction before anything is done to them; what it returns goes on. A promise that waits holds this direction. */
export type Tap = (bytes: Buffer) => Buffer | Promise<Buffer>;

/** Carries the bytes of one direction of a connection, with its toxics. */
export class FaultyPipe {
  private readonly waiting: { readonly bytes: Buffer; readonly due: number }[] = [];
  private waitingBytes = 0;
  private carried = 0;
  private lastDue = 0;
  private wake: () => void = () => undefined;
  private isOver = false;
  private isSilent = false;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly toxics: Toxics,
    private readonly random: SeededRandom,
    private readonly tap: Tap,
    private readonly end: (how: 'reset' | 'cut') => void,
  ) {
    void this.read();
    void this.write();
  }

  private async read(): Promise<void> {
    try {
      // Its end is not the end of what is written to it.
      for await (const chunk of this.from.iterator({ destroyOnReturn: false })) {
        const bytes = await this.tap(chunk as Buffer);
        if (bytes.length === 0) continue;
        // Later than what came before it: TCP keeps the order.
        this.lastDue = Math.max(this.lastDue, performance.now() + this.toxics.latencyMs + this.random.next() * this.toxics.jitterMs);
        this.waiting.push({ bytes, due: this.lastDue });
        this.waitingBytes += bytes.length;
        this.wake();
        while (this.waitingBytes > WINDOW_BYTES && !this.to.destroyed) await delay(5);
      }
      this.isOver = true;
      this.wake();
    } catch {
      // The sender reset the connection: so does the proxy.
      this.end('reset');
    }
  }

  private async write(): Promise<void> {
    while (this.to.writable) {
      const next = this.waiting.shift();
      if (next) {
        await sleep(next.due - performance.now());
        await this.send(next.bytes);
        this.waitingBytes -= next.bytes.length;
      } else if (this.isOver) {
        if (!this.isSilent) this.to.end();
        return;
      } else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  private async send(bytes: Buffer): Promise<void> {
    for (let start = 0; start < bytes.length && this.to.writable;) {
      const { after, sliceBytes, bytesPerSecond } = this.toxics;
      const left = after === undefined ? Infinity : Math.max(0, after.bytes - this.carried);
      if (after && left === 0) {
        if (after.fate === 'silence') this.isSilent = true;
        else {
          // A reset overtakes what the receiver has not read yet.
          await delay(ARRIVAL_MS);
          this.end(after.fate);
        }
        return;
      }
      // A slow line sends ten times a second.
      const slice = bytes.subarray(start, start + Math.min(left, sliceBytes, Math.max(1, Math.ceil(bytesPerSecond / 10))));
      if (!this.to.write(slice)) await drained(this.to);
      start += slice.length;
      this.carried += slice.length;
      if (bytesPerSecond !== Infinity) await sleep((1_000 * slice.length) / bytesPerSecond);
      else if (slice.length < bytes.length) await new Promise(setImmediate);
    }
  }
}

/** Waits until there is room again, or nobody to write to; how it ended is the socket's owner's to hear. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}

async function sleep(ms: number): Promise<void> {
  if (ms > 0) await delay(ms);
}
