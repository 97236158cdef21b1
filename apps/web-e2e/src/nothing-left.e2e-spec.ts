import { openAiChat } from '@echo/testing';
import { type CDPSession } from 'playwright-core';
import { describeInBrowser } from './support/chromium';
import { eventually } from './support/eventually';
import { type Tab } from './support/tab';
import { TestWeb } from './support/test-web';

/** Answers before the first count, which fill every cache, and until the second. */
const WARM = 20;
const ALL = 200;
/** Milliseconds for all of them on a busy machine. */
const LONG = 240_000;

/** Bytes of script's memory that a character of a long answer may keep. Its text is one; what draws it must not be another hundred. */
const BYTES_FOR_EACH = 24;

/** Markdown of about 64 kB, no two parts of it the same. */
const LONG_ANSWER = Array.from(
  { length: 200 },
  (_, part) =>
    `## Part ${part}\n\nSome **bold** words, \`code ${part}\` and a [link](https://a.example/${part}).\n\n- one ${part}\n- two\n  - three\n\n` +
    `\`\`\`ts\nconst part${part} = compute(${part}, 'text');\n\`\`\`\n\n| name | value |\n|---|--:|\n| part | ${part} |\n\n> Words of *somebody*, number ${part}.\n\n`,
);

interface Left {
  readonly listeners: number;
  readonly nodes: number;
  readonly timers: number;
}

/** Counts the timers of the page that are due some time. Runs in the page before its own scripts. */
const COUNT_TIMERS = () => {
  const due = new Set<number>();
  Object.assign(window, { due });
  const { setTimeout: later, setInterval: repeat, clearTimeout: forget, clearInterval: end } = window;
  window.setTimeout = ((work: () => void, ms?: number, ...rest: unknown[]) => {
    const id = later(
      (...given: unknown[]) => {
        due.delete(id);
        Reflect.apply(work, window, given);
      },
      ms,
      ...rest,
    );
    due.add(id);
    return id;
  }) as typeof window.setTimeout;
  window.setInterval = ((work: () => void, ms?: number, ...rest: unknown[]) => {
    const id = repeat(work, ms, ...rest);
    due.add(id);
    return id;
  }) as typeof window.setInterval;
  const forgetting = (clear: (id?: number) => void) => (id?: number) => {
    if (id !== undefined) due.delete(id);
    clear(id);
  };
  window.clearTimeout = forgetting(forget) as typeof window.clearTimeout;
  window.clearInterval = forgetting(end) as typeof window.clearInterval;
};

/** What is asked for, in turn, and what is done with the answer. */
const SIMPLE = ['text', 'code', 'table', 'formula', 'footnote', 'thoughts'] as const;
const KINDS = [...SIMPLE, ...SIMPLE, ...SIMPLE, 'edited', 'stopped'];
const ENDING = '\n\nThe end.\n';
const ANSWERS: Partial<Record<string, string>> = {
  code: '```ts\nconst answer = 42; // "s"\n```',
  table: '| a | b |\n|---|--:|\n| one | 1 |',
  formula: 'It is $E = mc^2$, and\n\n$$\\frac{a}{b}$$',
  footnote: 'As said[^1].\n\n[^1]: By *somebody*.',
};

/** Asks for another kind of answer and begins anew, over and over, as fast as the page follows. Runs in the page. */
const askOverAndOver = async ({ times, kinds }: { times: number; kinds: readonly string[] }) => {
  const until = async (holds: () => boolean) => {
    for (let frame = 0; !holds(); frame++) {
      if (frame > 1_200) throw new Error(`Waited too long: ${document.body.innerText.slice(0, 400)}`);
      await new Promise(requestAnimationFrame);
    }
  };
  const one = <T extends HTMLElement>(selector: string): T => {
    const found = document.querySelector<T>(selector);
    if (!found) throw new Error(`There is no ${selector}: ${document.body.innerText.slice(0, 400)}`);
    return found;
  };
  const text = () => document.querySelector('[role=log]')?.textContent ?? '';
  const isAtRest = () => one('.send').getAttribute('aria-label') === 'Send';
  const type = (box: HTMLTextAreaElement, words: string) => {
    box.value = words;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  };
  const doWith: Partial<Record<string, () => Promise<void> | void>> = {
    code: () => one('[role=log] .code .copy').click(),
    table: async () => {
      one('[role=log] [title=Details]').click();
      await until(() => document.querySelector('echo-answer-details') !== null);
    },
    thoughts: () => one('[role=log] summary').click(),
    edited: async () => {
      await until(() => document.querySelector('[role=log] [aria-label=Edit]') !== null);
      one('[role=log] [aria-label=Edit]').click();
      await until(() => document.querySelector('echo-message-editor') !== null);
      type(one('echo-message-editor textarea'), 'text, please');
      await until(() => text().includes('2 / 2') && /The end\./.test(text()) && isAtRest());
    },
  };
  for (let time = 0; time < times; time++) {
    const kind = kinds[time % kinds.length] ?? '';
    type(one('#composer'), `${kind}, please`);
    if (kind === 'stopped') {
      await until(() => text().includes('It begins'));
      one('.send').click();
      await until(() => text().includes('Stopped by you.') && isAtRest());
    } else {
      await until(() => /The end\./.test(text()) && isAtRest());
      await doWith[kind]?.();
    }
    one('.new').click();
    await until(() => document.querySelector('[role=log]') === null && location.pathname === '/');
  }
};

