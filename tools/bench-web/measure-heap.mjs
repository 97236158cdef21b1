import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../bench/statistics.mjs';
import { answered, send } from './ask.mjs';

const TEXT = 65_536;
const TEXT_A_SECOND = 6_000;
/** As many long answers as have loaded what every answer needs, and had it compiled once, and as many as are measured. */
const BEFORE = 8;
const MEASURED = 8;

/**
 * How much more the page holds after a long answer, as a multiple of the answer's characters, the median and the mean of several: in the heap of JavaScript, that is what script holds and what
 * the browser has compiled in the meantime, and in that of its nodes.
 */
export async function measureHeap(page, composer) {
  const client = await page.context().newCDPSession(page);
  const answer = async () => {
    await send(page, composer, `say ${TEXT} characters, ${TEXT_A_SECOND} a second`);
    await answered(page);
  };
  for (let time = 0; time < BEFORE; time++) await answer();
  const heaps = [await heapOf(page, client)];
  for (let time = 0; time < MEASURED; time++) {
    await answer();
    heaps.push(await heapOf(page, client));
  }
  const growths = (bytes) => heaps.slice(1).map((heap, index) => (bytes(heap) - bytes(heaps[index])) / TEXT);
  const growth = (bytes) => quantile(growths(bytes), 0.5);
  const ofJavaScript = ({ script, code }) => script + code;
  return {
    heap: growth(ofJavaScript),
    heapMean: growths(ofJavaScript).reduce((sum, each) => sum + each, 0) / MEASURED,
    heapOfScript: growth(({ script }) => script),
    heapOfNodes: growth(({ nodes }) => nodes),
  };
}

/** Bytes that are held, by what holds them. */
async function heapOf(page, client) {
  // What an answer leaves to timers is gone by then.
  await sleep(3_000);
  // What was noted here is no part of the page.
  await page.evaluate(() => globalThis.watch.reset());
  const parts = [];
  const take = ({ chunk }) => parts.push(chunk);
  client.on('HeapProfiler.addHeapSnapshotChunk', take);
  await client.send('HeapProfiler.enable');
  for (let round = 0; round < 3; round++) await client.send('HeapProfiler.collectGarbage');
  await client.send('HeapProfiler.takeHeapSnapshot');
  await client.send('HeapProfiler.disable');
  client.off('HeapProfiler.addHeapSnapshotChunk', take);

  const { snapshot, nodes } = JSON.parse(parts.join(''));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  const heap = { script: 0, code: 0, nodes: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    const name = types[type][nodes[at + type]];
    heap[name === 'native' ? 'nodes' : name === 'code' ? 'code' : 'script'] += nodes[at + size];
  }
  return heap;
}
