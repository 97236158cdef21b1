import { existsSync } from 'node:fs';
import { mkdtemp, readdir, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedServer } from './embedded-server';

jest.setTimeout(60_000);

describe('the embedded server of tests', () => {
  it('removes its folder when it stops, and one that a killed run left when it starts', async () => {
    const left = await mkdtemp(join(tmpdir(), 'echov2-test-'));
    const anHourAgo = Date.now() / 1_000 - 3_600;
    await utimes(left, anHourAgo, anHourAgo);
    const before = await folders();

    const server = await startEmbeddedServer();
    expect(existsSync(left)).toBe(false);
    const made = (await folders()).filter((name) => !before.includes(name) && existsSync(join(tmpdir(), name, 'postgres/postmaster.pid')));
    expect(made.length).toBeGreaterThanOrEqual(1);
    await server.stop();
    // Other runs on this machine may have made theirs meanwhile.
    expect(made.map((name) => existsSync(join(tmpdir(), name)))).toContain(false);
  });
});

async function folders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('echov2-test-'));
}
