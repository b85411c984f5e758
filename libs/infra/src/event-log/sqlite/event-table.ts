import Database from 'better-sqlite3';
import { createPrivateFile } from '../../embedded/private-file.js';
import { assertSqliteVersion } from '../../embedded/sqlite-version.js';
import type { Head } from './stream-heads.js';

/** A row as it is read: its number and the stored JSON. */
export type EventRow = readonly [row: number, text: string];

export type Direction = 'forwards' | 'backwards';

/** `truncate` also empties the write-ahead log file, so that nothing overwritten is left in it. */
export type CheckpointMode = 'passive' | 'truncate';

/** The log's tables: every statement, no rule. All calls block until they are done. */
export interface EventTable {
  begin(): void;
  /** Durable once it returns. */
  commit(): void;
  /** Takes back what was written since `begin`; does nothing where no transaction is open. */
  rollback(): void;
  /** Whether another connection has written since the last call. */
  changedElsewhere(): boolean;

  headOf(stream: string): Head | undefined;
  /** Returns the key of the new stream. */
  addStream(stream: string): number;
  /** Returns the row's number: the next one, without holes. */
  insert(streamKey: number, revision: number, text: string): number;

  /** Number of the last row; 0 in an empty log. */
  lastRow(): number;
  /** Rows beyond `after`, itself excluded. */
  all(after: number, direction: Direction, maxCount: number): EventRow[];
  /** Rows of a stream from a revision on, itself included. */
  ofStream(stream: string, from: number, direction: Direction, maxCount: number): EventRow[];

  /** Moves committed pages from the write-ahead log into the file; returns whether all of them could be moved. */
  checkpoint(mode: CheckpointMode): boolean;
  close(): void;
}

const FORMAT = 1;

/** Streams have numbers so that the index stays small and new streams land side by side in it. */
const SCHEMA = `
  CREATE TABLE stream (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE event (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  PRAGMA user_version = ${FORMAT};
`;

/** How long to wait for a lock of another connection. It blocks the thread, and there should be none. */
const LOCK_WAIT_MS = 1_000;

/**
 * Opens the tables, creating them where the file is new. It is made for its owner alone.
 * @param path a file, or `:memory:`
 * @throws Error where the file cannot be used: not a log, of a newer format, SQLite too old
 */
export function openEventTable(path: string): EventTable {
  createPrivateFile(path);
  const db = new Database(path, { timeout: LOCK_WAIT_MS });
  try {
    prepareFile(db, path);
  } catch (error) {
    db.close();
    throw error;
  }
  return statementsOf(db);
}

function prepareFile(db: Database.Database, path: string): void {
  assertSqliteVersion(db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '');
  const mode = String(db.pragma('journal_mode = WAL', { simple: true }));
  if (mode !== 'wal' && path !== ':memory:') {
    throw new Error(`${path} cannot use a write-ahead log (journal mode ${mode})`);
  }
  // Every commit is flushed; checkpoints are ours to time, never part of a commit.
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 0');
  const create = db.transaction(() => {
    const format = Number(db.pragma('user_version', { simple: true }));
    if (format > FORMAT) throw new Error(`${path} has format ${format}; this program knows ${FORMAT}`);
    if (format === 0) db.exec(SCHEMA);
  });
  create.immediate();
}

function statementsOf(db: Database.Database): EventTable {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  const head = db.prepare<[string], Head>(
    'SELECT key, (SELECT max(revision) FROM event WHERE stream = key) AS revision FROM stream WHERE name = ?',
  );
  const addStream = db.prepare<[string]>('INSERT INTO stream (name) VALUES (?)');
  const insert = db.prepare<[number, number, string]>(
    'INSERT INTO event (stream, revision, text) VALUES (?, ?, ?)',
  );
  const lastRow = db.prepare<[], number | null>('SELECT max(position) FROM event').pluck();
  const rows = <P extends unknown[]>(where: string) =>
    db.prepare<P, [number, string]>(`SELECT position, text FROM event WHERE ${where} LIMIT ?`).raw();
  const all = {
    forwards: rows<[number, number]>('position > ? ORDER BY position'),
    backwards: rows<[number, number]>('position < ? ORDER BY position DESC'),
  };
  const inStream = 'stream = (SELECT key FROM stream WHERE name = ?) AND revision';
  const ofStream = {
    forwards: rows<[string, number, number]>(`${inStream} >= ? ORDER BY revision`),
    backwards: rows<[string, number, number]>(`${inStream} <= ? ORDER BY revision DESC`),
  };
  let version = dataVersion.get();

  return {
    begin: () => void begin.run(),
    commit: () => void commit.run(),
    rollback() {
      if (db.inTransaction) rollback.run();
    },
    changedElsewhere() {
      const before = version;
      version = dataVersion.get();
      return version !== before;
    },
    headOf: (stream) => head.get(stream),
    addStream: (stream) => Number(addStream.run(stream).lastInsertRowid),
    insert: (streamKey, revision, text) => Number(insert.run(streamKey, revision, text).lastInsertRowid),
    lastRow: () => lastRow.get() ?? 0,
    all: (after, direction, maxCount) => all[direction].all(after, maxCount),
    ofStream: (stream, from, direction, maxCount) => ofStream[direction].all(stream, from, maxCount),
    checkpoint(mode) {
      const [state] = db.pragma(`wal_checkpoint(${mode})`) as [
        { busy: number; log: number; checkpointed: number },
      ];
      return state.busy === 0 && state.log === state.checkpointed;
    },
    close: () => void db.close(),
  };
}
