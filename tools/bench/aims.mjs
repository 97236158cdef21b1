/** What is aimed at in every run, and what came of it: `{ name, unit, value, aim, verdict }`, the verdict `hit`, `missed` or, where a miss is past `limit` too, `defect`. */
export function judge(results) {
  return listFigures(results).map(({ limit = Infinity, ...figure }) => ({
    ...figure,
    verdict: verdictOf(figure.value, figure.aim, limit),
  }));
}

/** A figure that is no number was not measured, and that is a miss. */
function verdictOf(value, aim, limit) {
  if (value <= aim) return 'hit';
  return value > limit ? 'defect' : 'missed';
}

function listFigures({ start, bundle, wires = [], firstChunk, streams, cpu, memory, wal, exchanges, resume, kill }) {
  return [
    { name: 'npm start to ready, warm', unit: 's', value: start.warmMedian / 1_000, aim: 5 },
    { name: 'initial web bundle, gzipped', unit: 'kB', value: bundle.gzip / 1_000, aim: 120 },
    { name: 'added first chunk p50, 1 stream', unit: 'ms', value: firstChunk.added.p50, aim: 5 },
    { name: 'added first chunk p99, 1 stream', unit: 'ms', value: firstChunk.added.p99, aim: 20 },
    ...streams.flatMap(figuresOfStreams),
    ...(cpu?.levels ?? []).flatMap(figuresOfCpu),
    ...(memory?.steps ?? []).map(({ streams: open, perStream }) => ({
      name: `resident memory per live run, ${open} streams`,
      unit: 'KiB',
      value: perStream / 1_024,
      aim: 256,
    })),
    { name: 'WAL per chunk, accepting, ending and deletion included', unit: 'bytes', value: wal.perChunk, aim: 150 },
    ...figuresOfExchanges(exchanges),
    ...wires.flatMap(figuresOfWire),
    { name: 'resume p50, same replica', unit: 'ms', value: resume.same.p50, aim: 20 },
    { name: 'resume p50, other replica', unit: 'ms', value: resume.other.p50, aim: 20 },
    { name: 'kill -9 to terminal, slowest', unit: 's', value: Math.max(...kill.map(({ ms }) => ms)) / 1_000, aim: 7 },
    { name: 'text that was shown and is gone after kill -9', unit: 'answers', value: kill.filter(({ isKept }) => !isKept).length, aim: 0 },
  ];
}

function figuresOfStreams({ streams, gap, bystander, faults }) {
  const at = atLevel(streams);
  return [
    { name: `added gap p99, ${at}`, unit: 'ms', value: gap.added.p99, aim: 60 },
    { name: `GET /api/health/live p99, ${at}`, unit: 'ms', value: bystander.through.p99, aim: 50 },
    { name: `lost and doubled chunks, ${at}`, unit: 'chunks', value: faults.lost + faults.doubled, aim: 0 },
  ];
}

/** While text streams. What it costs to accept a question and to end its answer is in the table: the relay, which stores neither, is no measure of it. */
function figuresOfCpu({ streams, steady }) {
  const at = atLevel(streams);
  return [
    { name: `CPU of the application per chunk, ${at}`, unit: 'µs', value: steady.through.app, aim: 60 },
    { name: `CPU over the relay’s per chunk, ${at}`, unit: '×', aim: 1.2, limit: 1.6, value: steady.ratio },
  ];
}

/** Bytes are counted and do not vary with the machine; times do. */
function figuresOfExchanges({ fromRoot, continued }) {
  const { messages } = fromRoot.chats.at(-1);
  const than = `${messages} messages over ${fromRoot.chats[0].messages}`;
  return [
    { name: `WAL of an exchange, ${than}`, unit: '×', value: continued.ratio.walBytes, aim: 1.1 },
    { name: `WAL of an exchange from a root, ${than}`, unit: '×', value: fromRoot.ratio.walBytes, aim: 1.1 },
    { name: `time to accept from a root, ${than}`, unit: '×', value: fromRoot.ratio.acceptMs, aim: 1.25 },
  ];
}

/** The vendor's own SDK reads the same bytes in the same run. */
function figuresOfWire({ wire, cpu, abort }) {
  return [
    {
      name: `processor time over the SDK’s per piece, ${wire}`,
      unit: '×',
      value: cpu.ours / cpu.theirs,
      aim: wire === 'openai-chat' ? 0.7 : 1,
    },
    { name: `abort to closed at the vendor p99, ${wire}`, unit: 'ms', value: abort.p99, aim: 50 },
  ];
}

export function atLevel(streams) {
  return streams === 1 ? '1 stream' : `${streams} streams`;
}
