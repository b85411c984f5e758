import type { Filter, Query, SortKey } from '#engine/ports/view-store.js';
import { testsOf } from '../grammar.js';
import { memberSql, type MemberSql } from './members.js';
import type { Collection } from './tables.js';
import { valueTest } from './value-tests.js';
import { encode } from './values.js';

/** A statement's text and what it binds. */
export interface Sql {
  readonly text: string;
  readonly params: readonly unknown[];
}

/** The documents `d` of a collection, to be walked in whichever way SQLite finds best. */
export function allDocs(collection: Collection): Sql {
  return { text: `"${collection.name}" AS d`, params: [] };
}

/** The documents `d` with these ids, looked up one by one. CROSS JOIN keeps SQLite from changing the order. */
export function docsOf(collection: Collection, ids: Sql): Sql {
  return {
    text: `(${ids.text}) AS s CROSS JOIN "${collection.name}" AS d ON d._id = s._id`,
    params: ids.params,
  };
}

/**
 * The statements whose rows, one after the other, are the page: each ends in a LIMIT still to be bound.
 *
 * The rows behind a row are those that equal it in all sort values but have a later id, then those that equal it in all
 * but the last, and so on. Each of these is one range of an index, in any mix of directions; a single condition with OR
 * would walk through all the pages before.
 */
export function pageSql(
  collection: Collection,
  source: Sql,
  { where, sort, after }: Omit<Query, 'limit'>,
): Sql[] {
  const keys = totalOrder(sort).map((key) => ({ ...key, member: member(collection, key.field) }));
  const filter = filterSql(collection, where);
  const select = `SELECT d._id, d.at, d.gone, d.doc FROM ${source.text} WHERE d.gone = 0`;
  const page = (length: number, bounds: readonly string[], params: readonly unknown[]): Sql => ({
    text: `${[select, ...filter.text, ...bounds].join(' AND ')} ORDER BY ${orderBy(keys.slice(length))} LIMIT ?`,
    params: [...source.params, ...filter.params, ...params],
  });
  if (!after) return [page(0, [], [])];
  const values = [...after.values, after.id].map(encode);
  return keys
    .map((_, i) => keys.length - 1 - i)
    .map((last) => {
      const equal = keys.slice(0, last).map((key) => `${key.member.value} = ?`);
      const { member: ranged, direction } = keys[last]!;
      return page(
        last,
        [...equal, `${ranged.value} ${direction === 'asc' ? '>' : '<'} ?`],
        values.slice(0, last + 1),
      );
    });
}

/** Counts to a bound LIMIT, or all. */
export function countSql(collection: Collection, source: Sql, where: Filter, limit: number | undefined): Sql {
  const filter = filterSql(collection, where);
  const from = `FROM ${source.text} WHERE ${['d.gone = 0', ...filter.text].join(' AND ')}`;
  const params = [...source.params, ...filter.params];
  if (limit === undefined) return { text: `SELECT count(*) ${from}`, params };
  return { text: `SELECT count(*) FROM (SELECT 1 ${from} LIMIT ?)`, params: [...params, limit] };
}

export function groupSql(collection: Collection, source: Sql, where: Filter, by: readonly string[]): Sql {
  const filter = filterSql(collection, where);
  const groups = by.map((field, i) => member(collection, field).spread(`g${i}`));
  const values = groups.map((group) => group.value).join(', ');
  const from = [source.text, ...groups.map((group) => group.join)].join(' ');
  const conditions = ['d.gone = 0', ...filter.text].join(' AND ');
  return {
    text: `SELECT count(*), ${values} FROM ${from} WHERE ${conditions} GROUP BY ${values}`,
    params: [...source.params, ...filter.params],
  };
}

function totalOrder(sort: readonly SortKey[]): readonly SortKey[] {
  return [...sort, { field: '_id', direction: 'asc' }];
}

function orderBy(keys: readonly { member: MemberSql; direction: SortKey['direction'] }[]): string {
  return keys.map((key) => `${key.member.value} ${key.direction}`).join(', ');
}

function member(collection: Collection, field: string): MemberSql {
  return memberSql(collection.members, field);
}

function filterSql(collection: Collection, where: Filter): { text: string[]; params: unknown[] } {
  const text: string[] = [];
  const params: unknown[] = [];
  for (const { field, test } of testsOf(where)) {
    const one = valueTest(test);
    const sql = member(collection, field).any(one);
    text.push(test.op === 'exists' && test.wanted ? `NOT ${sql}` : sql);
    params.push(...one.params);
  }
  return { text, params };
}