describeInBrowser('answers that are over', () => {
  let web: TestWeb;
  let tab: Tab;
  let debug: CDPSession;

  beforeAll(async () => {
    web = await TestWeb.start({ env: { ECHO_MESSAGES_PER_MINUTE: '10000' } });
  });
  afterAll(() => web.stop());
  afterEach(() => web.endWalk());

  async function whatIsThere(): Promise<Left> {
    await debug.send('HeapProfiler.collectGarbage');
    const { metrics } = await debug.send('Performance.getMetrics');
    const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? NaN;
    const timers = await tab.page.evaluate(() => (window as unknown as { due: Set<number> }).due.size);
    return { listeners: metric('JSEventListeners'), nodes: metric('Nodes'), timers };
  }

  it(
    'leave no listener, no timer and no node behind, two hundred of them',
    async () => {
      web.answerBy(({ json }) => {
        const kind = json.messages.at(-1).content.split(',')[0];
        if (kind === 'stopped') return openAiChat.text(['It begins '], { then: [{ stall: true }] });
        const pieces = [ANSWERS[kind] ?? 'Some **text**, a list:\n\n- one\n- two\n\n`code`', ENDING];
        return openAiChat.text(pieces, kind === 'thoughts' ? { reasoning: ['Well, ', 'now.'] } : {});
      });
      tab = await web.open();
      await tab.context.addInitScript(COUNT_TIMERS);
      await tab.page.reload();
      // An empty list: else each conversation has its row in it.
      await tab.search.fill('nothing is called like this');
      await tab.page.getByText('Nothing found').waitFor();
      debug = await tab.context.newCDPSession(tab.page);
      await debug.send('Performance.enable');
      await tab.page.evaluate(askOverAndOver, { times: WARM, kinds: KINDS });
      const before = await whatIsThere();
      await tab.page.evaluate(askOverAndOver, { times: ALL - WARM, kinds: KINDS });
      // Reading behind and the like end on their own.
      await eventually(async () => {
        const after = await whatIsThere();
        expect(after.listeners).toBeLessThanOrEqual(before.listeners + 4);
        expect(after.nodes).toBeLessThanOrEqual(before.nodes + 40);
        expect(after.timers).toBeLessThanOrEqual(before.timers + 1);
      }, 10_000);
      // Each one that was changed was asked twice.
      expect(web.questions.length).toBe(ALL + Math.floor(WARM / KINDS.length) + Math.floor((ALL - WARM) / KINDS.length));
    },
    LONG,
  );

  it('keep of a long text little more than the text', async () => {
    web.answerBy(() => openAiChat.text([...LONG_ANSWER, 'The end.'], { pace: 2 }));
    tab = await web.open();
    debug = await tab.context.newCDPSession(tab.page);
    const heapAfter = async (answers: number): Promise<number> => {
      await tab.say('Tell me all');
      await eventually(async () => expect(await tab.messages.count()).toBe(2 * answers), 10_000);
      await tab.reads('The end.', 20_000);
      await tab.isAtRest(20_000);
      await debug.send('HeapProfiler.enable');
      for (let round = 0; round < 3; round++) await debug.send('HeapProfiler.collectGarbage');
      const { usedSize } = await debug.send('Runtime.getHeapUsage');
      await debug.send('HeapProfiler.disable');
      return usedSize;
    };
    // The first one loads what the others need. What the browser compiles meanwhile comes with one of them, what is left behind with each.
    const heaps = [await heapAfter(1), await heapAfter(2), await heapAfter(3)] as const;
    const grown = Math.min(heaps[1] - heaps[0], heaps[2] - heaps[1]);
    expect(grown).toBeLessThan(BYTES_FOR_EACH * LONG_ANSWER.join('').length);
  }, 90_000);
});
