import { atLevel } from './aims.mjs';
import { formatTable, short, signed } from './table.mjs';

const NOISE = `Times are of this machine at this hour: client, provider, relay, application and database share its cores, so read each one against the other ways
of the same run, and trust CPU time, bytes, medians and counts before any 99th percentile, which a single pause of the machine can move.`;

/** The whole report as text: every figure, then those that something is aimed at. */
export function formatReport(results) {
  const rows = [
    ...startRows(results.start),
    ...bundleRows(results.bundle),
    ...timeRows('first chunk, one at a time', results.firstChunk),
    [
      '  a commit of one row alone, p50 | p99, ms',
      '',
      '',
      `${short(results.firstChunk.commit.p50)} | ${short(results.firstChunk.commit.p99)}`,
      '',
    ],
    ...results.streams.flatMap(streamRows),
    ...cpuRows(results.cpu),
    ...memoryRows(results.memory),
    ...walRows(results.wal),
    ...exchangeRows('newest message, its history read and sent', results.exchanges.continued),
    ...exchangeRows('new root', results.exchanges.fromRoot),
    ...resumeRows(results.resume),
    ...killRows(results.kill),
    ...accessRows(results.access),
    ...wireRows(results.wires),
    ...faultRows(results.faults),
  ];
  const aims = results.aims.map(({ name, unit, value, aim, verdict }) => [name, short(value), String(aim), unit, verdict]);
  return [
    formatTable(['', 'direct', 'relay', 'through', 'added'], rows),
    formatTable(['aimed at', 'measured', 'aim', 'unit', 'verdict'], aims),
    `${NOISE}\n`,
  ].join('\n\n');
}

function streamRows({ streams, rounds, firstChunk, gap, delay, bystander, bystanderAtEnds, chunksPerEvent, pace, faults }) {
  return [
    [`${atLevel(streams)}, ${rounds} rounds, ${gap.through.count} gaps`],
    ...(streams === 1 ? [] : timeRows('  first chunk, while all begin', firstChunk)),
    ...timeRows('  gap between chunks', gap),
    ...timeRows('  provider to client, each chunk', delay),
    ...timeRows('  bystander, GET /api/health/live', bystander),
    ...(streams === 1 ? [] : timeRows('  the same while all begin or end', bystanderAtEnds)),
    ['  chunks/s that the provider said, each answer', short(pace.direct), short(pace.relay), short(pace.through), ''],
    ['  provider chunks in one event', '', short(chunksPerEvent.relay), short(chunksPerEvent.through), ''],
    ['  chunks lost + doubled', '', '', `${faults.lost} + ${faults.doubled}`, ''],
  ];
}

/** Two lines: median and 99th percentile, in milliseconds. */
function timeRows(title, { direct, relay, through, added }) {
  const row = (name, q) => [`${name} ${q}, ms`, short(direct[q]), relay ? short(relay[q]) : '', short(through[q]), signed(added[q])];
  return [row(title, 'p50'), row(' '.repeat(title.length), 'p99')];
}

/** The direct way is the provider alone, which only writes its chunks. */
function cpuRows(cpu) {
  if (!cpu) return [['CPU time: only on Linux']];
  const level = ({ streams, steady, whole }) => {
    const row = (title, { relay, through, ratio, ratios }) => [
      `  ${title}`,
      short(through.provider),
      short(relay.relay),
      `${short(through.app)} + ${short(through.postgres)}`,
      `×${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(1)}–${Math.max(...ratios).toFixed(1)})`,
    ];
    const load = ({ chunksPerSecond, coreShare }) => `${Math.round(chunksPerSecond)}, ${Math.round(coreShare * 100)} %`;
    return [
      [`CPU, ${atLevel(streams)}: the provider; the relay; application + PostgreSQL; application over relay`],
      row('per chunk while streaming, µs', steady),
      row(`per chunk of whole answers of ${cpu.deltas}, µs`, whole),
      ['  while streaming: chunks/s, share of a core', '', load(steady.relay), load(steady.through), ''],
    ];
  };
  const { provider, relay, app, postgres } = cpu.idlePerSecond;
  return [
    ...cpu.levels.flatMap(level),
    ['CPU per second with nothing to do, µs', short(provider), short(relay), `${short(app)} + ${short(postgres)}`, ''],
  ];
}

function memoryRows(memory) {
  if (!memory) return [['resident memory: only on Linux']];
  return [
    ['resident memory, no stream, MiB', '', '', short(memory.empty / 1_048_576), ''],
    ...memory.steps.map(({ streams, perStream }) => [`  per open stream at ${streams}, KiB`, '', '', short(perStream / 1_024), '']),
  ];
}

