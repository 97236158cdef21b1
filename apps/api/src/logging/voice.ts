import { type AppLogger } from './app-logger';

/** What the process says to whoever started it: plain sentences for people, lines of the log for programs. Plain until the settings are known. */
export class Voice {
  private log: AppLogger | undefined;

  /** From now on everything is a line of `logger`. */
  speakThrough(logger: AppLogger): void {
    this.log = logger;
  }

  say(line: string): void {
    if (this.log) this.log.log(line, 'Server');
    else process.stdout.write(`${line}\n`);
  }

  complain(line: string): void {
    if (this.log) this.log.error(line, 'Server');
    else process.stderr.write(`${line}\n`);
  }

  /** An error that nobody expected. */
  wonder(error: unknown): void {
    if (this.log) this.log.error('Unexpected', error, 'Server');
    else process.stderr.write(`Unexpected: ${error instanceof Error ? error.stack : String(error)}\n`);
  }
}
