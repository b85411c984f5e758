import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SqliteFile } from '#infra/embedded/sqlite-file.js';

const ROWS = 1500;
const ROUNDS = 6;

describe('A SQLite file', () => {
  let folder: string;
  let file: SqliteFile;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sqlite-file-'));
    file = new SqliteFile({ path: join(folder, 'test.db'), synchronous: 'NORMAL' });
    file.exec('CREATE TABLE docs (id TEXT PRIMARY KEY, body TEXT)');
    file.exec('CREATE INDEX by_marker ON docs (substr(body, 1, 40), id)');
  });

  afterEach(() => {
    file.close();
    rmSync(folder, { recursive: true });
  });

  it('holds no byte of a replaced or deleted value after a scrub', () => {
    for (let round = 0; round < ROUNDS; round++) writeAll(file, round);
    file.exec('UPDATE docs SET body = NULL WHERE rowid % 2 = 0');
    const live = new Set(liveMarkers(file));

    file.scrub();

    const bytes = everyByte(folder);
    const dead = allMarkers().filter((one) => !live.has(one));
    expect(dead.filter((one) => bytes.includes(one))).toEqual([]);
    expect([...live].filter((one) => !bytes.includes(one))).toEqual([]);
  });

  it('is whole, and goes on as before, after a scrub', () => {
    for (let round = 0; round < ROUNDS; round++) writeAll(file, round);
    file.exec('DELETE FROM docs WHERE rowid % 3 = 0');
    const live = liveMarkers(file);

    file.scrub();

    expect(file.prepare('PRAGMA integrity_check').pluck().all()).toEqual(['ok']);
    expect(liveMarkers(file)).toEqual(live);
    writeAll(file, 0);
    expect(liveMarkers(file)).toHaveLength(ROWS);
  });

  it('is not scrubbed while another connection reads it', () => {
    writeAll(file, 0);
    const other = new Database(join(folder, 'test.db'));
    const reading = other.prepare('SELECT * FROM docs').iterate();
    reading.next();

    expect(() => file.scrub()).toThrow(/in use|locked/);

    reading.return?.();
    other.close();
    expect(liveMarkers(file)).toHaveLength(ROWS);
    file.scrub();
  });
});

/** The same rows, lengths and order in every run, long enough that pages are split and rebuilt many times. */
function writeAll(file: SqliteFile, round: number): void {
  const put = 'INSERT INTO docs VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body';
  file.transaction(() => {
    for (let row = 0; row < ROWS; row++) {
      const padding = parseInt(hex(`length ${row} ${round}`).slice(0, 3), 16) % 1200;
      file.prepare(put).run(hex(`id ${row}`), marker(row, round) + '.'.repeat(padding));
    }
  });
}

function marker(row: number, round: number): string {
  return hex(`marker ${row} ${round}`).slice(0, 40);
}

function allMarkers(): string[] {
  return Array.from({ length: ROWS * ROUNDS }, (_, i) => marker(Math.floor(i / ROUNDS), i % ROUNDS));
}

function liveMarkers(file: SqliteFile): string[] {
  const select = 'SELECT substr(body, 1, 40) FROM docs WHERE body IS NOT NULL ORDER BY id';
  return file.prepare(select).pluck().all() as string[];
}

function everyByte(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name)).toString('latin1'))
    .join('\n');
}

function hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
