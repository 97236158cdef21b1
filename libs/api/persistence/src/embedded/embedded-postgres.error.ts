/** The embedded PostgreSQL cannot be used. The message is a sentence that says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

/** Another running process uses the data folder. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';

  constructor(
    readonly dataDir: string,
    /** The other process; undefined when it did not say. */
    readonly pid: number | undefined,
  ) {
    const who = pid === undefined ? 'another running process' : `the running process ${pid}`;
    super(`The data folder ${dataDir} is in use by ${who}. Stop that one first, or set ECHO_DATA_DIR to another folder.`);
  }
}
