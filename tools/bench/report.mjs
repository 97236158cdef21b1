const NOISE = `Times are of this machine at this hour: client, provider, application and database share its cores, so read each one against the direct way of
the same run, and trust CPU time, medians and counts before any 99th percentile, which a single pause of the machine can move.`;

/** The whole report as text: every figure beside what is aimed at. */
export function formatReport(results) {
  const rows = [
    ...startRows(results.start),
    ...bundleRows(results.bundle),
    ...timeRows('first chunk, one at a time', results.firstChunk, 'p50 5, p99 20'),
    ...results.streams.flatMap(streamRows),
    ...cpuRows(results.cpu),
    ...memoryRows(results.memory),
    ...faultRows(results.faults),
  ];
  return `${formatTable(['', 'direct', 'through', 'added', 'aim (added)'], rows)}\n\n${NOISE}\n`;
}

function streamRows({ streams, rounds, firstChunk, gap, delay, bystander, chunksPerEvent }) {
  const at = streams === 1 ? '1 stream' : `${streams} streams`;
  return [
    [`${at}, ${rounds} rounds, ${gap.through.count} gaps`],
    ...(streams === 1 ? [] : timeRows('  first chunk', firstChunk, '')),
    ...timeRows('  gap between chunks', gap, 'p99 60'),
    ...timeRows('  provider to client, each chunk', delay, streams >= 200 ? 'p99 25' : ''),
    ...timeRows('  bystander, GET /api/health/live', bystander, 'p99 50'),
    ['  provider chunks in one event', '', chunksPerEvent.toFixed(2), '', ''],
  ];
}

/** Two lines: median and 99th percentile, in milliseconds. */
function timeRows(title, { direct, through, added }, aim) {
  const row = (name, q, text) => [`${name} ${q}, ms`, ms(direct[q]), ms(through[q]), signed(added[q]), text];
  return [row(title, 'p50', ''), row(' '.repeat(title.length), 'p99', aim)];
}

/** The direct way is the provider alone, which only writes its chunks. */
function cpuRows(cpu) {
  if (!cpu) return [['CPU time: only on Linux']];
  const { streams, idlePerSecond, whole, steady } = cpu;
  const row = (title, { api, postgres, provider }, aim) => [`  ${title}`, micro(provider), `${micro(api)} + ${micro(postgres)}`, '', aim];
  const load = `${Math.round(steady.chunksPerSecond)}, ${Math.round(steady.coreShare * 100)} %`;
  return [
    [`CPU, ${streams} streams: the provider alone; application + PostgreSQL`],
    row('per chunk while streaming, µs', steady, '50, sum 120'),
    row('per chunk of whole answers of 64, µs', whole, ''),
    row('per second with nothing to do, µs', idlePerSecond, ''),
    ['  while streaming: chunks/s, share of a core', '', load, '', ''],
  ];
}

function memoryRows(memory) {
  if (!memory) return [['resident memory: only on Linux']];
  return [
    ['resident memory, no stream, MiB', '', (memory.empty / 1_048_576).toFixed(1), '', ''],
    ...memory.steps.map(({ streams, perStream }) => [
      `  per open stream at ${streams}, KiB`,
      '',
      '',
      (perStream / 1_024).toFixed(0),
      '256',
    ]),
  ];
}

function bundleRows({ raw, gzip, files }) {
  return [[`initial web bundle, ${files.length} files, kB (gzipped)`, '', `${kilo(raw)} (${kilo(gzip)})`, '', 'gzipped 120']];
}

function startRows({ first, warm, warmMedian }) {
  return [
    ['npm start to ready, empty data folder, s', '', (first / 1_000).toFixed(2), '', ''],
    [`npm start to ready, warm, median of ${warm.length}, s`, '', (warmMedian / 1_000).toFixed(2), '', '5'],
  ];
}

function faultRows({ direct, through }) {
  const cell = ({ lost, doubled }) => `${lost} + ${doubled}`;
  return [[`chunks lost + doubled of ${direct.chunks} and ${through.chunks}`, cell(direct), cell(through), '', '0 + 0']];
}

/** Columns as wide as their widest cell; a row of one cell is a heading. */
function formatTable(head, rows) {
  const whole = rows.filter((row) => row.length > 1);
  const widths = head.map((title, column) => Math.max(title.length, ...whole.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

function ms(value) {
  return value.toFixed(2);
}

function signed(value) {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

function micro(value) {
  return value < 100 ? value.toFixed(1) : Math.round(value).toString();
}

function kilo(bytes) {
  return (bytes / 1_000).toFixed(1);
}
