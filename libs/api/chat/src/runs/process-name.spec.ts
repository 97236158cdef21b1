import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { isGone, processName } from './process-name';

const tells = existsSync('/proc/self/stat');

describe('the name of a process', () => {
  (tells ? it : it.skip)('stays the same while it lives, and tells when it is gone', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    const name = processName(child.pid) ?? '';
    expect(processName(child.pid)).toBe(name);
    expect([isGone(name), isGone(processName() ?? '')]).toEqual([false, false]);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(isGone(name)).toBe(true);
  });

  (tells ? it : it.skip)('is another one for a process that got the same number later', () => {
    const [boot, namespace, pid, start] = (processName() ?? '').split(' ');
    expect(isGone([boot, namespace, pid, Number(start) - 1].join(' '))).toBe(true);
  });

  it('says nothing of a process elsewhere', () => {
    const [, namespace, , start] = (processName() ?? 'a b c d').split(' ');
    expect(isGone(['another-boot', namespace, 4_000_000, start].join(' '))).toBe(false);
    expect([isGone(null), isGone('')]).toEqual([false, false]);
  });
});
