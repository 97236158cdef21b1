import { LONG, SHORT } from './measure-renderers.mjs';

/** What is aimed at, and what came of it: `{ name, unit, value, aim, verdict }`. A part that was not asked for has no figures; a figure without an aim says what another one rests on. */
export function judge({ renderers, page }) {
  return [...(renderers ? judgeRenderers(renderers) : []), ...(page ? judgePage(page) : [])];
}

function judgeRenderers({
  echo,
  'echo-drawing': drawing,
  'echo-drawing, plain code': plain,
  'ngx-markdown': ngx,
  'streaming-markdown': smd,
  'streaming-markdown in Angular': smdInAngular,
}) {
  return [
    figure('script for 16 kB, share of ngx-markdown', 'of 1', echo[SHORT] / ngx[SHORT], 1 / 20),
    figure('script for 64 kB, beside 16 kB', 'times', echo[LONG] / echo[SHORT], 4.5),
    figure('script for 16 kB, beside streaming-markdown', 'times', echo[SHORT] / smdInAngular[SHORT], 3),
    figure('script for 64 kB, beside streaming-markdown', 'times', echo[LONG] / smdInAngular[LONG], 3),
    figure('the same without Angular, for 16 kB of a text with no code to highlight', 'times', plain[SHORT] / smd[SHORT], 3),
    figure('the same without Angular, for 64 kB of a text with no code to highlight', 'times', plain[LONG] / smd[LONG], 3),
    figure('the same without Angular, for 16 kB', 'times', drawing[SHORT] / smd[SHORT]),
    figure('the same without Angular, for 64 kB', 'times', drawing[LONG] / smd[LONG]),
  ];
}

function judgePage(page) {
  const figures = [
    figure('address to first paint with content', 'ms', page.firstPaint, 1_000),
    figure('address to a message box with the focus', 'ms', page.usable, 1_000),
    figure('longest task over 50 ms from sending to the 100th word, median', 'ms', page.longestTaskAtStart, 50),
    figure('the same, the longest of seven', 'ms', page.longestTaskOfStarts),
    figure('longest task over 50 ms while streaming', 'ms', page.longestTask, 50),
    figure('the same while somebody types, presses and scrolls', 'ms', page.longestWhileTyping),
    figure('longest task over 50 ms at the end of an answer', 'ms', page.longestTaskAtEnd, 50),
    figure('frame p95 while streaming', 'ms', page.frame, 17),
    figure('frame p95 of an empty page in the same run', 'ms', page.frameOfEmptyPage),
    figure('main thread busy per frame while streaming', 'ms', page.busyPerFrame),
    figure('interaction to next paint while streaming', 'ms', page.interaction, 200),
    figure('heap growth of JavaScript, beside the text, median of eight answers', 'times', page.heap, 3),
    figure('the same, their mean', 'times', page.heapMean, 3),
    figure('the same without the code that the browser compiled', 'times', page.heapOfScript),
    figure('heap growth of nodes, beside the text', 'times', page.heapOfNodes),
    figure('send to local echo, median', 'ms', page.echo, 50),
    figure('send to local echo, of the first message after the browser starts', 'ms', page.echoOfFirst),
    figure('arrival to pixels p95', 'ms', page.arrivalToPixels, 150),
    figure('wake to text', 'ms', page.wake, 1_000),
  ];
  return figures.filter(({ value }) => value !== undefined);
}

/** What was not measured is missed. */
function figure(name, unit, value, aim) {
  return { name, unit, value, aim, verdict: aim === undefined ? 'told, without an aim' : value <= aim ? 'hit' : 'missed' };
}