function walRows({ streams, deltas, streaming, deletion, perChunk, perAnswer, chunksPerEvent, idlePerSecond, wholePages }) {
  const row = (title, value) => [`  ${title}`, '', '', short(value), ''];
  return [
    [`write-ahead log, ${streams} answers of ${deltas} chunks, bytes`],
    row('per chunk while streaming', streaming),
    row('per chunk for deleting its events and vacuum', deletion),
    row('per answer for accepting and ending it', perAnswer),
    row('per chunk, all of it', perChunk),
    row('provider chunks in one event', chunksPerEvent),
    row('per second with nothing to do (subtracted)', idlePerSecond),
    ['  whole pages among it, after a checkpoint', '', '', String(wholePages), ''],
  ];
}

function exchangeRows(title, { chats, ratio }) {
  const cells = ({ acceptMs, walBytes, appUs, postgresUs }, format) =>
    [acceptMs, walBytes, appUs, postgresUs].map((value) => (value === undefined ? '–' : format(value))).join(' | ');
  return [
    [`one more exchange, ${title}: accepted after, ms | WAL, bytes | CPU of the application, µs | of PostgreSQL, µs`],
    ...chats.map((chat) => [`  in a chat of ${chat.messages} messages`, '', '', cells(chat, short), '']),
    ['  times more', '', '', cells(ratio, (value) => value.toFixed(2)), ''],
  ];
}

function resumeRows({ same, other }) {
  const row = (where, { p50, p99, count }) => [`  ${where}, ${count} times, p50 | p99, ms`, '', '', `${short(p50)} | ${short(p99)}`, ''];
  return [['resume of a live run, to the first text told again'], row('at its own replica', same), row('at another one', other)];
}

function killRows(rounds) {
  const times = rounds.map(({ ms }) => short(ms / 1_000)).join(', ');
  return [['kill -9 until a watcher at another replica is told, s', '', '', times, '']];
}

function bundleRows({ raw, gzip, files }) {
  return [[`initial web bundle, ${files.length} files, kB (gzipped)`, '', '', `${short(raw / 1_000)} (${short(gzip / 1_000)})`, '']];
}

/** The direct way is the vendor's own SDK. */
function wireRows(wires) {
  const mib = (bytes) => short(bytes / 1_048_576);
  return [
    ['reading a vendor: by its own SDK, by us'],
    ...wires.flatMap(({ wire, cpu, memory, abort }) => [
      [`  ${wire}, CPU per piece, µs`, short(cpu.theirs), '', short(cpu.ours), `×${(cpu.ours / cpu.theirs).toFixed(2)}`],
      ...(memory ? [[`  ${wire}, resident memory for 100 streams, MiB`, mib(memory.theirs), '', mib(memory.ours), '']] : []),
      [`  ${wire}, abort to closed at the vendor p50 | p99, ms`, '', '', `${short(abort.p50)} | ${short(abort.p99)}`, ''],
    ]),
  ];
}

function accessRows({ request, bystander, audit }) {
  const way = (name, us) => [`  ${name}`, '', '', short(us), `×${(us / request.none).toFixed(2)}`];
  const statuses = Object.entries(bystander.statuses).map(([status, count]) => `${count} × ${status}`);
  return [
    ...(request
      ? [
          ['CPU of one request for a list of conversations, µs'],
          ['  without accounts', '', '', short(request.none), ''],
          way('with a session', request.session),
          way('with an API key', request.key),
        ]
      : []),
    [`bystander while 50 answers stream and ${bystander.signIns} sign-ins fail (${statuses.join(', ')})`],
    ['  GET /api/health/live p50 | p99, ms', '', '', `${short(bystander.p50)} | ${short(bystander.p99)}`, ''],
    ['rows of the audit log per second, each with the request that made it', '', '', short(audit.rowsPerSecond), ''],
  ];
}

function startRows({ first, warm, warmMedian }) {
  return [
    ['npm start to ready, empty data folder, s', '', '', short(first / 1_000), ''],
    [`npm start to ready, warm, median of ${warm.length}, s`, '', '', short(warmMedian / 1_000), ''],
  ];
}

function faultRows({ direct, relay, through }) {
  const cell = ({ lost, doubled }) => `${lost} + ${doubled}`;
  return [[`chunks lost + doubled of ${direct.chunks}, ${relay.chunks}, ${through.chunks}`, cell(direct), cell(relay), cell(through), '']];
}
