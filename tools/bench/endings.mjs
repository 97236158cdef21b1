// Everything that the benchmark starts or makes is ended and removed, however the benchmark itself ends.
const endings = [];
let ending;

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
      void endAll().then(() => process.exit(130));
    });
  }
}

async function runEndings() {
  for (let end = endings.pop(); end; end = endings.pop()) {
    try {
      await end();
    } catch (error) {
      // The others must be ended all the same.
      process.stderr.write(`${error.stack}\n`);
      process.exitCode = 1;
    }
  }
}
