import { masterKeyFault } from '@echo/api-security';
import { type Environment } from './environment';
import { type SealingSettings } from './settings';

/** The key that seals secrets, and those that did before: `ECHO_MASTER_KEY_PREVIOUS` may name several, separated by commas. */
export function readSealing(environment: Environment, dataDir: string): SealingSettings {
  const masterKey = readKey(environment, 'ECHO_MASTER_KEY', environment.secret('ECHO_MASTER_KEY'));
  const previous = (environment.secret('ECHO_MASTER_KEY_PREVIOUS') ?? '').split(/[\s,]+/).filter((key) => key !== '');
  const previousKeys = previous.flatMap((key) => readKey(environment, 'ECHO_MASTER_KEY_PREVIOUS', key) ?? []);
  return { dataDir, previousKeys, ...(masterKey === undefined ? {} : { masterKey }) };
}

function readKey(environment: Environment, name: string, text: string | undefined): string | undefined {
  const fault = text === undefined ? undefined : masterKeyFault(text);
  return fault === undefined ? text : environment.wrong(name, fault);
}
