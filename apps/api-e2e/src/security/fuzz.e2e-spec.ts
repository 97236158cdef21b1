import { askPostgres, openAiChat, SeededRandom } from '@echo/testing';
import { Person } from '../support/person';
import { TestApi } from '../support/test-api';
import { allRoutes, nameOf, type Route } from './routes';

/* eslint-disable @typescript-eslint/no-explicit-any -- schemas are JSON of any shape */

const SEED = Number(process.env['ECHO_FUZZ_SEED'] ?? Date.now() % 1_000_000);
const TOGETHER = 6;

/** Values that no field expects, and that have broken others. */
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  9_007_199_254_740_993,
  0.1,
  '',
  ' ',
  '\u0000',
  '\ud800',
  'a\u202eb',
  "' OR '1'='1",
  '${7*7}{{7*7}}',
  '../../etc/passwd',
  'x'.repeat(70_000),
  [],
  [[]],
  {},
  { $ne: null },
  { toString: 'x' },
];
const ODD_BODIES: readonly string[] = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '0',
  'NaN',
  '\ufeff{}',
  '{"__proto__":{"role":"administrator"},"constructor":{"prototype":{"x":1}}}',
  '{"a":1,"a":2}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `{"${'k'.repeat(10_000)}":1}`,
  '\u0000',
];
const ODD_IDS = [
  '0',
  '-1',
  '1e3',
  '1.5',
  '9'.repeat(30),
  'NaN',
  '%00',
  '%ff',
  '%2e%2e%2f',
  '..;',
  "1'--",
  '%F0%9F%A6%84',
  'a'.repeat(3_000),
];
const ODD_QUERIES = ['', '-1', '0', '1e9', '9'.repeat(30), '%00', '%ff', 'true', "' OR 1=1--", '%ED%A0%80', 'x'.repeat(3_000)];
/** Bodies that are good, to be spoiled in one place. */
const GOOD: Readonly<Record<string, object>> = {
  'POST /api/chat': { prompt: 'Hi', conversation_id: 1, parent_id: null, model: 'one', provider: 'scripted', stream: false },
  'POST /api/chat/conversation': { messages: [{ role: 'user', content: 'Hi' }] },
  'POST /api/auth/sign-in': { email: 'eve@echo.test', password: 'wrong' },
};

interface Attack {
  readonly route: Route;
  readonly path: string;
  readonly body: string | undefined;
  readonly headers: Record<string, string>;
}

/** `{"prompt": ODD}`: what is good, spoiled in one field. */
function bodiesFor(route: Route): string[] {
  if (!route.body) return ['{}'];
  const good: any = GOOD[nameOf(route)] ?? {};
  const fields = Object.keys(route.body.properties ?? {});
  const spoiled = fields.flatMap((field) => ODD_VALUES.map((value) => JSON.stringify({ ...good, [field]: value })));
  const foreign = ['is_admin', 'role', 'owner_id', 'status', '__proto__'].map((field) =>
    JSON.stringify({ ...good, [field]: 'administrator' }),
  );
  return [...ODD_BODIES, ...spoiled, ...foreign];
}

function attacksOn(route: Route, random: SeededRandom, credentials: readonly Record<string, string>[]): Attack[] {
  const pick = <Each>(list: readonly Each[]): Each => random.pick(list);
  const path = () => route.path.replace(/\{\w+\}/, () => pick(ODD_IDS));
  const bodies = bodiesFor(route).map((body): Attack => ({ route, path: path(), body, headers: pick(credentials) }));
  const queries = route.query.flatMap((name) =>
    ODD_QUERIES.map((value): Attack => ({
      route,
      path: `${path()}?${name}=${value}&${name}[]=1&${name}=2`,
      body: undefined,
      headers: pick(credentials),
    })),
  );
  const odd: Record<string, string>[] = [
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    { 'idempotency-key': 'é'.repeat(3) },
    { 'idempotency-key': 'k'.repeat(256) },
    { 'last-event-id': '-1' },
    { 'last-event-id': '99999999999999999999' },
    { accept: 'text/event-stream;q=2, */*;;' },
    { authorization: "Bearer ' OR '1'='1" },
    { authorization: 'Basic YWRtaW46YWRtaW4=' },
    { cookie: 'echo=; __Host-echo=%00; echo="x"' },
    { 'x-http-method-override': 'DELETE' },
    { 'x-forwarded-host': 'evil.example' },
  ];
  const headers = odd.map((each): Attack => ({
    route,
    path: path(),
    body: route.method === 'get' ? undefined : '{}',
    headers: { ...pick(credentials), ...each },
  }));
  return [...bodies, ...queries, ...headers];
}

