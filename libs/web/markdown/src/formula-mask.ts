import { formulaAt } from './formula-syntax';

export function hasFormulas(source: string): boolean {
  return /\$|\\[([]/.test(source);
}

/** `masked` without the formulas of `source`. It is `source` as marked searches it for emphasis: at the same length, with code and links hidden as `a`. */
export function maskFormulas(masked: string, source: string): string {
  let shown = '';
  for (let at = 0; at < masked.length;) {
    const formula = '$\\'.includes(source.charAt(at)) && masked[at] !== 'a' ? formulaAt(source, at, source[at - 1] ?? '') : null;
    shown += formula ? 'a'.repeat(formula.raw.length) : masked.charAt(at);
    at += formula?.raw.length ?? 1;
  }
  return shown;
}
