// What `npm test` runs: every suite of the project, each with a closing line that says how many passed.
// `npm test -- contract web-chat` runs only these; `--no-browser` leaves out the walks through the page.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { findNodeProblem } from './node-version.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const RESULTS = join(root, 'artifacts/test-results');
const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(root, 'node_modules/jest/bin/jest.js')];
/** Suite → its folder. In this order: what breaks most easily and is quickest comes first. */
const UNITS = {
  contract: 'libs/contract',
  'api-security': 'libs/api/security',
  testing: 'libs/testing',
  'api-persistence': 'libs/api/persistence',
  'api-providers': 'libs/api/providers',
  'api-chat': 'libs/api/chat',
  'api-administration': 'libs/api/administration',
  'api-accounts': 'libs/api/accounts',
  api: 'apps/api',
  'web-markdown': 'libs/web/markdown',
  'web-chat-client': 'libs/web/chat-client',
  'web-forms': 'libs/web/forms',
  'web-chat': 'libs/web/chat',
  'web-accounts': 'libs/web/accounts',
  'web-administration': 'libs/web/administration',
  web: 'apps/web',
};
const WALKS = { 'api-e2e': 'apps/api-e2e', faults: 'apps/api-e2e', 'web-e2e': 'apps/web-e2e' };
const CONFIGS = { faults: 'jest.faults.config.js' };
/** The API's own process, its database and the test's provider share the cores: one spec file at a time there. */
const ALONE = ['api-e2e', 'faults'];
/** These mostly wait, for deadlines and leases to pass: they run beside each other. */
const WAITING = ['api-e2e', 'faults'];
/** Of why a test failed, at the end of all. */
const REASON_LINES = 8;

const problem = findNodeProblem(process.versions.node);
if (problem) fail(problem);
const asked = process.argv.slice(2);
const names = asked.filter((name) => !name.startsWith('--') && name !== 'e2e');
const suites = { ...(asked.includes('e2e') ? {} : UNITS), ...WALKS };
const wanted = Object.keys(suites).filter((name) => names.length === 0 || names.includes(name));
const unknown = names.filter((name) => !(name in suites));
if (unknown.length > 0) fail(`There is no suite ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}.`);

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
let failed = false;
const { buildIfNeeded } = await import('./build.mjs');
const broken = await buildIfNeeded(root);
if (broken) fail(broken);
const lines = [];
/** What failed, said once more at the end, where it is found without searching. */
const reasons = [];
for (const round of roundsOf(wanted))
  lines.push(...(await Promise.all(round.map((name) => runJest(name, suites[name], ALONE.includes(name))))));
if (names.length === 0) lines.push(await runNodeTests());
console.log(`\n${lines.join('\n')}`);
if (reasons.length > 0) console.log(`\nWhat failed:\n${reasons.join('\n')}`);
process.exit(failed ? 1 : 0);

/** The suites in their order, those together that run beside each other. */
function roundsOf(all) {
  const waiting = all.filter((name) => WAITING.includes(name));
  return all.flatMap((name) => {
    if (name === 'web-e2e' && asked.includes('--no-browser')) return [];
    if (!waiting.includes(name)) return [[name]];
    return name === waiting[0] ? [waiting] : [];
  });
}

/** Runs one suite. Returns its closing line. */
async function runJest(name, folder, inBand) {
  const file = join(RESULTS, `${name}.json`);
  const args = [
    ...JEST,
    '-c',
    join(root, folder, CONFIGS[name] ?? 'jest.config.js'),
    '--json',
    `--outputFile=${file}`,
    ...(inBand ? ['--runInBand'] : []),
  ];
  const code = await run(process.execPath, args);
  if (!existsSync(file)) {
    failed = true;
    return `${name}: 0 passed, 1 failed`;
  }
  const results = JSON.parse(readFileSync(file, 'utf8'));
  reasons.push(...reasonsOf(name, results));
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = results;
  const bad = numFailedTests + numRuntimeErrorTestSuites;
  failed ||= code !== 0 || bad > 0;
  return tell(name, numPassedTests, bad, numPendingTests);
}

/** Each test that failed and each file that could not run to its end, with the first lines of why. */
function reasonsOf(suite, { testResults }) {
  return testResults.flatMap(({ status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (tests.length === 0 && status === 'failed') return [`${suite}: ${beginningOf(message)}`];
    return tests.map(({ fullName, failureMessages }) => `${suite}: ${fullName}\n${beginningOf(failureMessages.join('\n'))}`);
  });
}

function beginningOf(message) {
  const plain = stripVTControlCharacters(message).split('\n');
  return plain
    .filter((line) => line.trim() !== '')
    .slice(0, REASON_LINES)
    .map((line) => `  ${line.slice(0, 300)}`)
    .join('\n');
}

/** The tools' own tests, by Node's runner. */
async function runNodeTests() {
  let output = '';
  const code = await run(
    process.execPath,
    ['--test', '--test-reporter=tap', join(root, 'tools/**/*.test.mjs')],
    (text) => (output += text),
  );
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  if (code !== 0) console.log(output);
  failed ||= code !== 0;
  return tell('tools', count('pass'), count('fail') || (code === 0 ? 0 : 1), count('skipped'));
}

function tell(name, passed, bad, skipped) {
  const line = `${name}: ${passed} passed, ${bad} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  console.log(line);
  return line;
}

function run(command, args, onOutput) {
  // Jest tells its results on standard error; `--json` would repeat them on standard output.
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', onOutput ? 'pipe' : 'ignore', 'inherit'] });
  child.stdout?.setEncoding('utf8').on('data', onOutput);
  const stop = (signal) => child.kill(signal);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve(code);
    });
  });
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
