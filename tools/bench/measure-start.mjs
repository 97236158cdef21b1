import { ServerProcess } from './server-process.mjs';
import { ROOT } from './settings.mjs';
import { quantile } from './statistics.mjs';

const NPM_START = process.platform === 'win32' ? ['npm.cmd', 'start'] : ['npm', 'start'];

/** Milliseconds from `npm start` to the ready line: once on an empty data folder, then on that folder again. */
export async function measureStart(env, warmStarts) {
  const first = await timeStart(env);
  const warm = [];
  for (let start = 0; start < warmStarts; start++) warm.push(await timeStart(env));
  return { first, warm, warmMedian: quantile(warm, 0.5) };
}

async function timeStart(env) {
  const server = await ServerProcess.start(NPM_START, { cwd: ROOT, env });
  await server.stop();
  return server.readyMs;
}
