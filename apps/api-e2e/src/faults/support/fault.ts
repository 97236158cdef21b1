import { setTimeout as delay } from 'node:timers/promises';
import { replayCommand, SEEDS } from './seeds';
import { Stage, type StageOptions } from './stage';

/** Milliseconds for the end of what a test has started. */
const CLEAN_UP_MS = 20_000;

export interface FaultOptions extends Omit<StageOptions, 'seed'> {
  /** Whether the fault comes by chance, so that it is tried with several seeds. */
  readonly isRandom?: boolean;
  /** Milliseconds that one seed may take. */
  readonly timeout?: number;
  /** Why it cannot be tried here; undefined: it can. */
  readonly skip?: string | undefined;
}

type TestOfFault = (name: string, options: FaultOptions, test: (stage: Stage) => Promise<void>) => void;

/** A test of a fault, on a stage of its own for each seed. `name` begins with the numbers of the fault and of its promises. */
export const fault: TestOfFault = (...test) => declare(it, ...test);

/** The same where a test mostly waits, for leases and outages: several are played at once. */
export const waitingFault: TestOfFault = (...test) => declare(it.concurrent, ...test);

function declare(declareTest: typeof it.concurrent, ...[name, options, test]: Parameters<TestOfFault>): void {
  const { isRandom = false, timeout = 60_000, skip, ...stageOptions } = options;
  if (skip !== undefined) {
    it.skip(`${name} (skipped: ${skip})`, () => undefined);
    return;
  }
  for (const seed of isRandom ? SEEDS : SEEDS.slice(0, 1)) {
    const title = `${name}${isRandom ? `, seed ${seed}` : ''}`;
    declareTest(title, () => play({ seed, ...stageOptions }, name, test, timeout), timeout + CLEAN_UP_MS);
  }
}

async function play(
  options: StageOptions & { seed: number },
  name: string,
  test: (stage: Stage) => Promise<void>,
  timeout: number,
): Promise<void> {
  const stage = await Stage.open(options);
  const patience = new AbortController();
  try {
    await Promise.race([test(stage), expiry(timeout, patience.signal)]);
  } catch (error) {
    const { message } = error as Error;
    throw Object.assign(error as Error, { message: `${message}\n\nReplay: ${replayCommand(name, options.seed)}\n${stage.output}` });
  } finally {
    patience.abort();
    await stage.close();
  }
}

/** Jest would not wait for the stage to be cleared when its own time is over. */
async function expiry(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined); // Aborted: the test was done in time.
  if (!signal.aborted) throw new Error(`It was not over after ${ms / 1_000} s.`);
}
