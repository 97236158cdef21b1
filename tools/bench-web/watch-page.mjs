/* Runs in the page, before anything of the application: notes when words arrive, when they are on show, and what holds the page up. */
export function watchPage() {
  const WORD = /w(\d{6})/g;
  const watch = { arrived: new Map(), shown: new Map(), frames: [], longTasks: [], interactions: [], echo: undefined };
  globalThis.watch = watch;

  const last = (text) => [...text.matchAll(WORD)].map(([, number]) => Number(number)).at(-1) ?? 0;
  const read = ReadableStreamDefaultReader.prototype.read;
  const decoder = new TextDecoder();
  ReadableStreamDefaultReader.prototype.read = async function (...parameters) {
    const result = await read.apply(this, parameters);
    if (result.value instanceof Uint8Array || typeof result.value === 'string') {
      const text = typeof result.value === 'string' ? result.value : decoder.decode(result.value);
      for (const [, number] of text.matchAll(WORD))
        if (!watch.arrived.has(Number(number))) watch.arrived.set(Number(number), performance.now());
    }
    return result;
  };

  /** The end of the conversation: looking through all of it would cost what is to be measured. */
  const newest = () => [...(document.querySelector('[role=log]')?.firstElementChild?.children ?? [])].slice(-2);
  /** What holds the newest answer's text. */
  const newestView = () =>
    newest()
      .flatMap((messages) => [...messages.querySelectorAll('echo-markdown')])
      .at(-1);
  let seen = 0;
  /** The newest view when it was asked: its words are another answer's. */
  let before = null;
  const onFrame = (time) => {
    watch.frames.push(time);
    const view = newestView();
    if (view && view !== before) {
      // The last two blocks: what is being written, and what was just before it.
      const text = [...view.children].slice(-2).map((block) => block.textContent);
      const now = last(text.join(' '));
      for (; seen < now; seen++) watch.shown.set(seen + 1, performance.now());
    }
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);

  /** Before another answer: its words begin anew. */
  watch.reset = () => {
    seen = 0;
    before = newestView() ?? null;
    watch.arrived.clear();
    watch.shown.clear();
    watch.frames.length = watch.longTasks.length = watch.interactions.length = 0;
  };
  new PerformanceObserver((list) => watch.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  });
  new PerformanceObserver((list) =>
    watch.interactions.push(
      ...list
        .getEntries()
        .filter(({ interactionId }) => interactionId)
        .map(({ duration }) => duration),
    ),
  ).observe({ type: 'event', durationThreshold: 16 });

  // From the key to the end of the frame that has the message in it: a message to oneself comes once that is painted.
  addEventListener(
    'keydown',
    ({ key, timeStamp, target }) => {
      const text = target.value;
      if (key !== 'Enter' || !text) return;
      watch.echo = new Promise((resolve) => {
        const painted = new MessageChannel();
        const look = () => requestAnimationFrame(() => painted.port2.postMessage(undefined));
        painted.port1.onmessage = () => {
          if (newest().some((messages) => messages.textContent.includes(text))) resolve(performance.now() - timeStamp);
          else look();
        };
        look();
      });
    },
    { capture: true },
  );
}
