/** The extended result code of an SQLite error, such as `SQLITE_IOERR_FSYNC`; empty for any other error. */
export function sqliteCode(error: unknown): string {
  // By its code, not its class: a native module has one class of error in a process that may load it twice.
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_') ? code : '';
}
