import { Injectable } from '@nestjs/common';
import { type LiveRun } from './live-run';

/** The runs that this process is making. */
@Injectable()
export class LiveRuns {
  private readonly runs = new Map<string, LiveRun>();
  /** Runs whose accept transaction is under way: ours, though not live yet. */
  private readonly accepting = new Set<string>();

  /** Marks `id` as ours before it is in the table, so that no sweep takes it for abandoned. */
  announce(id: string): void {
    this.accepting.add(id);
  }

  /** The accept transaction of `id` ended without a run of ours. */
  forget(id: string): void {
    this.accepting.delete(id);
  }

  add(run: LiveRun): void {
    this.runs.set(run.id, run);
    this.accepting.delete(run.id);
  }

  remove(run: LiveRun): void {
    this.runs.delete(run.id);
  }

  get(id: string): LiveRun | undefined {
    return this.runs.get(id);
  }

  /** Whether this process makes the run, or is about to. */
  has(id: string): boolean {
    return this.runs.has(id) || this.accepting.has(id);
  }

  all(): LiveRun[] {
    return [...this.runs.values()];
  }

  get size(): number {
    return this.runs.size + this.accepting.size;
  }
}
