import { isIP } from 'node:net';
import { type Environment } from './environment';
import { readSingleSignOn } from './read-single-sign-on';
import { type MetricsSettings, type Settings, type TrustedProxy } from './settings';

/** Most proxies that a request comes through. */
const MAX_PROXIES = 10;
/** Networks that Express knows by these names. */
const NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/** Where it listens, who may come in, and who it is to the outside: what is safe for one of them depends on the others. */
export function readAccess(
  environment: Environment,
  warn: (line: string) => void,
): Pick<Settings, 'listen' | 'accounts' | 'proxy' | 'site' | 'metrics'> {
  const auth = environment.choice('ECHO_AUTH', 'none', ['none', 'accounts']);
  const publicUrl = readPublicUrl(environment);
  const isInsecureAllowed = environment.flag('ECHO_INSECURE_HTTP', false);
  if (auth === 'accounts' && publicUrl !== undefined) checkTransport(environment, publicUrl, isInsecureAllowed, warn);
  return {
    listen: { host: readHost(environment, auth), port: environment.integer('PORT', 3000, 0, 65_535) },
    accounts: { auth, signUp: environment.flag('ECHO_SIGN_UP', false), publicUrl, ...readSingleSignOn(environment) },
    proxy: readProxies(environment),
    site: { publicUrl, corsOrigins: readOrigins(environment) },
    metrics: { ...readMetrics(environment), isOpenLocally: auth === 'none' },
  };
}

function readHost(environment: Environment, auth: 'none' | 'accounts'): string {
  const host = environment.text('ECHO_HOST', '127.0.0.1');
  if (auth === 'accounts') {
    if (host !== 'localhost' && isIP(host) === 0) environment.wrong('ECHO_HOST', `must be an address such as 0.0.0.0, not "${host}"`);
  } else if (!isLoopback(host)) {
    environment.wrong(
      'ECHO_HOST',
      `must be a loopback address, not "${host}": without accounts (ECHO_AUTH=accounts) anybody who can reach the server could use it`,
    );
  }
  return host;
}

/** Passwords and cookies over plain HTTP can be read on the way: only where the operator says that they know. */
function checkTransport(environment: Environment, publicUrl: string, isAllowed: boolean, warn: (line: string) => void): void {
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'https:' || isLoopback(hostname.replace(/^\[|\]$/g, ''))) return;
  if (!isAllowed) {
    environment.wrong(
      'ECHO_PUBLIC_URL',
      `must begin with https://, not "${publicUrl}": others on the way could read passwords. In a network that you trust set ECHO_INSECURE_HTTP=on`,
    );
    return;
  }
  warn(`People sign in over plain HTTP at ${publicUrl}: whoever is on the way can read passwords and take over sessions.`);
}

/** How many proxies stand before us, or their addresses. */
function readProxies(environment: Environment): TrustedProxy {
  const text = environment.text('ECHO_TRUST_PROXY', 'off').toLowerCase();
  if (['off', 'false', '0', 'no'].includes(text)) return false;
  if (/^[0-9]+$/.test(text) && Number(text) <= MAX_PROXIES) return Number(text);
  const places = text.split(/[\s,]+/).filter((place) => place !== '');
  if (places.every(isPlace)) return places;
  environment.wrong(
    'ECHO_TRUST_PROXY',
    `must be off, the number of proxies before the server, or their addresses such as 10.0.0.0/8, separated by commas, not "${text}"`,
  );
  return false;
}

/** An address, a network, or one of those that have a name. */
function isPlace(text: string): boolean {
  if (NETWORKS.includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  const isMask = bits === undefined || (/^[0-9]{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
  return version !== 0 && isMask && rest.length === 0;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function readMetrics(environment: Environment): Omit<MetricsSettings, 'isOpenLocally'> {
  const token = environment.secret('ECHO_METRICS_TOKEN');
  if (token === undefined) return {};
  // It may be all that stands between the metrics and the internet. Not repeated in the message: it is a secret.
  if (!/^[\x21-\x7e]{16,}$/.test(token))
    environment.wrong('ECHO_METRICS_TOKEN', 'must be at least 16 visible ASCII characters without spaces');
  return { token };
}

function readPublicUrl(environment: Environment): string | undefined {
  const url = environment.url('ECHO_PUBLIC_URL');
  if (url === undefined) return url;
  const { origin, pathname } = new URL(url);
  // Its path stands in the page and in cookies, where other characters would have a meaning of their own.
  const path = /^(?:\/[\w.~-]+)+$/.test(pathname) ? pathname : '';
  if (`${origin}${path}`.toLowerCase() === url.toLowerCase() && !/^\/api(?:\/|$)/i.test(path)) return url;
  return environment.wrong(
    'ECHO_PUBLIC_URL',
    `must be an origin, and a path if it is not alone there, such as https://chat.example or https://intranet.example/echo, not "${url}"`,
  );
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
