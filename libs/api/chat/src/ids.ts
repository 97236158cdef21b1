import { Refusal } from '@echo/api-security';

/** Whether a number can be the id of a row. */
export function isRowId(id: number): boolean {
  return Number.isSafeInteger(id) && id > 0;
}

/** An id that nothing can have is treated like one that is somebody else's. */
export function impossible(what: 'conversation' | 'message'): Refusal {
  return new Refusal(`${what}_not_found`, `There is no such ${what}, or it is not yours.`);
}
