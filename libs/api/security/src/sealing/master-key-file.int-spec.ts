import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { masterKeyFault } from './master-key';
import { readOrMakeMasterKey } from './master-key-file';

describe('the key of a data folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'echo-key-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is made once, random, and for its owner’s eyes alone', () => {
    const dataDir = join(folder, 'data');
    const key = readOrMakeMasterKey(dataDir);
    expect(masterKeyFault(key)).toBeUndefined();
    expect(readOrMakeMasterKey(dataDir)).toBe(key);
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
  });
});
