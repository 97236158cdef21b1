import { open } from './http-client.mjs';
import { throughTarget } from './targets.mjs';

const PASSWORD = 'a quiet walk at dusk';
const JSON_TYPE = { 'content-type': 'application/json' };

/** The first administrator of a server with accounts, by the link that it printed: whose cookie and key requests can carry. */
export async function makeMember({ url, output }) {
  const token = /\/setup#token=([\w-]+)/.exec(output)?.[1];
  const form = { token, email: 'ada@echo.test', name: 'Ada', password: PASSWORD };
  const setup = await fetch(`${url}/api/auth/setup`, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(form) });
  if (setup.status !== 200) throw new Error(`No account could be made: ${setup.status} ${await setup.text()}`);
  const cookie = setup.headers.getSetCookie()[0].split(';')[0];
  const answer = await fetch(`${url}/api/account/keys`, {
    method: 'POST',
    headers: { ...JSON_TYPE, cookie },
    body: JSON.stringify({ name: 'Bench', scopes: ['chat:read', 'chat:write'] }),
  });
  const { key } = await answer.json();
  return { cookie: { cookie }, key: { authorization: `Bearer ${key}` } };
}

/** The way through the application as somebody who is signed in. */
export function memberTarget(url, headers) {
  const target = throughTarget(url);
  return { ...target, requestFor: (prompt) => ({ ...target.requestFor(prompt), headers }) };
}

/** Asks for one thing `count` times, `together` at once. */
export async function askOften(url, { count, together, headers = {}, agent }) {
  let left = count;
  const ask = async () => {
    while (left-- > 0) (await open(url, { headers, agent })).resume();
  };
  await Promise.all(Array.from({ length: together }, ask));
}

/** Sign-ins of people who are not there, `together` at once. Resolves to how often each status came. */
export async function failSignIns(url, { count, together }) {
  const statuses = {};
  let next = 0;
  const attempt = async () => {
    while (next < count) {
      const body = JSON.stringify({ email: `nobody-${next++}@echo.test`, password: 'not the password at all' });
      const answer = await fetch(`${url}/api/auth/sign-in`, { method: 'POST', headers: JSON_TYPE, body });
      await answer.arrayBuffer();
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: together }, attempt));
  return statuses;
}

/** Makes and revokes API keys for `ms`, `together` at once: each is told to the audit log. */
export async function keepAuditBusy(url, headers, { ms, together }) {
  const end = performance.now() + ms;
  const body = JSON.stringify({ name: 'Audited', scopes: ['chat:read'] });
  const work = async () => {
    while (performance.now() < end) {
      const made = await fetch(`${url}/api/account/keys`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });
      const { id } = await made.json();
      await fetch(`${url}/api/account/keys/${id}`, { method: 'DELETE', headers: { ...headers, 'x-requested-with': 'bench' } });
    }
  };
  await Promise.all(Array.from({ length: together }, work));
}
