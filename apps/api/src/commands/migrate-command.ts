import { dataSourceOptions, migrateSchema, readDatabase, SchemaNewerError, type SchemaState, statementsOf } from '@echo/api-persistence';
import { VERSION } from '../version';

/** What to do about the schema. `plan`: show what would run. `check`: whether nothing is left to run. */
export type MigrateTask = 'run' | 'plan' | 'check';

/** The task that the words behind the command ask for; undefined: they make no sense. */
export function migrateTaskOf(words: readonly string[]): MigrateTask | undefined {
  if (words.length === 0) return 'run';
  return words.length === 1 && (words[0] === '--plan' || words[0] === '--check') ? (words[0].slice(2) as MigrateTask) : undefined;
}

/** Does the task and tells about it. Returns the exit code: 1 where something is left to do. */
export async function migrateCommand(task: MigrateTask, url: string, say: (line: string) => void): Promise<number> {
  const state = task === 'run' ? await migrateSchema(dataSourceOptions({ url, poolSize: 2 })) : (await readDatabase(url)).schema;
  say(`${state.applied.length} changes of the schema were made before; EchoV2 ${VERSION} makes ${state.pending.length} more.`);
  if (state.unknown.length > 0) {
    say(new SchemaNewerError(state.unknown).message);
    return 1;
  }
  if (task === 'plan') await tellPlan(state, say);
  if (task === 'run') for (const name of state.pending) say(`  done: ${name}`);
  if (task !== 'check' || state.pending.length === 0) return 0;
  for (const name of state.pending) say(`  missing: ${name}`);
  say('They are made by "npm run migrate", and by the server when it starts.');
  return 1;
}

async function tellPlan({ pending }: SchemaState, say: (line: string) => void): Promise<void> {
  for (const name of pending) {
    say(`\n-- ${name}`);
    for (const statement of await statementsOf(name)) say(statement.replace(/^\n+|\s+$/g, '').replace(/^ {6}/gm, ''));
  }
}
