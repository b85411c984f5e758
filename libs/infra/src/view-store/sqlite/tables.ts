import { isDeepStrictEqual } from 'node:util';
import type { IndexSpec } from '#engine/ports/view-store.js';
import type { SqliteFile } from '../../embedded/sqlite-file.js';
import { checkCollection, checkIndexes, InvalidQuery } from '../grammar.js';
import { columnOf, columnSql, elementsSql, indexedMembers, type IndexedMember } from './members.js';

/*
 * A collection is a table: id, position, whether it is a tombstone, a column for each indexed member, the document as
 * JSON. A member that is a list has its JSON in its column, and a table of (element, id) besides. Columns instead of
 * indexes on expressions, because then a write touches only the indexes whose members changed, which is few.
 */

/** A collection as writes and queries see it. */
export interface Collection {
  readonly name: string;
  readonly indexes: readonly IndexSpec[];
  readonly members: readonly IndexedMember[];
  /** Texts of the two statements that every write runs. */
  readonly insertSql: string;
  readonly standingSql: string;
}

/** A dollar sign is in no collection's name, so the catalogue and the tables of elements never meet one. */
const CATALOGUE = '"$collections"';

/** The collections of a file, by name. */
export function readCatalogue(file: SqliteFile): Map<string, Collection> {
  file.exec(`CREATE TABLE IF NOT EXISTS ${CATALOGUE} (name TEXT PRIMARY KEY, indexes TEXT NOT NULL)`);
  const rows = file.prepare(`SELECT name, indexes FROM ${CATALOGUE}`).raw().all() as [string, string][];
  return new Map(rows.map(([name, indexes]) => [name, collection(name, JSON.parse(indexes) as IndexSpec[])]));
}

/** Creates what is missing of a collection. */
export function ensureTables(
  file: SqliteFile,
  name: string,
  known: Collection | undefined,
  wanted: readonly IndexSpec[],
): Collection {
  checkCollection(name);
  const before = known ?? collection(name, []);
  const missing = wanted.filter((index) => isMissing(index, before.indexes));
  const after = collection(name, [...before.indexes, ...missing]);
  checkIndexes(after.indexes);
  if (known) addMembers(file, before, after);
  else createTable(file, after);
  for (const index of missing) if (!index.list) createIndex(file, name, index);
  file
    .prepare(
      `INSERT INTO ${CATALOGUE} VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET indexes = excluded.indexes`,
    )
    .run(name, JSON.stringify(after.indexes));
  return after;
}

export function dropTables(file: SqliteFile, { name, members }: Collection): void {
  for (const { elements } of members) if (elements) file.exec(`DROP TABLE ${elements}`);
  file.exec(`DROP TABLE "${name}"`);
  file.prepare(`DELETE FROM ${CATALOGUE} WHERE name = ?`).run(name);
}

function collection(name: string, indexes: readonly IndexSpec[]): Collection {
  const members = indexedMembers(name, indexes);
  const columns = members.map(({ field }) => `${columnOf(field)}, `).join('');
  const places = members.map(() => '?, ').join('');
  return {
    name,
    indexes,
    members,
    insertSql: `INSERT INTO "${name}" (_id, at, gone, ${columns}doc) VALUES (?, ?, ?, ${places}?) ON CONFLICT (_id) DO NOTHING`,
    standingSql: `SELECT rowid, at, gone, ${columns}1 FROM "${name}" WHERE _id = ?`,
  };
}

function isMissing(index: IndexSpec, known: readonly IndexSpec[]): boolean {
  const same = known.find((one) => one.name === index.name);
  if (same && !isDeepStrictEqual(same, index)) {
    throw new InvalidQuery(`index ${index.name} exists with other members`);
  }
  return !same;
}

/** Columns that are compared have no type, so that nothing is converted: a number equals no text. */
function createTable(file: SqliteFile, { name, members }: Collection): void {
  const columns = members.map(({ field }) => `${columnOf(field)}, `).join('');
  file.exec(
    `CREATE TABLE "${name}" (_id PRIMARY KEY NOT NULL, at NOT NULL, gone INTEGER NOT NULL, ${columns}doc TEXT)`,
  );
  for (const { elements } of members) if (elements) createElements(file, elements);
}

function addMembers(file: SqliteFile, before: Collection, { name, members }: Collection): void {
  for (const member of members.slice(before.members.length)) {
    const column = columnOf(member.field);
    file.exec(`ALTER TABLE "${name}" ADD COLUMN ${column}`);
    file.exec(`UPDATE "${name}" SET ${column} = ${columnSql(member)}`);
    if (!member.elements) continue;
    createElements(file, member.elements);
    const { rows, value, isElement } = elementsSql(member.field);
    file.exec(
      `INSERT INTO ${member.elements} SELECT DISTINCT ${value}, _id FROM "${name}" JOIN ${rows} WHERE ${isElement}`,
    );
  }
}

function createElements(file: SqliteFile, table: string): void {
  file.exec(`CREATE TABLE ${table} (value NOT NULL, _id NOT NULL, PRIMARY KEY (value, _id)) WITHOUT ROWID`);
}

function createIndex(file: SqliteFile, table: string, { name, fields, descending = [] }: IndexSpec): void {
  const keys = fields.map((field) => columnOf(field) + (descending.includes(field) ? ' DESC' : ''));
  file.exec(`CREATE INDEX "${table}$${name}" ON "${table}" (${keys.join(', ')}, _id) WHERE gone = 0`);
}
