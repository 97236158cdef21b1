// Run with: node --test tools/start.test.mjs
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { hashSources, isBuilt, recordBuild } from './build-stamp.mjs';
import { findNodeProblem } from './node-version.mjs';

const APPLICATION = `process.on('SIGTERM', () => { console.log('closed'); process.exit(0); }); setInterval(() => {}, 1000); console.log('ready');`;
const BUILD = `
  const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
  appendFileSync('builds', 'x');
  for (const folder of ['apps/api/dist', 'apps/web/dist/browser']) mkdirSync(folder, { recursive: true });
  writeFileSync('apps/web/dist/browser/index.html', '');
  writeFileSync('apps/api/dist/main.js', ${JSON.stringify(APPLICATION)});`;
const FAILING = `console.log('error TS1005'); process.exit(1);`;
const ENDLESS = `
  const { spawn } = require('node:child_process');
  const { writeFileSync } = require('node:fs');
  const compiler = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  writeFileSync('compiler', String(compiler.pid));`;

/** A checkout in small: our tools, and a build system and an application of a few lines. */
let root;
const write = (path, content) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};
const read = (path) => readFileSync(join(root, path), 'utf8');
/** Resolves to everything that `npm start` wrote and how it ended; `onText` sees what came so far. */
const start = async (onText = () => undefined) => {
  const child = spawn(process.execPath, ['tools/start.mjs'], { cwd: root });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => onText((text += chunk), child));
  }
  const [code, signal] = await once(child, 'close');
  return { text, code, signal };
};
const stopWhenReady = (text, child) => text.includes('ready') && child.kill('SIGTERM');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'echov2-start-'));
  for (const name of ['start', 'build', 'build-stamp', 'node-version']) {
    cpSync(new URL(`${name}.mjs`, import.meta.url).pathname, join(root, `tools/${name}.mjs`));
  }
  write('package.json', '{}');
  write('node_modules/.bin/nx', BUILD);
  write('apps/api/src/main.ts', 'one');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('npm start', () => {
  it('builds at the first start, and then is the application, which gets the signals', async () => {
    assert.deepEqual(await start(stopWhenReady), { text: 'Building EchoV2 …\nready\nclosed\n', code: 0, signal: null });
  });

  it('does not start the build system when nothing has changed', async () => {
    await start(stopWhenReady);
    assert.deepEqual(await start(stopWhenReady), { text: 'ready\nclosed\n', code: 0, signal: null });
    assert.equal(read('builds'), 'x');
  });

  it('builds again when a source has changed', async () => {
    await start(stopWhenReady);
    write('apps/api/src/main.ts', 'two');
    await start(stopWhenReady);
    assert.equal(read('builds'), 'xx');
  });

  it('shows what the build said when it fails, and starts nothing', async () => {
    write('node_modules/.bin/nx', FAILING);
    const { text, code } = await start();
    assert.match(text, /error TS1005[^]*could not be built/);
    assert.equal(code, 1);
    assert.equal(isBuilt(root), false);
  });

  it('says what to do when nothing is installed', async () => {
    rmSync(join(root, 'node_modules'), { recursive: true });
    const { text, code } = await start();
    assert.match(text, /Run "npm ci" first/);
    assert.equal(code, 1);
  });

  for (const signal of ['SIGTERM', 'SIGINT']) {
    it(`stops the build and its compilers at ${signal}`, async () => {
      write('node_modules/.bin/nx', ENDLESS);
      const ended = start((_text, child) => {
        const timer = setInterval(() => {
          if (!exists('compiler')) return;
          clearInterval(timer);
          child.kill(signal);
        }, 10);
      });
      assert.deepEqual(await ended, { text: 'Building EchoV2 …\n', code: null, signal });
      const compiler = Number(read('compiler'));
      while (isAlive(compiler)) await sleep(10);
    });
  }
});

describe('the build stamp', () => {
  const build = () => {
    write('apps/api/dist/main.js', 'made');
    write('apps/web/dist/browser/index.html', 'made');
    recordBuild(root, hashSources(root));
  };

  it('holds until a source changes, comes or goes', () => {
    build();
    assert.equal(isBuilt(root), true);
    write('libs/contract/src/limits.ts', 'new');
    assert.equal(isBuilt(root), false);
    rmSync(join(root, 'libs'), { recursive: true });
    assert.equal(isBuilt(root), true);
  });

  it('does not mind tests, nor files that are only written again', () => {
    build();
    write('apps/api/src/main.ts', 'one');
    write('apps/api/src/main.spec.ts', 'new');
    write('apps/api/src/main.int-spec.ts', 'new');
    assert.equal(isBuilt(root), true);
  });

  it('is void when an output is missing or of another build', () => {
    build();
    write('apps/api/dist/main.js', 'made of something else');
    assert.equal(isBuilt(root), false);
    build();
    rmSync(join(root, 'apps/web/dist'), { recursive: true });
    assert.equal(isBuilt(root), false);
  });

  it('is stale when a source changed while it was built', () => {
    const before = hashSources(root);
    write('apps/api/src/main.ts', 'two');
    write('apps/api/dist/main.js', 'made');
    write('apps/web/dist/browser/index.html', 'made');
    recordBuild(root, before);
    assert.equal(isBuilt(root), false);
  });
});

describe('the version of Node.js', () => {
  it('is fine from 24.15 on, and a sentence says so below', () => {
    assert.equal(findNodeProblem('24.15.0'), undefined);
    assert.equal(findNodeProblem('25.0.1'), undefined);
    assert.match(findNodeProblem('24.14.9'), /needs Node.js 24.15 or newer, and this is 24.14.9/);
    assert.match(findNodeProblem('20.20.2'), /npm start/);
  });
});

function exists(path) {
  try {
    return read(path) !== '';
  } catch {
    // Not written yet.
    return false;
  }
}

function isAlive(pid) {
  try {
    // A dead process whose parent has not asked for it yet is no living one.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // No such process.
    return false;
  }
}
