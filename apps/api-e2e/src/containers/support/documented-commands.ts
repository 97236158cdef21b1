import { WORKSPACE } from '@echo/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The date in the documentation's examples. */
const EXAMPLE_DATE = '2026-01-31';

/** The shell blocks under a heading of `docs/operations.md`, each as one script, with today in the place of the example's date. */
export function documentedCommands(heading: string): string[] {
  const page = readFileSync(join(WORKSPACE, 'docs/operations.md'), 'utf8');
  const section = page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  const today = new Date().toISOString().slice(0, 10);
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, script]) => `set -e\n${script?.replaceAll(EXAMPLE_DATE, today)}`);
}
