import { Writable } from 'node:stream';
import { type ErrorFields } from './error-fields';

interface Line {
  readonly time: string;
  readonly level: string;
  readonly msg: string;
  readonly context?: string;
  readonly err?: ErrorFields;
}

/** Turns lines of JSON into lines for people: `2026-01-02T03:04:05.678Z WARN [RunKeeper] … key=value`. */
export class TextLines extends Writable {
  constructor(private readonly target: { write(text: string): unknown }) {
    super({ decodeStrings: false });
  }

  override _write(text: string, _encoding: BufferEncoding, done: () => void): void {
    this.target.write(textOf(JSON.parse(text) as Line));
    done();
  }
}

function textOf({ time, level, msg, context, err, ...fields }: Line): string {
  const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `${time} ${level.toUpperCase()} ${context ? `[${context}] ` : ''}${msg}${rest.join('')}${err ? `\n${errorText(err)}` : ''}\n`;
}

function errorText({ type, code, message, stack, cause }: ErrorFields): string {
  const title = `${type}${code ? ` ${code}` : ''}${message ? `: ${message}` : ''}`;
  return [title, ...(stack ? [stack] : []), ...(cause ? [`caused by ${errorText(cause)}`] : [])].join('\n');
}
