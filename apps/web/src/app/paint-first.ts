/** Milliseconds that a request waits for a frame at most: a page that draws none, behind another window for example, still sends. */
const FRAME_PATIENCE_MS = 100;

/**
 * `fetch` for which the message comes first: a request that starts a run is sent once the frame that shows what was asked is painted, for sending it and a server
 * on the same machine would hold that frame up. Everything else is sent at once, as everything is while the page is hidden.
 */
export function paintFirst(fetch: typeof globalThis.fetch, document: Document): typeof globalThis.fetch {
  return async (input, init) => {
    if (startsRun(init) && !document.hidden) await painted(document);
    return fetch(input, init);
  };
}

function startsRun(init: RequestInit | undefined): boolean {
  return init?.method === 'POST' && new Headers(init.headers).get('accept') === 'text/event-stream';
}

function painted(document: Document): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, FRAME_PATIENCE_MS);
    // What a frame sets up with no delay comes after its paint.
    document.defaultView?.requestAnimationFrame(() => setTimeout(resolve));
  });
}
