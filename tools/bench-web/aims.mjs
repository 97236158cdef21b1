import { LONG, SHORT } from './measure-renderers.mjs';

/** What is aimed at, and what came of it: `{ name, unit, value, aim, verdict }`. */
export function judge({ renderers, page }) {
  const { echo, 'ngx-markdown': ngx, 'streaming-markdown': smd } = renderers;
  return [
    figure('script for 16 kB, share of ngx-markdown', 'of 1', echo[SHORT] / ngx[SHORT], 1 / 20),
    figure('script for 64 kB, beside 16 kB', 'times', echo[LONG] / echo[SHORT], 4.5),
    figure('script for 16 kB, beside streaming-markdown', 'times', echo[SHORT] / smd[SHORT], 3),
    figure('script for 64 kB, beside streaming-markdown', 'times', echo[LONG] / smd[LONG], 3),
    figure('longest task over 50 ms while streaming', 'ms', page.longestTask, 50),
    figure('frame p95 while streaming', 'ms', page.frame, 17),
    figure('interaction to next paint while streaming', 'ms', page.interaction, 200),
    figure('heap growth, beside the text', 'times', page.heap, 3),
    figure('send to local echo', 'ms', page.echo, 50),
    figure('arrival to pixels p95', 'ms', page.arrivalToPixels, 150),
    figure('wake to text', 'ms', page.wake, 1_000),
  ];
}

/** What was not measured is missed. */
function figure(name, unit, value, aim) {
  return { name, unit, value, aim, verdict: value <= aim ? 'hit' : 'missed' };
}
