/** The condition of a run that is still being made, as the partial indexes spell it. Not by its status: that changes while it is made, and the indexes need not be told. */
export const LIVE = 'finished_at is null';

/** The channel on which replicas tell each other that there is something to read. */
export const RUN_CHANNEL = 'echo_runs';

/** Locks the replica's row against a reaper. No row: this replica was declared dead and must not write. */
export const FENCE = 'select 1 from replica where id = $1 and reaped_at is null for key share';
