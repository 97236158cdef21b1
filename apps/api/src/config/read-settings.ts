import { LIMITS } from '@echo/contract';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { LOG_FORMATS, LOG_LEVELS } from '../logging/log-settings';
import { Environment, SettingsError, type Variables } from './environment';
import { readProviders } from './read-providers';
import { readSealing } from './read-sealing';
import { type MetricsSettings, type Settings } from './settings';

/** Connections to the database, at most. The embedded one allows 50. */
const POOL_SIZE = 20;

/** Reads every setting once. Throws `SettingsError`, which names all that are wrong. `warn` hears of those that nobody knows. */
export function readSettings(variables: Variables, warn: (line: string) => void): Settings {
  const environment = new Environment(variables);
  const auth = environment.text('ECHO_AUTH');
  if (auth !== undefined && auth !== 'none')
    environment.wrong('ECHO_AUTH', `must be none, not "${auth}": accounts are not part of this version`);
  const dataDir = resolve(environment.text('ECHO_DATA_DIR') ?? '.data');
  const settings: Settings = {
    listen: { host: readHost(environment), port: environment.integer('PORT', 3000, 0, 65_535) },
    site: { publicUrl: readPublicUrl(environment), corsOrigins: readOrigins(environment) },
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
    metrics: readMetrics(environment),
    providers: readProviders(environment),
    chat: {
      maxPromptChars: environment.integer('ECHO_MAX_PROMPT_CHARS', LIMITS.promptChars, 1, LIMITS.promptChars),
      maxLiveRuns: environment.integer('ECHO_MAX_LIVE_RUNS', 200, 1, 10_000),
      maxQueuedRuns: environment.integer('ECHO_QUEUE', 100, 0, 100_000),
      eventRetentionSeconds: environment.seconds('ECHO_EVENT_RETENTION', 3600, 1, 30 * 86_400),
      drainSeconds: environment.seconds('ECHO_DRAIN_SECONDS', 30, 0, 3600),
    },
  };
  if (environment.problems.length > 0) throw new SettingsError(environment.problems);
  for (const name of environment.unknown()) warn(`The setting ${name} is not known and does nothing.`);
  return settings;
}

function readHost(environment: Environment): string {
  const host = environment.text('ECHO_HOST') ?? '127.0.0.1';
  const isLoopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  if (!isLoopback)
    environment.wrong(
      'ECHO_HOST',
      `must be a loopback address, not "${host}": without accounts anybody who can reach the server could use it`,
    );
  return host;
}

function readMetrics(environment: Environment): MetricsSettings {
  const token = environment.secret('ECHO_METRICS_TOKEN');
  if (token === undefined) return {};
  // It may be all that stands between the metrics and the internet. Not repeated in the message: it is a secret.
  if (!/^[\x21-\x7e]{16,}$/.test(token))
    environment.wrong('ECHO_METRICS_TOKEN', 'must be at least 16 visible ASCII characters without spaces');
  return { token };
}

function readPublicUrl(environment: Environment): string | undefined {
  const url = environment.url('ECHO_PUBLIC_URL');
  if (url === undefined || new URL(url).origin === url.toLowerCase()) return url;
  return environment.wrong('ECHO_PUBLIC_URL', `must be an origin without a path, such as https://chat.example, not "${url}"`);
}

function readOrigins(environment: Environment): string[] {
  const origins = (environment.text('ECHO_CORS_ORIGINS') ?? '').split(/[\s,]+/).filter((origin) => origin !== '');
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      environment.wrong('ECHO_CORS_ORIGINS', `must be origins such as https://intranet.example, separated by commas, not "${origin}"`);
    }
  }
  return origins;
}

function readDatabaseUrl(environment: Environment): string | undefined {
  const url = environment.secret('DATABASE_URL');
  if (url === undefined || (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol))) return url;
  // Not repeated in the message: it may hold a password.
  return environment.wrong('DATABASE_URL', 'must look like postgres://user:password@host:5432/database');
}
