/** Removes everything that EchoV2 keeps in this browser and this tab under `name` (`LOCAL_NAME`): drafts, choices of models, switches. */
export function removeLocalTraces(view: Window | null, name: string): void {
  for (const kind of ['sessionStorage', 'localStorage'] as const) {
    try {
      const storage = view?.[kind];
      const keys = Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? '');
      for (const key of keys) if (key.startsWith(`${name}.`)) storage?.removeItem(key);
    } catch {
      // Storage that the browser denies holds nothing of ours.
      continue;
    }
  }
}
