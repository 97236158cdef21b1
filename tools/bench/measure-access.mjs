import { startBystander } from './bystander.mjs';
import { now } from './clock.mjs';
import { makeAgent } from './http-client.mjs';
import { askOften, failSignIns, keepAuditBusy, makeMember, memberTarget } from './member.mjs';
import { canReadProcesses, readCpu } from './processes.mjs';
import { medians, summarize } from './statistics.mjs';
import { beginWave } from './wave.mjs';

const WARM = { count: 300, together: 4 };
const STREAMS = 50;
const TOGETHER = 8;

/**
 * What knowing who asks costs: CPU of the process for one request (a list of conversations) without accounts, with a session and with a key, in turn; how long a
 * bystander waits while 50 answers stream and sign-ins fail; how many rows of the audit log are written in a second. `startWithAccounts` starts a server on a
 * database of its own.
 */
export async function measureAccess(bench, startWithAccounts, { rounds, requests, signIns, auditMs }) {
  const server = await startWithAccounts();
  const member = await makeMember(server);
  const request = canReadProcesses ? await measureRequest(bench.app, server, member, { rounds, requests }) : undefined;
  const bystander = await measureSignIns(bench, server, member, signIns);
  const audit = await measureAudit(server, member, auditMs);
  await server.stop();
  return { request, bystander, audit };
}

/** Microseconds of CPU for each request, by the way in. */
async function measureRequest(without, server, member, { rounds, requests }) {
  const ways = {
    none: { app: without, headers: {} },
    session: { app: server, headers: member.cookie },
    key: { app: server, headers: member.key },
  };
  const agent = makeAgent();
  const ask = ({ app, headers }, order) => askOften(`${app.url}/api/conversations?limit=1`, { ...order, headers, agent });
  for (const way of Object.values(ways)) await ask(way, WARM);
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    const figures = {};
    for (const [name, way] of Object.entries(ways)) {
      const before = readCpu(way.app.pid);
      await ask(way, { count: requests, together: 4 });
      figures[name] = (readCpu(way.app.pid) - before) / requests;
    }
    measured.push(figures);
  }
  agent.destroy();
  return medians(measured);
}

async function measureSignIns({ provider }, server, member, count) {
  const target = memberTarget(server.url, member.cookie);
  const readers = await beginWave(target, { streams: STREAMS, deltas: 400, hold: true });
  await provider.release();
  const bystander = startBystander(target);
  const statuses = await failSignIns(server.url, { count, together: TOGETHER });
  const asked = await bystander.stop();
  for (const reader of readers) reader.leave();
  await provider.takeSentTimes();
  return { ...summarize(asked.map(({ ms }) => ms)), signIns: count, statuses };
}

async function measureAudit(server, member, ms) {
  const count = async () => Number((await server.query('select count(*) from audit'))[0].count);
  const before = await count();
  const startedAt = now();
  await keepAuditBusy(server.url, member.cookie, { ms, together: TOGETHER });
  return { rowsPerSecond: ((await count()) - before) / ((now() - startedAt) / 1_000) };
}
