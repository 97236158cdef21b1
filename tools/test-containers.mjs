// What `npm run test:containers` runs: builds the image and brings up the stacks of docker/ as an operator does, with a real engine.
// The engine is the one that answers; else one that the scripts in the folder ECHO_CONTAINERS set up and stop again. Where there is none, nothing is tested and one sentence says so.
// `npm run test:containers -- image` runs only the specs with that in their name.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNodeProblem } from './node-version.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SCRIPTS = process.env.ECHO_CONTAINERS ?? join(root, '../shared/containers');
const RESULT = join(root, 'artifacts/test-results/containers.json');
const IMAGE = 'echov2:test';
/** Every image that what is tested stands on. */
const BASES = ['node:24-bookworm-slim', 'gcr.io/distroless/nodejs24-debian12:nonroot', 'postgres:17', 'nginxinc/nginx-unprivileged:stable'];

const problem = findNodeProblem(process.versions.node);
if (problem) fail(problem);
const started = Date.now();
let isOurs = false;
let code = 1;
try {
  code = await test();
} finally {
  if (isOurs) script('setup-engine.sh', 'stop');
}
process.exit(code);

async function test() {
  const lacking = findEngine();
  if (lacking) {
    console.log(`${lacking} The tests of the containers are skipped.\ncontainers: 0 passed, 0 failed, skipped`);
    return 0;
  }
  const label = ['--build-arg', `VERSION=${version()}`, '--build-arg', `REVISION=${revision()}`];
  for (const [target, tag] of [
    ['runtime', IMAGE],
    ['slim', `${IMAGE}-slim`],
  ]) {
    const built = spawnSync(
      'docker',
      ['build', '--quiet', '--file', 'docker/Dockerfile', '--target', target, ...label, '--tag', tag, '.'],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    if (built.status !== 0) return tell(0, 1);
    console.log(`${tag} is built (after ${seconds()} s)`);
  }
  return jest(process.argv.slice(2));
}

/** Finds an engine with every image, or makes one. Returns why there is none. */
function findEngine() {
  const hasScripts = existsSync(join(SCRIPTS, 'setup-engine.sh'));
  if (!answers()) {
    if (!hasScripts) return 'No Docker engine answers here.';
    if (process.getuid?.() !== 0) return 'No Docker engine answers here, and only root can set one up.';
    isOurs = true;
    if (!script('setup-engine.sh', 'install') || !script('setup-engine.sh', 'start')) return 'No Docker engine can be set up here.';
    console.log(`The engine runs (after ${seconds()} s)`);
  }
  const missing = BASES.filter((image) => spawnSync('docker', ['image', 'inspect', image], { stdio: 'ignore' }).status !== 0);
  if (missing.length === 0) return undefined;
  // A registry, else the stand-ins that are made without one.
  if (!isOurs && missing.every((image) => spawnSync('docker', ['pull', '--quiet', image], { stdio: 'ignore' }).status === 0))
    return undefined;
  if (!hasScripts || !script('make-base-images.sh', 'debian', 'node', 'distroless', 'postgres17', 'nginx'))
    return `These images cannot be had: ${missing.join(', ')}.`;
  console.log(`The base images are there (after ${seconds()} s)`);
  return undefined;
}

function answers() {
  return (
    spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0 &&
    spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0
  );
}

function script(name, ...args) {
  const { status, stdout, stderr } = spawnSync(join(SCRIPTS, name), args, { encoding: 'utf8' });
  if (status !== 0) console.log(`${name} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  return status === 0;
}

async function jest(names) {
  mkdirSync(dirname(RESULT), { recursive: true });
  rmSync(RESULT, { force: true });
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(root, 'node_modules/jest/bin/jest.js')];
  const config = ['-c', join(root, 'apps/api-e2e/jest.containers.config.js'), '--runInBand', '--json', `--outputFile=${RESULT}`];
  const child = spawn(process.execPath, [...args, ...config, ...names], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ECHO_TEST_IMAGE: IMAGE },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const status = await new Promise((resolve) => child.once('close', resolve));
  if (!existsSync(RESULT)) return tell(0, 1);
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(RESULT, 'utf8'));
  return tell(numPassedTests, Math.max(numFailedTests + numRuntimeErrorTestSuites, status === 0 ? 0 : 1));
}

function tell(passed, failed) {
  console.log(`containers: ${passed} passed, ${failed} failed (after ${seconds()} s)`);
  return failed > 0 ? 1 : 0;
}

function version() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
}

function revision() {
  return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
}

function seconds() {
  return Math.round((Date.now() - started) / 1000);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
