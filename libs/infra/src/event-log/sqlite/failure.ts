import { sqliteCode } from '../../embedded/sqlite-code.js';

/**
 * Codes after which a rolled-back transaction has left nothing behind, so that the log may go on:
 * the disk or memory was full, or a lock was held. SQLite reports a full disk when it writes, before anything is
 * flushed; a flush that fails for want of space comes as SQLITE_IOERR_FSYNC.
 */
const HARMLESS = /^SQLITE_(FULL|BUSY|LOCKED|NOMEM)(_|$)/;

/**
 * Whether the log may take appends again after this failure and a successful rollback. Anything else is taken for
 * a disk that no longer keeps what it is given: after a failed flush the kernel may have dropped the very pages
 * that a second flush would report as written (Rebello et al., "Can Applications Recover from fsync Failures?",
 * USENIX ATC 2020), so only what is read back after a restart can be trusted.
 */
export function isHarmless(error: unknown): boolean {
  return HARMLESS.test(sqliteCode(error));
}
