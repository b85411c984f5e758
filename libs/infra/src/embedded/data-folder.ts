import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { sqliteCode } from './sqlite-code.js';

/** A folder that this process alone works in. */
export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** Lets the next process in. */
  close(): void;
}

/** Another process, or this one, has the folder open. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
  constructor(
    readonly folder: string,
    /** The process that has it open; `null` while it has not said so yet. */
    readonly pid: number | null,
  ) {
    const owner = pid === null ? 'another process' : `process ${pid}`;
    super(`the data folder ${folder} is in use by ${owner}; one process at a time may open it`);
  }
}

/**
 * Opens a data folder for this process alone, creating it (readable by its owner only) where there is none.
 *
 * The lock is one of the operating system's, on `owner.lock`: it ends with the process, whatever ends the process.
 * Nothing else may open that file: on POSIX systems closing any descriptor of a file drops the locks on it.
 *
 * @throws DataFolderInUse
 */
export function openDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  makeFolder(path);
  const pidFile = join(path, 'owner.pid');
  const lock = new Database(join(path, 'owner.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw sqliteCode(error).startsWith('SQLITE_BUSY') ? new DataFolderInUse(path, pidIn(pidFile)) : error;
  }
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  return {
    path,
    close() {
      if (!lock.open) return;
      rmSync(pidFile, { force: true });
      lock.close();
    },
  };
}

/**
 * Folder by folder: where one cannot be made although its parent is there (in /proc), Node's `recursive` tries for ever.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** Who has the folder open, by his own word: for the message only. */
function pidIn(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}
