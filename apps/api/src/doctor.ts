import { loadVariables } from './config/load-variables';
import { examine } from './doctor/examine';
import { type Finding, lineOf } from './doctor/finding';

/** Says how everything is, a line each; ends with 1 where something does not work. */
async function doctor(): Promise<void> {
  const findings: Finding[] = [];
  await examine(loadVariables(), (finding) => {
    findings.push(finding);
    process.stdout.write(`${lineOf(finding)}\n`);
  });
  const faults = findings.filter(({ state }) => state === 'fault').length;
  process.stdout.write(`\n${faults === 0 ? 'Everything works.' : `${faults} ${faults === 1 ? 'thing does' : 'things do'} not work.`}\n`);
  process.exitCode = faults === 0 ? 0 : 1;
}

void doctor();
