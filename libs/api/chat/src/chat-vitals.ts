import { Injectable } from '@nestjs/common';
import { RunStreams } from './http/run-streams';
import { LiveRuns } from './runs/live-runs';
import { RunKeeper } from './runs/run-keeper';
import { Runner } from './runs/runner';

/** How chat is doing in this process, now. */
@Injectable()
export class ChatVitals {
  constructor(
    private readonly runs: LiveRuns,
    private readonly runner: Runner,
    private readonly streams: RunStreams,
    private readonly keeper: RunKeeper,
  ) {}

  /** Runs that are being made, by what they are doing. */
  get liveRuns(): { readonly queued: number; readonly connecting: number; readonly streaming: number } {
    const all = this.runs.all();
    const streaming = all.filter((run) => run.hasText).length;
    const queued = this.runner.queued;
    return { queued, connecting: all.length - streaming - queued, streaming };
  }

  /** Streams that are shown to somebody. */
  get viewers(): number {
    return this.streams.size;
  }

  /** Seconds since the database took the last sign of life of this process; undefined: none yet. */
  get leaseAgeSeconds(): number | undefined {
    const ms = this.keeper.leaseAgeMs;
    return ms === undefined ? undefined : ms / 1000;
  }
}
