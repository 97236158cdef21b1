import { LIVE_RUN_STATUSES } from '@echo/contract';

/** The condition of a run that is still being made, as the partial indexes spell it. */
export const LIVE = `status in (${LIVE_RUN_STATUSES.map((status) => `'${status}'`).join(', ')})`;

/** The channel on which replicas tell each other that there is something to read. */
export const RUN_CHANNEL = 'echo_runs';

/** Locks the replica's row against a reaper. No row: this replica was declared dead and must not write. */
export const FENCE = 'select 1 from replica where id = $1 and reaped_at is null for key share';
