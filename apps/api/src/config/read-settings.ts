import { GUARD_POLICIES } from '@echo/api-security';
import { LIMITS } from '@echo/contract';
import { resolve } from 'node:path';
import { LOG_FORMATS, LOG_LEVELS } from '../logging/log-settings';
import { readAccess } from './read-access';
import { Environment, SettingsError, type Variables } from './environment';
import { readProviders } from './read-providers';
import { readSealing } from './read-sealing';
import { readTracing } from './read-tracing';
import { type Settings } from './settings';

/** Connections to the database, at most. The embedded one allows 50. */
const POOL_SIZE = 20;

/** Reads every setting once. Throws `SettingsError`, which names all that are wrong. `warn` hears of those that nobody knows. */
export function readSettings(variables: Variables, warn: (line: string) => void): Settings {
  const environment = new Environment(variables);
  const settings = readFrom(environment, warn);
  if (environment.problems.length > 0) throw new SettingsError(environment.problems);
  for (const name of environment.unknown()) warn(`The setting ${name} is not known and does nothing.`);
  return settings;
}

/** Asks for every setting there is; what is wrong is gathered in the environment. */
export function readFrom(environment: Environment, warn: (line: string) => void): Settings {
  const dataDir = resolve(environment.text('ECHO_DATA_DIR', '.data'));
  const access = readAccess(environment, warn);
  const perPerson = {
    messagesPerMinute: environment.integer('ECHO_MESSAGES_PER_MINUTE', 30, 1, 100_000),
    maxLiveRuns: environment.integer('ECHO_MAX_LIVE_RUNS_PER_USER', 3, 1, 10_000),
  };
  return {
    ...access,
    database: {
      url: readDatabaseUrl(environment),
      dataDir,
      poolSize: POOL_SIZE,
    },
    sealing: readSealing(environment, dataDir),
    logging: {
      level: environment.choice('ECHO_LOG_LEVEL', 'warn', LOG_LEVELS),
      format: environment.choice('ECHO_LOG_FORMAT', 'text', LOG_FORMATS),
    },
    tracing: readTracing(environment),
    providers: readProviders(environment),
    chat: {
      maxPromptChars: environment.integer('ECHO_MAX_PROMPT_CHARS', LIMITS.promptChars, 1, LIMITS.promptChars),
      promptGuard: environment.choice('ECHO_PROMPT_GUARD', 'flag', GUARD_POLICIES),
      maxLiveRuns: environment.integer('ECHO_MAX_LIVE_RUNS', 200, 1, 10_000),
      ...(access.accounts.auth === 'accounts' ? { perPerson } : {}),
      maxQueuedRuns: environment.integer('ECHO_QUEUE', 100, 0, 100_000),
      eventRetentionSeconds: environment.seconds('ECHO_EVENT_RETENTION', 3600, 1, 30 * 86_400),
      drainSeconds: environment.seconds('ECHO_DRAIN_SECONDS', 30, 0, 3600),
    },
  };
}

function readDatabaseUrl(environment: Environment): string | undefined {
  const url = environment.secret('DATABASE_URL');
  if (url === undefined || (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol))) return url;
  // Not repeated in the message: it may hold a password.
  return environment.wrong('DATABASE_URL', 'must look like postgres://user:password@host:5432/database');
}
