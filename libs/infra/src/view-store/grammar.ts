import type { Condition, Filter, IndexSpec, Query, Scalar, ViewDoc } from '#engine/ports/view-store.js';
import type { Json, JsonObject } from '#engine/json.js';

/** A name, filter, sort or document that code should never have handed to a view store. */
export class InvalidQuery extends Error {
  override readonly name = 'InvalidQuery';
  readonly code = 'view-store.invalid-query';
}

/** One test of one member; a condition with two bounds makes two of them. */
export type Test =
  | { readonly op: 'eq'; readonly value: Scalar }
  | { readonly op: 'in'; readonly values: readonly Scalar[] }
  | {
      readonly op: Bound;
      readonly value: string | number;
      /** Whether the condition has no bound beside this one. */
      readonly isLone: boolean;
    }
  | { readonly op: 'prefix'; readonly text: string }
  | { readonly op: 'exists'; readonly wanted: boolean };

export type Bound = 'gt' | 'gte' | 'lt' | 'lte';

const COLLECTION = /^[a-z][a-z0-9_]{0,99}$/;
const INDEX = /^[a-zA-Z][a-zA-Z0-9_]{0,49}$/;
const FIELD = /^(_id|[a-z][a-zA-Z0-9_]*(\.[a-z][a-zA-Z0-9_]*)*)$/;
const BOUNDS: readonly string[] = ['gt', 'gte', 'lt', 'lte'] satisfies Bound[];

export function checkCollection(name: string): void {
  if (!COLLECTION.test(name)) throw new InvalidQuery(`no collection can be named ${JSON.stringify(name)}`);
}

/** A member name, or a path through nested objects joined by dots. Never an operator, quote or `__proto__`. */
export function checkField(field: string): void {
  if (field.length > 200 || !FIELD.test(field)) {
    throw new InvalidQuery(`no member can be named ${JSON.stringify(field)}`);
  }
}

export function checkLimit(limit: number): void {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new InvalidQuery(`a limit is 1 or more, not ${limit}`);
}

/** The indexes of one collection: a member is a list in all of them or in none. */
export function checkIndexes(indexes: readonly IndexSpec[]): void {
  const lists = new Set(indexes.filter((index) => index.list).flatMap((index) => index.fields));
  for (const index of indexes) {
    if (!INDEX.test(index.name))
      throw new InvalidQuery(`no index can be named ${JSON.stringify(index.name)}`);
    index.fields.forEach(checkField);
    const sound = index.list
      ? index.fields.length === 1
      : index.fields.length > 0 && !index.fields.some((field) => lists.has(field));
    if (!sound) throw new InvalidQuery(`index ${index.name} mixes lists with other members, or has none`);
  }
}

/** The tests of a filter, all of which must hold. */
export function testsOf(where: Filter): { readonly field: string; readonly test: Test }[] {
  return Object.entries(where).flatMap(([field, condition]) => {
    checkField(field);
    return conditionTests(field, condition).map((test) => ({ field, test }));
  });
}

function conditionTests(field: string, condition: Condition): Test[] {
  const entries = Object.entries(condition) as [string, unknown][];
  const tests = entries.map(([op, value]) => testOf(op, value, entries.length === 1));
  const bounds = tests.filter((test) => test !== undefined && BOUNDS.includes(test.op));
  const sound = tests.length === 1 || (tests.length > 1 && bounds.length === tests.length);
  if (!sound || tests.includes(undefined)) {
    throw new InvalidQuery(
      `${field} cannot be tested by ${entries.map(([op]) => op).join(', ') || 'nothing'}`,
    );
  }
  return tests as Test[];
}

/** `undefined` where there is no such test of such a value. */
function testOf(op: string, value: unknown, isLone: boolean): Test | undefined {
  if (op === 'eq' && isScalar(value)) return { op, value };
  if (op === 'in' && Array.isArray(value) && value.every(isScalar)) return { op, values: value };
  if (BOUNDS.includes(op) && isScalar(value) && (typeof value === 'string' || typeof value === 'number')) {
    return { op: op as Bound, value, isLone };
  }
  if (op === 'prefix' && typeof value === 'string') return { op, text: value };
  if (op === 'exists' && typeof value === 'boolean') return { op, wanted: value };
  return undefined;
}

export function checkPage(query: Pick<Query, 'sort' | 'after' | 'limit'>): void {
  query.sort.forEach((key) => checkField(key.field));
  checkLimit(query.limit);
  const { after } = query;
  if (!after) return;
  const sound = after.values.length === query.sort.length && after.values.every(isScalar);
  if (!sound || typeof after.id !== 'string') throw new InvalidQuery('`after` does not fit the sort');
}

export function checkGroup(by: readonly string[]): void {
  by.forEach(checkField);
  if (by.length < 1 || by.length > 2) throw new InvalidQuery('documents are counted by one or two members');
}

export function checkDoc(doc: ViewDoc): void {
  if (typeof doc._id !== 'string' || doc._id === '' || typeof doc.at !== 'string') {
    throw new InvalidQuery('a document has an id and a position');
  }
}

/** The value of a member that is indexed, but not as a list: a single one, so that every store orders it alike. */
export function scalarOf(doc: ViewDoc, field: string): Scalar {
  const value = memberOf(doc, field);
  if (isScalar(value)) return value;
  throw new InvalidQuery(`${field} is indexed as a single value, but is a list or an object in ${doc._id}`);
}

/** The value at a path; `null` where it is absent. */
export function memberOf(doc: ViewDoc, field: string): Json {
  if (!field.includes('.')) return own(doc as JsonObject, field);
  return field.split('.').reduce<Json>((value, name) => own(value, name), doc as JsonObject);
}

function own(value: Json, name: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.hasOwn(value, name) ? ((value as JsonObject)[name] ?? null) : null;
}

function isScalar(value: unknown): value is Scalar {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}
