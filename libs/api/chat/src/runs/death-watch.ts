import { type Lease } from '@echo/api-persistence';

/** Milliseconds that a lease must be watched without being renewed: a full lease. */
const WATCH_MS = 5_000;
/** Milliseconds between two looks after which we were asleep ourselves, and saw nothing of what the others did. */
const GAP_MS = 2_500;

/**
 * Tells which replicas are dead: their lease is past, and we saw it unrenewed for a full lease. A lease alone says too little: after an outage of the
 * database, or a sleep, every lease is past and everybody lives.
 */
export class DeathWatch {
  private readonly seen = new Map<string, { readonly until: string; readonly since: number }>();
  private lastLook = -Infinity;

  /** Takes the leases as they are at `now` (milliseconds, monotonic); returns the ids of the dead. */
  look(leases: readonly Lease[], now = performance.now()): string[] {
    if (now - this.lastLook > GAP_MS) this.forget();
    this.lastLook = now;
    const known = new Map(leases.map((lease) => [lease.id, lease]));
    for (const id of this.seen.keys()) if (!known.has(id)) this.seen.delete(id);
    for (const { id, until } of leases) if (this.seen.get(id)?.until !== until) this.seen.set(id, { until, since: now });
    return leases.filter(({ id, isPast }) => isPast && now - (this.seen.get(id)?.since ?? now) >= WATCH_MS).map(({ id }) => id);
  }

  /** Begins anew: nothing could be seen for a while. */
  forget(): void {
    this.seen.clear();
  }
}
