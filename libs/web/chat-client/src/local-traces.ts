/** What EchoV2 keeps in this browser begins so. */
const OURS = 'echo.';

/** Removes everything that EchoV2 keeps in this browser and this tab: drafts, choices of models, switches. */
export function removeLocalTraces(view: Window | null): void {
  for (const kind of ['sessionStorage', 'localStorage'] as const) {
    try {
      const storage = view?.[kind];
      const names = Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? '');
      for (const name of names) if (name.startsWith(OURS)) storage?.removeItem(name);
    } catch {
      // Storage that the browser denies holds nothing of ours.
      continue;
    }
  }
}
