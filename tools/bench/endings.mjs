// Everything that the benchmark starts or makes is ended and removed, however the benchmark itself ends.
const endings = [];
let ending;
/** Whether a signal ends us: then nothing else that goes wrong is worth telling. */
let isSignalled = false;

/** `end` is called, and awaited, when the benchmark is over. The last one is the first to be called. */
export function atEnd(end) {
  endings.push(end);
}

/** Ends everything, once. */
export function endAll() {
  ending ??= runEndings();
  return ending;
}

/** Ctrl-C and other signals end everything before they end us. */
export function endOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      isSignalled = true;
      void endAll().then(() => process.exit(130));
    });
  }
}

/** Tells what went wrong, unless it is a signal's doing. */
export function tell(error) {
  if (isSignalled) return;
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
}

async function runEndings() {
  for (let end = endings.pop(); end; end = endings.pop()) {
    try {
      await end();
    } catch (error) {
      // The others must be ended all the same.
      tell(error);
    }
  }
}
