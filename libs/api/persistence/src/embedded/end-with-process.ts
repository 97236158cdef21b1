import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Ends the server of `data` when this process ends without stopping it: at an uncaught error, or a second signal. Returns how to let it live. */
export function endWithProcess(data: string): () => void {
  const end = () => endAtOnce(data);
  process.once('exit', end);
  return () => process.off('exit', end);
}

/** Asks for a fast shutdown, and cannot wait for it. */
function endAtOnce(data: string): void {
  try {
    const pid = Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10);
    // Another process may have this id by now.
    if (process.platform === 'linux' && statSync(`/proc/${pid}/cwd`).ino !== statSync(data).ino) return;
    process.kill(pid, 'SIGINT');
  } catch {
    // There is no server, or no longer.
  }
}
