import { LIMITS } from '@echo/contract';

/** The temperature that was typed, with a point or a comma; null for nothing, undefined for what is none. */
export function temperatureIn(text: string): number | null | undefined {
  const typed = text.trim().replace(',', '.');
  if (typed === '') return null;
  const number = /^\d*\.?\d+$/.test(typed) ? Number(typed) : NaN;
  return number >= 0 && number <= LIMITS.temperatureMax ? number : undefined;
}
