import { startBystander } from './bystander.mjs';
import { compare, quantile, summarize } from './statistics.mjs';
import { runSteadyWave } from './wave.mjs';

/**
 * `streams` answers at once, `rounds` times, direct, through the relay and through the application in turn. All times are in milliseconds. The first
 * chunk is of the time in which all begin, within half a second; everything else of the time in which all stream.
 */
export async function measureStreams(bench, { streams, rounds, steadyMs }) {
  const { targets, provider, faults } = bench;
  const ways = { direct: new Way(), relay: new Way(), through: new Way() };
  for (let round = 0; round < rounds; round++) {
    // What drifts with time must not always hit the same one.
    for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
      const bystander = startBystander(target);
      const wave = await runSteadyWave(bench, target, { streams, steadyMs });
      ways[target.kind].add(wave, await provider.takeSentTimes(), await bystander.stop(), faults.add(wave.readers));
    }
  }
  const compared = (name) => ({ ...compare(ways.direct[name], ways.through[name]), relay: summarize(ways.relay[name]) });
  return {
    streams,
    rounds,
    firstChunk: compared('first'),
    gap: compared('gaps'),
    delay: compared('delays'),
    bystander: compared('bystander'),
    /** While all answers begin, and while they end. */
    bystanderAtEnds: compared('bystanderAtEnds'),
    chunksPerEvent: { relay: ways.relay.chunksPerEvent, through: ways.through.chunksPerEvent },
    /** What the provider really said, in chunks per second and answer: less when the machine cannot keep up. */
    pace: { direct: ways.direct.pace, relay: ways.relay.pace, through: ways.through.pace },
    faults: { lost: ways.through.lost, doubled: ways.through.doubled },
  };
}

/** What was seen of the answers that came one way. */
class Way {
  first = [];
  /** Between two pieces that follow each other. */
  gaps = [];
  /** From the provider's write to our read. */
  delays = [];
  bystander = [];
  bystanderAtEnds = [];
  lost = 0;
  doubled = 0;
  #chunks = 0;
  #events = 0;
  #paces = [];

  get chunksPerEvent() {
    return this.#chunks / this.#events;
  }

  get pace() {
    return quantile(this.#paces, 0.5);
  }

  add({ readers, from, to }, sentTimes, asked, { lost, doubled }) {
    const isSteady = (at) => at >= from && at < to;
    for (const { at, ms } of asked) (isSteady(at) ? this.bystander : this.bystanderAtEnds).push(ms);
    this.lost += lost;
    this.doubled += doubled;
    for (const reader of readers) {
      if (reader.firstMs !== undefined) this.first.push(reader.firstMs);
      this.#addSteady(reader, sentTimes[reader.order.id] ?? [], isSteady);
    }
  }

  #addSteady(reader, sent, isSteady) {
    const arrivals = reader.arrivals();
    for (const [index, at] of arrivals.entries()) {
      if (!isSteady(at)) continue;
      this.#chunks++;
      this.delays.push(at - sent[index]);
      if (index > 0 && isSteady(arrivals[index - 1])) this.gaps.push(at - arrivals[index - 1]);
    }
    this.#events += reader.marks.filter(({ at }) => isSteady(at)).length;
    const steady = sent.filter(isSteady);
    if (steady.length > 1) this.#paces.push((1_000 * (steady.length - 1)) / (steady.at(-1) - steady[0]));
  }
}
