import { openAiChat } from '@echo/testing';
import { providersAt, Stage } from '../../faults/support/stage';
import { docker, hostAddress } from './docker';
import { FirstPerson } from './first-person';
import { Stack } from './stack';

/** So that one person may ask as much as the tests do. */
const ROOM = { ECHO_MAX_LIVE_RUNS_PER_USER: '200', ECHO_MESSAGES_PER_MINUTE: '10000' };

/** A stack with its first person, and a provider on this machine, which the stack reaches as an operator's model server. */
export interface StackStage {
  readonly stack: Stack;
  readonly stage: Stage;
  readonly person: FirstPerson;
  /** Milliseconds from the start until everything was healthy. */
  readonly startMs: number;
  /** MiB that the application held before anybody came. */
  readonly idleMegabytes: number;
  close(): Promise<void>;
}

export async function openStack(files: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<StackStage> {
  const stage = await Stage.open({ database: 'of the stack', providerHost: await hostAddress() });
  const provider = providersAt(`http://host.docker.internal:${stage.provider.port}/v1`);
  const stack = await Stack.prepare(files, { ECHO_PROVIDERS: provider, ...ROOM, ...settings });
  const close = async (): Promise<void> => {
    await stage.close();
    await stack.down();
  };
  try {
    const startMs = await stack.up();
    stage.database = await stack.databaseUrl();
    const idleMegabytes = await residentMegabytes(await stack.container('app'));
    return { stack, stage, person: await FirstPerson.enter(stack), startMs, idleMegabytes, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The first piece of an answer, and once the test says so the others, 50 ms apart. */
export function heldAnswer([first = '', ...others]: readonly string[]): ReturnType<typeof openAiChat.text> {
  const rest = openAiChat.text(others, { pace: 50 }).steps.slice(1);
  return openAiChat.text([first], { then: [{ hold: true }, ...rest] });
}

async function residentMegabytes(container: string): Promise<number> {
  const status = await docker('exec', container, '/nodejs/bin/node', '-p', "require('node:fs').readFileSync('/proc/1/status', 'utf8')");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