describe(`every route, whatever it is sent (seed ${SEED}; CVE-2026-31949, CVE-2024-7036, CVE-2025-60542, CVE-2026-45365, CVE-2026-42208)`, () => {
  let api: TestApi;
  let credentials: Record<string, string>[];
  let eve: Person;

  beforeAll(async () => {
    api = await TestApi.start({ ECHO_AUTH: 'accounts', ECHO_MESSAGES_PER_MINUTE: '10000' });
    api.answerAll(openAiChat.text(['ok']));
    const ada = await Person.setUp(api);
    eve = await ada.invite('eve@echo.test');
    // Not the administrator’s: the routes that delete everybody would.
    credentials = [eve.headers, (await eve.key('chat:read', 'chat:write', 'models:read')).headers, ada.headers, {}];
  });
  afterAll(() => api.stop());

  it('answers with what is described or a problem, and lives', async () => {
    const random = new SeededRandom(SEED);
    // Signing out would end the sessions that all others are tried with: that route is tried by nobody.
    const attacks = allRoutes().flatMap((route) => attacksOn(route, random, route.path.endsWith('/sign-out') ? [{}] : credentials));
    const faults: string[] = [];
    const next = attacks.values();
    const attack = async () => {
      for (const { route, path, body, headers } of next) {
        const answer = await fetch(`${api.url}${path}`, {
          method: route.method.toUpperCase(),
          headers: { 'x-requested-with': 'fuzz', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...ascii(headers) },
          ...(body === undefined || route.method === 'get' ? {} : { body }),
          signal: AbortSignal.timeout(15_000),
        });
        const text = await answer.text();
        const what = `${nameOf(route)} as ${path.slice(0, 90)} with ${String(body).slice(0, 90)}: ${answer.status} ${text.slice(0, 200)}`;
        if (answer.status >= 500 && answer.status !== 503) faults.push(what);
        if (answer.status >= 400 && !isProblem(answer, text)) faults.push(what);
        if (/\n\s+at |node_modules|\.ts:\d|\.js:\d|QueryFailed|pg_/.test(text)) faults.push(what);
      }
    };
    await Promise.all(Array.from({ length: TOGETHER }, attack));
    expect(faults).toEqual([]);
    expect(attacks.length).toBeGreaterThan(1_500);
    expect(api.app.process.exitCode).toBeNull();
    expect((await fetch(`${api.url}/api/health/ready`)).status).toBe(200);
  }, 180_000);

  it('and nobody has become more than they were', async () => {
    const people = await askPostgres<{ email: string; role: string }>(
      api.postgres.url,
      'select email, role from app_user where email is not null order by email',
    );
    expect(people).toEqual([
      { email: 'ada@echo.test', role: 'administrator' },
      { email: 'eve@echo.test', role: 'user' },
    ]);
  });
});

function isProblem(answer: Response, text: string): boolean {
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return false;
  const { code, detail, title, request_id } = JSON.parse(text);
  return typeof code === 'string' && typeof (detail ?? title) === 'string' && typeof request_id === 'string';
}

/** `fetch` takes no other characters in headers; they are sent as Latin-1. */
function ascii(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]));
}
