import { formatTable, short } from '../table.mjs';

const MB = 1_000_000;
const MIB = 1_048_576;

/** Everything that was measured, then what something is aimed at. */
export function formatReport({ image, stack, one, three, rolling, streams }) {
  const seconds = (ms) => short(ms / 1_000);
  const replicas = ({ framesPerSecond, piecesPerSecond, gap, lost, doubled }) => [
    short(framesPerSecond),
    short(piecesPerSecond),
    short(gap.p50),
    short(gap.p99),
    `${lost} + ${doubled}`,
  ];
  const rows = [
    ['image, MB', short(image.raw / MB)],
    ['image, compressed, MB', short(image.compressed / MB)],
    ['cold build, s', seconds(image.coldBuildMs)],
    ['start to healthy, application and database, s', seconds(stack.startMs)],
    ['idle memory of the application, MiB', short(stack.idleBytes / MIB)],
    ['start to healthy, three replicas and nginx, s', seconds(three.startMs)],
    [`rolling restart of three under ${streams} streams, s`, seconds(rolling.ms)],
    [
      '  answers | reconnects | most of one | asked again',
      [rolling.answers, rolling.reconnects, rolling.mostReconnects, rolling.askedAgain].join(' | '),
    ],
    ['  lost + doubled pieces', `${rolling.lost} + ${rolling.doubled}`],
  ];
  const sides = [
    ['events with text a second', 'pieces of the provider a second', 'gap p50, ms', 'gap p99, ms', 'lost + doubled'],
    replicas(one),
    replicas(three),
  ];
  return [
    formatTable(['containers', 'measured'], rows),
    formatTable(
      [`the same ${one.streams} streams through nginx`, 'one replica', 'three'],
      sides[0].map((title, at) => [title, sides[1][at], sides[2][at]]),
    ),
    formatTable(
      ['aimed at', 'measured', 'aim', 'unit', 'verdict'],
      judge({ image, stack, one, three, rolling }).map((each) => [
        each.name,
        short(each.value),
        String(each.aim),
        each.unit,
        each.value <= each.aim ? 'hit' : 'missed',
      ]),
    ),
  ].join('\n\n');
}

/** What is aimed at. */
export function judge({ image, stack, one, three, rolling }) {
  return [
    { name: 'image', unit: 'MB', value: image.raw / MB, aim: 220 },
    { name: 'image, compressed', unit: 'MB', value: image.compressed / MB, aim: 75 },
    { name: 'start to healthy', unit: 's', value: stack.startMs / 1_000, aim: 15 },
    { name: 'idle memory', unit: 'MiB', value: stack.idleBytes / MIB, aim: 160 },
    { name: 'gap p99 that two more replicas add', unit: 'ms', value: three.gap.p99 - one.gap.p99, aim: 25 },
    { name: 'lost and doubled pieces', unit: 'pieces', value: one.lost + one.doubled + three.lost + three.doubled, aim: 0 },
    { name: 'lost and doubled pieces, rolling restart', unit: 'pieces', value: rolling.lost + rolling.doubled, aim: 0 },
    { name: 'reconnects of one answer, rolling restart', unit: 'times', value: rolling.mostReconnects, aim: 1 },
  ];
}
