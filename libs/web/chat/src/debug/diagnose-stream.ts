import { HEARTBEAT_MS } from '@echo/contract';
import { type Connection } from './connection';

/** What the arrival times say about the way between browser and server. */
export interface StreamFinding {
  readonly code: 'held-back' | 'in-blocks' | 'silence' | 'idle-timeout' | 'lifetime';
  readonly words: string;
}

/** Milliseconds after which the server's first event is late: it comes as soon as the question is stored. */
const LATE = 1_000;
/** Text in so many events takes its time to be made; milliseconds in which nothing is made one after the other. */
const MANY = 5;
const AT_ONCE = 250;
/** Milliseconds: two cuts that differ by less have one cause. The server beats in between, so shorter pauses are not silence. */
const ALIKE = 1_500;
/** Milliseconds of quiet before a cut that look like a timeout. */
const QUIET = 2_000;

/** Looks for a proxy that holds text back and for one that ends connections. Empty when the times show neither. */
export function diagnoseStream(connections: readonly Connection[]): StreamFinding[] {
  return [...buffering(connections), ...timeouts(connections.filter(({ end }) => end === 'cut')), ...silence(connections)];
}

function buffering(connections: readonly Connection[]): StreamFinding[] {
  const held = connections.find(isHeldBack);
  if (held) {
    const waited = seconds(held.firstEventAt! - held.askedAt);
    return [
      {
        code: 'held-back',
        words: `Everything came at once, after ${waited}: a proxy on the way buffers the answer and hands it over at its end. Switch its response buffering off.`,
      },
    ];
  }
  const inBlocks = connections.some(({ reads, blocks }) => blocks >= 2 && blocks * 2 >= reads);
  const words =
    'The text comes in large blocks with pauses between them: a proxy on the way fills a buffer, or compresses, before it sends. Switch both off for this address.';
  return inBlocks ? [{ code: 'in-blocks', words }] : [];
}

function isHeldBack({ askedAt, firstEventAt, lastEventAt, contents, isReplay }: Connection): boolean {
  if (isReplay || firstEventAt === undefined || lastEventAt === undefined || contents < MANY) return false;
  return firstEventAt - askedAt >= LATE && lastEventAt - firstEventAt <= AT_ONCE;
}

function timeouts(cut: readonly Connection[]): StreamFinding[] {
  for (const [index, one] of cut.entries()) {
    const ages = cut.slice(index + 1).filter((other) => Math.abs(other.age - one.age) <= ALIKE);
    if (ages.length > 0 && one.age >= QUIET) {
      const words = `Connections end again and again after about ${seconds(one.age)}: a proxy on the way allows them no longer. Raise its limit for the length of a response.`;
      return [{ code: 'lifetime', words }];
    }
    const quiets = cut.slice(index + 1).filter((other) => Math.abs(other.quiet - one.quiet) <= ALIKE);
    if (quiets.length > 0 && one.quiet >= QUIET) {
      const words = `Connections end after about ${seconds(one.quiet)} without text: an idle timeout on the way is shorter than the server’s heartbeat of ${seconds(HEARTBEAT_MS)}. Raise it to a minute.`;
      return [{ code: 'idle-timeout', words }];
    }
  }
  return [];
}

function silence(connections: readonly Connection[]): StreamFinding[] {
  const silent = connections.find(({ end, openedAt }) => end === 'silent' && openedAt !== undefined);
  if (!silent) return [];
  const words = `Not even the server’s heartbeat came, which it sends every ${seconds(HEARTBEAT_MS)}: something on the way holds bytes back, or the server hangs.`;
  return [{ code: 'silence', words }];
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}
