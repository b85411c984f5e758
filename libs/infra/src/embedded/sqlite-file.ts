import Database from 'better-sqlite3';
import { createPrivateFile } from './private-file.js';
import { assertSqliteVersion } from './sqlite-version.js';
import { clearUnallocatedBytes } from './unallocated.js';

/** Statements kept ready; the one used longest ago goes first. */
const MAX_STATEMENTS = 300;

/** How long a statement waits, milliseconds, for somebody else's lock. One process owns the folder, so hardly ever. */
const BUSY_MS = 500;

export interface SqliteFileOptions {
  /** A file, or `:memory:`. */
  readonly path: string;
  /** Whether a commit waits for the disk (`FULL`), or only keeps the order of commits (`NORMAL`). */
  readonly synchronous: 'NORMAL' | 'FULL';
  /** Length of the write-ahead log, in pages, at which it is copied back. */
  readonly checkpointPages?: number;
}

/** A SQLite file, for its owner alone, whose deleted bytes can be made to vanish, with its prepared statements. */
export class SqliteFile {
  readonly #options: SqliteFileOptions;
  readonly #statements = new Map<string, Database.Statement<unknown[]>>();
  #db: Database.Database;

  constructor(options: SqliteFileOptions) {
    this.#options = options;
    this.#db = connect(options);
  }

  /** Runs statements that have no parameters. */
  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /** The prepared statement of this text. Valid until `scrub`. */
  prepare(sql: string): Database.Statement<unknown[]> {
    const known = this.#statements.get(sql);
    if (known) this.#statements.delete(sql);
    const statement = known ?? this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > MAX_STATEMENTS)
      this.#statements.delete(this.#statements.keys().next().value!);
    return statement;
  }

  /** Runs `work` in one immediate transaction. */
  transaction<T>(work: () => T): T {
    return this.#db.transaction(work).immediate();
  }

  /**
   * Removes overwritten and deleted bytes from every file of the database. Costs one read of the whole file.
   * @throws Error while anybody else has the file open
   */
  scrub(): void {
    if (this.#db.memory) return;
    const [result] = this.#db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
    if (result.busy !== 0) throw new Error(`${this.#options.path} is in use elsewhere and was not scrubbed`);
    this.close();
    try {
      clearUnallocatedBytes(this.#options.path);
    } finally {
      // Also drops cached pages, which would bring the bytes back with the next write.
      this.#db = connect(this.#options);
    }
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }
}

function connect({ path, synchronous, checkpointPages = 1000 }: SqliteFileOptions): Database.Database {
  createPrivateFile(path);
  const db = new Database(path, { timeout: BUSY_MS });
  assertSqliteVersion(db.prepare('SELECT sqlite_version()').pluck().get() as string);
  db.pragma('auto_vacuum = NONE');
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${synchronous}`);
  db.pragma('secure_delete = ON');
  // Sorting must not spill documents into temporary files.
  db.pragma('temp_store = MEMORY');
  db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  return db;
}
