import { readPatiently } from './patient-reader.mjs';

/** All replicas are replaced while `streams` people read one answer after the other. */
export async function measureRolling(stack, headers, { streams, deltas }) {
  const answers = [];
  let isOver = false;
  const person = async (index) => {
    for (let round = 0; round === 0 || !isOver; round++)
      answers.push(await readPatiently(stack.url, { id: `roll${index}x${round}`, deltas }, headers));
  };
  const people = Array.from({ length: streams }, (_, index) => person(index));
  const ms = await stack.rollingRestart().finally(() => (isOver = true));
  await Promise.all(people);
  const sum = (read) => answers.reduce((total, answer) => total + read(answer), 0);
  return {
    ms,
    answers: answers.length,
    reconnects: sum(({ reconnects }) => reconnects),
    mostReconnects: Math.max(...answers.map(({ reconnects }) => reconnects)),
    askedAgain: sum(({ askedAgain }) => askedAgain),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
  };
}
