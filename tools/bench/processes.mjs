// What Linux tells about processes under /proc. Elsewhere there is nothing to read, and the figures that need it are left out.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Microseconds in one tick of `/proc/<pid>/stat`: USER_HZ is 100 on every Linux that Node.js supports. */
const TICK_US = 10_000;

export const canReadProcesses = existsSync('/proc/self/stat');

/** The process and all below it that run now. A pair of id and start time names one process for ever. */
export function treeOf(pid) {
  if (!canReadProcesses) return [];
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== undefined);
  const tree = all.filter((stat) => stat.pid === pid);
  // A list that grows while it is walked: children of children too.
  for (const parent of tree) tree.push(...all.filter((stat) => stat.parent === parent.pid));
  return tree;
}

/** Whether the very process runs still; a zombie does not. */
export function isAlive({ pid, startTime }) {
  const stat = readStat(pid);
  return stat !== undefined && stat.startTime === startTime && stat.state !== 'Z';
}

/** CPU time of one process, user and system, in microseconds. */
export function readCpu(pid) {
  const stat = readStat(pid);
  if (!stat) throw new Error(`The process ${pid} has ended.`);
  return runTimeOf(stat);
}

/** The same of all PostgreSQL processes below `pid`, ended ones included. */
export function readPostgresCpu(pid) {
  const postgres = treeOf(pid).filter((stat) => stat.name === 'postgres');
  // A process that ended is in the time that its parent has waited for.
  return postgres.reduce((sum, stat) => sum + runTimeOf(stat) + stat.waitedTicks * TICK_US, 0);
}

/** Resident memory in bytes. */
export function readRss(pid) {
  if (!canReadProcesses) return undefined;
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}

/** Microseconds. The scheduler counts nanoseconds for each thread; where the kernel does not tell, ticks must do. */
function runTimeOf({ pid, ticks }) {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.reduce(
      (sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1_000,
      0,
    );
  } catch {
    return ticks * TICK_US;
  }
}

function readStat(pid) {
  let text;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It ended meanwhile.
    return undefined;
  }
  // The name stands in parentheses and may hold anything. After it, field n of proc(5) is at n - 3.
  const end = text.lastIndexOf(')');
  const fields = text.slice(end + 2).split(' ');
  const number = (field) => Number(fields[field - 3]);
  return {
    pid,
    name: text.slice(text.indexOf('(') + 1, end),
    state: fields[0],
    parent: number(4),
    ticks: number(14) + number(15),
    waitedTicks: number(16) + number(17),
    startTime: number(22),
  };
}
