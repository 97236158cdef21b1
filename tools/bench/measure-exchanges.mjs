import { canReadProcesses, readCpu, readPostgresCpu } from './processes.mjs';
import { medians } from './statistics.mjs';
import { throughTarget } from './targets.mjs';
import { runWave } from './wave.mjs';

const ORDER = { streams: 1, deltas: 4, minMs: 10, maxMs: 12 };

/** Messages after the last one of conversation $1, $2 of them, each the answer to the one before: a long chat without its years. */
const LENGTHEN = `
  with numbered as materialized (
    select n, nextval(pg_get_serial_sequence('message', 'id')) as id from generate_series(1, $2::int) as n order by n
  )
  insert into message (id, conversation_id, parent_id, role, content, status) overriding system value
  select id, $1, coalesce(lag(id) over (order by n), (select max(id) from message where conversation_id = $1)),
    case when n % 2 = 1 then 'user' else 'assistant' end, repeat('some words ', 18), 'completed' from numbered`;

/**
 * What one more exchange costs in a short and in a long chat, as medians: milliseconds until it is accepted, bytes of write-ahead log, microseconds of
 * the application and of PostgreSQL. Once after the newest message, so that the whole chat is read and sent to the provider, and once from a new root
 * (`parent_id: null`), so that nothing is: what is left is the writing.
 */
export async function measureExchanges(bench, { samples, lengths }) {
  const chats = [];
  for (const length of lengths) chats.push({ length, id: await makeChat(bench, length) });
  await bench.database.settle();
  return {
    continued: await measurePlace(bench, chats, {}, samples),
    fromRoot: await measurePlace(bench, chats, { parent_id: null }, samples),
  };
}

async function makeChat({ through, faults, database }, length) {
  const readers = await runWave(through, ORDER);
  faults.add(readers);
  const id = readers[0].conversationId;
  await database.query(LENGTHEN, [id, length - 2]);
  return id;
}

async function measurePlace(bench, chats, fields, samples) {
  const places = chats.map(({ length, id }) => ({
    length,
    target: throughTarget(bench.app.url, { conversation_id: id, ...fields }),
    costs: [],
  }));
  for (let sample = 0; sample <= samples; sample++) {
    for (const { target, costs } of sample % 2 === 0 ? places : places.toReversed()) {
      const cost = await measureOne(bench, target);
      // The first one reads what is not in memory yet.
      if (sample > 0) costs.push(cost);
    }
  }
  await bench.provider.takeSentTimes();
  return compareLengths(places);
}

async function measureOne(bench, target) {
  const before = await readCosts(bench);
  const readers = await runWave(target, ORDER);
  const after = await readCosts(bench);
  bench.faults.add(readers);
  const spent = Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - before[name]]));
  return { acceptMs: readers[0].acceptedMs, ...spent };
}

async function readCosts({ app, database }) {
  const cpu = canReadProcesses ? { appUs: readCpu(app.pid), postgresUs: readPostgresCpu(process.pid) } : {};
  return { walBytes: (await database.walPosition()).bytes, ...cpu };
}

/** The median of each cost in each chat, and how many times more it is in the last one than in the first. */
export function compareLengths(places) {
  const chats = places.map(({ length, costs }) => ({ messages: length, ...medians(costs) }));
  const names = Object.keys(places[0].costs[0]);
  return { chats, ratio: Object.fromEntries(names.map((name) => [name, chats.at(-1)[name] / chats[0][name]])) };
}
