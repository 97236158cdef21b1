import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Variables } from './environment';

/** The process's environment, over what a file `.env` in the working folder says. */
export function loadVariables(): Variables {
  const file = resolve('.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}
