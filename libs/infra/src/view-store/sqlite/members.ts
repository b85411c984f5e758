import type { Json } from '#engine/json.js';
import type { IndexSpec, Scalar } from '#engine/ports/view-store.js';
import type { ValueTest } from './value-tests.js';
import { encodeSql } from './values.js';

/** How SQL reaches one member of the documents `d`. */
export interface MemberSql {
  /** The member as one encoded value: for sorting, and for testing where it is never a list. */
  readonly value: string;
  /** True where the value of the member, or any element of its list, passes. */
  any(test: ValueTest): string;
  /** What to add to FROM, and the value to group by, so that a list counts once per element. */
  spread(alias: string): { readonly join: string; readonly value: string };
}

/** A member that indexes name. It has a column of its own: see `tables.ts`. */
export interface IndexedMember {
  readonly field: string;
  /** The table of its elements, where it is a list. */
  readonly elements: string | null;
}

/** The indexed members of a collection, in the order of their columns. */
export function indexedMembers(collection: string, indexes: readonly IndexSpec[]): IndexedMember[] {
  const members = new Map<string, IndexedMember>();
  for (const { fields, list } of indexes) {
    for (const field of fields) {
      if (field === '_id' || field === 'at') continue;
      members.set(field, { field, elements: list ? `"${collection}$${field}$elements"` : null });
    }
  }
  return [...members.values()];
}

/** Finds a member in the documents of one collection. */
export function memberSql(indexed: readonly IndexedMember[], field: string): MemberSql {
  if (field === '_id' || field === 'at') return single(`d.${field}`);
  const member = indexed.find((one) => one.field === field);
  if (!member) return inJson('d.doc', `'$.${field}'`, null);
  const column = `d.${columnOf(field)}`;
  return member.elements ? inJson(column, `'$'`, member.elements) : single(column);
}

export function columnOf(field: string): string {
  return field === '_id' || field === 'at' ? field : `"doc.${field}"`;
}

/** What a member's column holds, computed by SQL from the documents that are there already. */
export function columnSql({ field, elements }: IndexedMember): string {
  return elements ? `nullif(doc -> '$.${field}', 'null')` : valueSql('doc', `'$.${field}'`);
}

/** The table of elements as SQL computes it from a list's column. */
export function elementsSql(field: string): { rows: string; value: string; isElement: string } {
  return elementRows(columnOf(field), `'$'`, 'l');
}

/** The values by which a member is found that is a list, or might have been one. */
export function elementsOf(member: Json): Set<Scalar> {
  const elements = Array.isArray(member) ? (member as readonly Json[]) : member === null ? [] : [member];
  return new Set(elements.filter((one): one is Scalar => one === null || typeof one !== 'object'));
}

function single(value: string): MemberSql {
  return { value, any: (test) => test.sql(value), spread: () => ({ join: '', value }) };
}

function inJson(json: string, path: string, elements: string | null): MemberSql {
  return {
    value: valueSql(json, path),
    any: (test) => {
      const { rows, isElement, value } = elementRows(json, path, 'l');
      const matches = elements
        ? `SELECT 1 FROM ${elements} AS l WHERE l._id = d._id AND ${test.sql('l.value')}`
        : `SELECT 1 FROM ${rows} WHERE ${isElement} AND ${test.sql(value)}`;
      // The plus keeps SQLite from driving the query by it, for which it is chosen on purpose: see `sourceOf`.
      const exists = `+EXISTS (${matches})`;
      if (!test.takesNull) return exists;
      return `(coalesce(json_type(${json}, ${path}), 'null') = 'null' OR ${exists})`;
    },
    spread: (alias) => {
      const { rows, isElement, value } = elementRows(json, path, alias);
      return { join: `LEFT JOIN ${rows} ON ${isElement}`, value };
    },
  };
}

function elementRows(json: string, path: string, alias: string) {
  return {
    rows: `json_each(${json}, ${path}) AS ${alias}`,
    // json_each would also walk through the members of an object, which are no elements.
    isElement: `json_type(${json}, ${path}) <> 'object' AND ${alias}.type NOT IN ('object', 'array')`,
    value: encodeSql(`${alias}.type`, `${alias}.atom`),
  };
}

function valueSql(json: string, path: string): string {
  return encodeSql(`json_type(${json}, ${path})`, `json_extract(${json}, ${path})`);
}
