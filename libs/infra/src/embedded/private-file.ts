import { closeSync, openSync } from 'node:fs';

/**
 * Creates a database file for its owner alone, where there is none: SQLite would leave it to the umask. The files that
 * SQLite puts beside it get the same permissions.
 * @param path a file, or `:memory:`
 */
export function createPrivateFile(path: string): void {
  if (path === ':memory:') return;
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    // A file that is there is not opened: closing it again would drop the locks that this process has on it.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
