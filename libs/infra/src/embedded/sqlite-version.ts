/** Older versions can corrupt a database when a write-ahead log is reset while another connection checkpoints. */
const OLDEST = [3, 51, 3] as const;

/**
 * Refuses an SQLite library that is too old to trust with the log.
 * @param version what `SELECT sqlite_version()` answers
 * @throws Error naming the version found and the one needed
 */
export function assertSqliteVersion(version: string): void {
  const found = version.split('.').map(Number);
  for (const [place, least] of OLDEST.entries()) {
    const part = found[place] ?? 0;
    if (part > least) return;
    if (!(part === least)) {
      throw new Error(
        `SQLite ${version} is too old: ${OLDEST.join('.')} or newer is needed (its write-ahead log can lose data); rebuild or update better-sqlite3`,
      );
    }
  }
}
