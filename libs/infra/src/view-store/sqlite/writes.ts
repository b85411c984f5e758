import type { Json } from '#engine/json.js';
import type { DocWrite, ViewDoc } from '#engine/ports/view-store.js';
import type { SqliteFile } from '../../embedded/sqlite-file.js';
import { memberOf, scalarOf } from '../grammar.js';
import { columnOf, elementsOf, type IndexedMember } from './members.js';
import type { Collection } from './tables.js';
import { encode, type SqlValue } from './values.js';

type Column = SqlValue | null;
type Standing = readonly [row: number, at: string, gone: 0 | 1, ...columns: Column[]];

/**
 * Writes one document if what it was folded from still stands; returns whether it did.
 * @throws InvalidQuery where a list or an object stands for an indexed single value
 */
export function put(file: SqliteFile, collection: Collection, { doc, from }: DocWrite): boolean {
  return from === null ? insert(file, collection, doc) : replace(file, collection, doc, from);
}

function insert(file: SqliteFile, collection: Collection, doc: ViewDoc): boolean {
  const columns = collection.members.map((member) => columnValue(member, doc));
  const values = [doc._id, doc.at, doc.gone ? 1 : 0, ...columns, json(doc)];
  if (file.prepare(collection.insertSql).run(...values).changes === 0) return false;
  collection.members.forEach((member, i) => putElements(file, member, doc._id, null, columns[i]!));
  return true;
}

function replace(file: SqliteFile, collection: Collection, doc: ViewDoc, from: string): boolean {
  const standing = file.prepare(collection.standingSql).raw().get(doc._id) as Standing | undefined;
  if (standing?.[1] !== from) return false;
  const [row, , wasGone, ...were] = standing;
  const changes = new Map<string, Column>([
    ['at', doc.at],
    ['doc', json(doc)],
  ]);
  // What is not named leaves its indexes untouched; `gone` touches them all.
  const gone = doc.gone ? 1 : 0;
  if (gone !== wasGone) changes.set('gone', gone);
  collection.members.forEach((member, i) => {
    const was = were[i]!;
    const is = columnValue(member, doc);
    if (isSame(was, is)) return;
    changes.set(columnOf(member.field), is);
    putElements(file, member, doc._id, was, is);
  });
  const set = [...changes.keys()].map((column) => `${column} = ?`).join(', ');
  file.prepare(`UPDATE "${collection.name}" SET ${set} WHERE rowid = ?`).run(...changes.values(), row);
  return true;
}

/** The document as stored: without what has columns of its own; a tombstone keeps nothing else. */
function json({ _id, at, gone, ...body }: ViewDoc): string | null {
  return gone ? null : JSON.stringify(body);
}

function columnValue({ field, elements }: IndexedMember, doc: ViewDoc): Column {
  if (!elements) return encode(doc.gone ? null : scalarOf(doc, field));
  const value = doc.gone ? null : memberOf(doc, field);
  return value === null ? null : JSON.stringify(value);
}

function putElements(
  file: SqliteFile,
  { elements }: IndexedMember,
  id: string,
  was: Column,
  is: Column,
): void {
  if (!elements) return;
  const before = elementsIn(was);
  const after = elementsIn(is);
  for (const value of before) {
    if (after.has(value)) continue;
    file.prepare(`DELETE FROM ${elements} WHERE value = ? AND _id = ?`).run(encode(value), id);
  }
  for (const value of after) {
    if (before.has(value)) continue;
    file.prepare(`INSERT INTO ${elements} VALUES (?, ?)`).run(encode(value), id);
  }
}

function elementsIn(column: Column) {
  return elementsOf(column === null ? null : (JSON.parse(column as string) as Json));
}

function isSame(a: Column, b: Column): boolean {
  return a === b || (Buffer.isBuffer(a) && Buffer.isBuffer(b) && a.equals(b));
}
