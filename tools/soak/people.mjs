// People who ask one thing after the other, as the built-in Guide answers it: most read to the end, some leave and come back, some stop it.

const LEAVE_EVERY = 5;
const STOP_EVERY = 7;
const HEADERS = { 'content-type': 'application/json', 'x-requested-with': 'soak' };

/** Starts `count` of them. `tally` counts what came of their questions: `done`, `stopped`, `resumed`, `failed`. */
export function startPeople(url, count, tally) {
  const state = { isOver: false };
  const people = Array.from({ length: count }, (_, index) => live(url, index, tally, state));
  return {
    stop: async () => {
      state.isOver = true;
      await Promise.all(people);
    },
  };
}

async function live(url, index, tally, state) {
  for (let count = index; !state.isOver; count++) {
    try {
      tally[await ask(url, count, tally)] += 1;
    } catch (error) {
      tally.failed += 1;
      tally.lastFailure = String(error);
    }
  }
}

async function ask(url, count, tally) {
  const words = 100 + (count % 50) * 10;
  const body = JSON.stringify({ prompt: `/demo long ${words}`, provider: 'guide', stream: true });
  const response = await fetch(`${url}/api/chat`, { method: 'POST', headers: HEADERS, body });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  const seen = { text: '', runId: undefined };
  const isLeaver = count % LEAVE_EVERY === 0;
  await read(response, seen, () => isLeaver && seen.text.length > 1_000);
  if (isLeaver && !seen.end) {
    tally.resumed += 1;
    await read(await fetch(`${url}/api/runs/${seen.runId}/events?after=${seen.id}`), seen, () => {
      if (count % STOP_EVERY !== 0 || seen.isStopped) return false;
      seen.isStopped = true;
      void fetch(`${url}/api/runs/${seen.runId}/stop`, { method: 'POST', headers: HEADERS, body: '{}' });
      return false;
    });
  }
  if (seen.end?.type !== 'done') throw new Error(`An answer did not end well: ${JSON.stringify(seen.end)}`);
  return seen.end.finish_reason === 'stopped' ? 'stopped' : 'done';
}

/** Reads until the end, or until `isEnough` says so. */
async function read(response, seen, isEnough) {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body) {
    const blocks = `${rest}${decoder.decode(bytes, { stream: true })}`.split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) take(block, seen);
    if (isEnough()) return;
  }
}

function take(block, seen) {
  const data = /^data: (.*)$/m.exec(block)?.[1];
  if (data === undefined) return;
  const event = JSON.parse(data);
  seen.id = /^id: (\d+)$/m.exec(block)?.[1] ?? seen.id;
  if (event.type === 'start') seen.runId = event.run_id;
  if (event.type === 'content') seen.text += event.chunk;
  if (event.type === 'done' || event.type === 'error') seen.end = event;
}
