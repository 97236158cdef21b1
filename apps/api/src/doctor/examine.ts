import { DataDirInUseError, readDatabase } from '@echo/api-persistence';
import { withDatabase } from '../commands/with-database';
import { type Variables, SettingsError } from '../config/environment';
import { readSettings } from '../config/read-settings';
import { type Settings } from '../config/settings';
import { dataFolderFinding } from './data-folder-finding';
import { databaseFindings } from './database-findings';
import { type Finding, fault, note, ok } from './finding';
import { flowFindings } from './flow-findings';
import { allProviderFindings, fixedProviderFindings } from './provider-findings';
import { traceFinding } from './trace-finding';

/** Looks at everything that must be as it should for people to be served. `tell` gets each finding as it is made. */
export async function examine(variables: Variables, tell: (finding: Finding) => void): Promise<void> {
  const settings = settingsOf(variables, tell);
  if (settings === undefined) return;
  const folder = await dataFolderFinding(settings);
  tell(folder);
  const findings = folder.state === 'fault' && settings.database.url === undefined ? undefined : await lookAtDatabase(settings, tell);
  (findings ?? (await fixedProviderFindings(settings))).forEach(tell);
  (await flowFindings(settings.site.publicUrl)).forEach(tell);
  if (settings.tracing !== undefined) tell(await traceFinding(settings.tracing));
}

function settingsOf(variables: Variables, tell: (finding: Finding) => void): Settings | undefined {
  try {
    const settings = readSettings(variables, (line) => tell(note('settings', line)));
    tell(ok('settings', 'All can be used.'));
    return settings;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const problem of error.problems) tell(fault('settings', `${problem}.`));
    return undefined;
  }
}

/** Tells what the database is like. Returns what its providers are like; undefined where it cannot say. */
async function lookAtDatabase(settings: Settings, tell: (finding: Finding) => void): Promise<Finding[] | undefined> {
  try {
    return await withDatabase(
      settings.database,
      (line) => tell(note('database', line)),
      async (url) => {
        const state = await readDatabase(url);
        databaseFindings(state, settings.database.poolSize).forEach(tell);
        const { pending, unknown } = state.schema;
        // What is not as this code makes it, this code must not ask.
        return pending.length + unknown.length === 0 ? await allProviderFindings(settings, url) : undefined;
      },
    );
  } catch (error) {
    // Why it cannot be used is what the operator must hear.
    tell(
      error instanceof DataDirInUseError
        ? note('database', `${error.message} It is not looked at meanwhile.`)
        : fault('database', adviceFor(error)),
    );
    return undefined;
  }
}

function adviceFor(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
      return `DATABASE_URL leads to no PostgreSQL (${code}). Is it started, and are host and port right?`;
    case '28P01':
    case '28000':
      return `The database does not let this user in (${message}). Check name and password in DATABASE_URL.`;
    case '3D000':
      return `The server is there, but not the database (${message}). Make it: create database …`;
    case undefined:
    default:
      return `It cannot be used: ${message}`;
  }
}
