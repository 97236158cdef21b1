import { loadVariables } from '../config/load-variables';
import { readSettings } from '../config/read-settings';
import { type Settings } from '../config/settings';

/** Reads the settings, lets `work` do what was asked and ends the process with the code that it returns. What it throws is told as a sentence, with code 1. */
export async function runCommand(work: (settings: Settings, say: (line: string) => void) => Promise<number>): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    process.exitCode = await work(
      readSettings(loadVariables(), (line) => say(line)),
      say,
    );
  } catch (error) {
    // The operator is told; there is nobody else to tell.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
