/** Asks one statement: on its own, or within a transaction. */
export type Ask = <Row>(sql: string, parameters: readonly unknown[]) => Promise<Row[]>;

/** A row that the statement before cannot have failed to return. */
export function the<T>(row: T | undefined): T {
  if (row === undefined) throw new Error('The database returned no row where there must be one.');
  return row;
}
