/** Megabytes of the log, after which it starts anew. */
export const LOG_MEGABYTES = 8;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // None: everybody on the machine could see it, and its path may be too long.
  unix_socket_directories: '',
  max_connections: '50',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Nothing that people wrote gets into the log: no statements, no values.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  // A gigabyte of write-ahead log is too much to leave in somebody's folder.
  max_wal_size: '256MB',
  jit: 'off',
};

/** For data that need not outlive a power cut: tests, many of which share one server. */
const FORGETFUL = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '400' };

/** The server's arguments. */
export function serverArguments(data: string, port: number, durable: boolean): string[] {
  const settings = { ...SETTINGS, port: String(port), ...(durable ? {} : FORGETFUL) };
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
