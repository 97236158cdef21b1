import { WORKSPACE } from '@echo/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The date and the port in the documentation's examples. */
const EXAMPLE = { date: '2026-01-31', port: ':3000/' };

/** A block of shell commands of `docs/operations.md`. */
export interface DocumentedBlock {
  /** The word behind `sh`: `walk:install`, … */
  readonly mark: string;
  readonly script: string;
}

/** All of them, in their order. */
export function documentedBlocks(): DocumentedBlock[] {
  const page = readFileSync(join(WORKSPACE, 'docs/operations.md'), 'utf8');
  return [...page.matchAll(/^```sh(?: (\S+))?\n(.*?)^```$/gms)].map(([, mark = '', script = '']) => ({ mark, script }));
}

/** One of them as a script for a server on `port`, with today in the place of the example's date. */
export function documentedCommands(mark: string, port: number): string {
  const script = documentedBlocks().find((block) => block.mark === mark)?.script;
  if (script === undefined) throw new Error(`docs/operations.md has no block that is marked ${mark}.`);
  const today = new Date().toISOString().slice(0, 10);
  return `set -euo pipefail\n${script.replaceAll(EXAMPLE.date, today).replaceAll(EXAMPLE.port, `:${port}/`)}`;
}
