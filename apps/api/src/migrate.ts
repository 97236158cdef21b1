import { migrateCommand, migrateTaskOf } from './commands/migrate-command';
import { runCommand } from './commands/run-command';
import { withDatabase } from './commands/with-database';

void runCommand(async (settings, say) => {
  const task = migrateTaskOf(process.argv.slice(2));
  if (task === undefined)
    throw new Error('Say nothing more, or --plan (shows what would run), or --check (whether nothing is left to run).');
  return withDatabase(settings.database, say, (url) => migrateCommand(task, url, say));
});
