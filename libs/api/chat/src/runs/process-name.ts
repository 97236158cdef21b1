import { readFileSync, readlinkSync } from 'node:fs';

/** Field of `/proc/<pid>/stat` that holds when the process began, counted after the command's name, which may hold anything. */
const START = 19;

/**
 * Names a process among all that this machine runs until its next boot: boot, PID namespace, number, moment of its start. Undefined when there is no
 * such process, or where the system does not tell (it tells under `/proc`, on Linux).
 */
export function processName(pid: number = process.pid): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const namespace = readlinkSync('/proc/self/ns/pid');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START];
    return `${boot} ${namespace} ${pid} ${start}`;
  } catch {
    // No such process, or no such file system.
    return undefined;
  }
}

/** Whether the process of that name is certainly gone. false also where this process cannot know: another machine, another container, an earlier boot. */
export function isGone(name: string | null): boolean {
  const mine = processName()?.split(' ');
  const theirs = name?.split(' ');
  if (!mine || !theirs || mine[0] !== theirs[0] || mine[1] !== theirs[1]) return false;
  return processName(Number(theirs[2])) !== name;
}
