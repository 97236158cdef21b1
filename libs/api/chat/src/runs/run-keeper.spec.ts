import { type Database, type EventStore, type ReplicaStore } from '@echo/api-persistence';
import { type ModelRegistry } from '@echo/api-providers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChatSettings } from '../settings';
import { LiveRun } from './live-run';
import { LiveRuns } from './live-runs';
import { Replica } from './replica';
import { RunKeeper } from './run-keeper';

const START = { type: 'start', conversation_id: 1, message_id: 2, run_id: 'late', provider: 'p', model: 'm' } as const;

function keep(drainSeconds: number) {
  const settings = { drainSeconds, onFenced: () => undefined } as unknown as ChatSettings;
  const runs = new LiveRuns();
  const replicas = { leave: () => Promise.resolve() } as unknown as ReplicaStore;
  const replica = new Replica(settings);
  // A shutdown asks nothing else of these.
  const unasked = {};
  const keeper = new RunKeeper(unasked as Database, replicas, unasked as EventStore, replica, runs, unasked as ModelRegistry, settings);
  return { keeper, runs, replica };
}

describe('a shutdown', () => {
  it('R11: lets a run end that was just being accepted when it was told to stop', async () => {
    const { keeper, runs, replica } = keep(30);
    runs.announce('late');
    let isOver = false;
    const shutdown = keeper.beforeApplicationShutdown().then(() => (isOver = true));
    await sleep(80);
    const run = new LiveRun(START);
    runs.add(run);
    await sleep(80);
    expect([isOver, replica.isDraining, run.stopCause]).toEqual([false, true, undefined]);
    runs.remove(run);
    await shutdown;
    expect([replica.isClosed, run.stopCause]).toEqual([true, undefined]);
  });

  it('does not wait for what was refused in the end', async () => {
    const { keeper, runs, replica } = keep(30);
    runs.announce('refused');
    const shutdown = keeper.beforeApplicationShutdown();
    runs.forget('refused');
    await shutdown;
    expect(replica.isClosed).toBe(true);
  });

  it('stops what is not done when the time to finish is over', async () => {
    const { keeper, runs } = keep(0);
    const run = new LiveRun(START);
    runs.add(run);
    run.signal.addEventListener('abort', () => run.settle());
    await keeper.beforeApplicationShutdown();
    expect(run.stopCause).toBe('shutdown');
  });
});
