import { type ChatVitals } from '@echo/api-chat';
import { type Database } from '@echo/api-persistence';
import { type ModelRegistry } from '@echo/api-providers';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import { VERSION } from '../version';

/** Milliseconds between two looks at the event loop; its lag is told with these in it. Each look wakes the process, also where it has nothing to do. */
const LOOP_LOOK_MS = 50;

/** Registers what is read anew each time somebody asks: the process, its event loop, live answers, the lease, the pool. */
export function registerVitals(registry: Registry, chat: ChatVitals, database: Database, models: ModelRegistry, replicaId: string): void {
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_LOOK_MS });
  gauge('echo_info', 'Always 1; the labels say who this is.', ['version', 'replica_id'], (set) =>
    set({ version: VERSION, replica_id: replicaId }, 1),
  );
  gauge('echo_live_runs', 'Answers that are being made here, by what they are doing.', ['state'], (set) => {
    for (const [state, count] of Object.entries(chat.liveRuns)) set({ state }, count);
  });
  gauge('echo_viewers', 'Streams that are shown to somebody.', [], (set) => set({}, chat.viewers));
  gauge('echo_lease_age_seconds', 'Since the database took the last sign of life of this process. A lease lasts 5 s.', [], (set) => {
    if (chat.leaseAgeSeconds !== undefined) set({}, chat.leaseAgeSeconds);
  });
  gauge('echo_provider_paused', '1: it failed again and again, and is left alone for some seconds.', ['provider'], (set) => {
    for (const [provider, pause] of models.pauses()) set({ provider }, pause === null ? 0 : 1);
  });
  gauge('echo_database_ready', '1: the database was reached and its schema is ours.', [], (set) => set({}, database.ready ? 1 : 0));
  gauge('echo_pool_connections', 'Connections of the pool, by what they are doing.', ['state'], (set) => {
    const { open, idle } = database.pool;
    set({ state: 'idle' }, idle);
    set({ state: 'busy' }, open - idle);
  });
  gauge('echo_pool_max_connections', 'Connections that the pool may open.', [], (set) => set({}, database.pool.max));
  gauge('echo_pool_waiting', 'Questions that wait for a connection of the pool.', [], (set) => set({}, database.pool.waiting));

  function gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    read: (set: (labels: Partial<Record<Label, string>>, value: number) => void) => void,
  ): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        // What is gone must not go on being told.
        if (labelNames.length > 0) this.reset();
        read((labels, value) => this.set(labels, value));
      },
    });
  }
}
