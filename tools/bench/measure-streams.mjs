import { startBystander } from './bystander.mjs';
import { compare } from './statistics.mjs';
import { runWave } from './wave.mjs';

const DELTAS = 64;

/** `streams` answers at once, `rounds` times, direct and through the application in turn. All times are in milliseconds. */
export async function measureStreams({ direct, through, provider, faults }, streams, rounds) {
  const ways = { direct: new Way(), through: new Way() };
  for (let round = 0; round < rounds; round++) {
    // What drifts with time must not always hit the same one.
    for (const target of round % 2 === 0 ? [direct, through] : [through, direct]) {
      const bystander = startBystander(target);
      const readers = await runWave(target, { streams, deltas: DELTAS });
      ways[target.kind].add(readers, await provider.takeSentTimes(), await bystander.stop());
      faults.add(readers);
    }
  }
  const compared = (name) => compare(ways.direct[name], ways.through[name]);
  return {
    streams,
    rounds,
    firstChunk: compared('first'),
    gap: compared('gaps'),
    delay: compared('delays'),
    bystander: compared('bystander'),
    chunksPerEvent: (ways.through.answers * DELTAS) / ways.through.events,
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
  answers = 0;
  events = 0;

  add(readers, sentTimes, bystander) {
    this.bystander.push(...bystander);
    for (const reader of readers) {
      const arrivals = reader.arrivals();
      const sent = sentTimes[reader.order.id] ?? [];
      if (reader.firstMs !== undefined) this.first.push(reader.firstMs);
      for (let index = 1; index < arrivals.length; index++) this.gaps.push(arrivals[index] - arrivals[index - 1]);
      for (const [index, at] of arrivals.entries()) this.delays.push(at - sent[index]);
      this.answers++;
      this.events += reader.marks.length;
    }
  }
}
