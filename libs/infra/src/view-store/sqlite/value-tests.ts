import type { Scalar } from '#engine/ports/view-store.js';
import type { Bound, Test } from '../grammar.js';
import { BEHIND_TEXTS_SQL, behindPrefix, encode, FIRST_TEXT_SQL, NULL_SQL } from './values.js';

/** A test of one encoded value, with the parameters that it binds. */
export interface ValueTest {
  sql(value: string): string;
  readonly params: readonly unknown[];
  /** Whether a member that is absent passes. */
  readonly takesNull: boolean;
}

/** A test in SQL. `exists` is the test for null: whoever wants it true puts NOT before it. */
export function valueTest(test: Test): ValueTest {
  switch (test.op) {
    case 'eq':
      return { sql: (v) => `${v} = ?`, params: [encode(test.value)], takesNull: test.value === null };
    case 'exists':
      return valueTest({ op: 'eq', value: null });
    case 'in':
      return oneOf(test.values);
    case 'prefix':
      return beginsWith(test.text);
    default:
      return bounded(test.op, test.value, test.isLone);
  }
}

/** The number of places is rounded up, so that lists of many lengths share a prepared statement. */
function oneOf(values: readonly Scalar[]): ValueTest {
  if (values.length === 0) return { sql: () => '0', params: [], takesNull: false };
  const length = 2 ** Math.ceil(Math.log2(values.length));
  const params = Array.from({ length }, (_, i) => encode(values[Math.min(i, values.length - 1)]!));
  const places = params.map(() => '?').join(', ');
  return { sql: (v) => `${v} IN (${places})`, params, takesNull: values.includes(null) };
}

function beginsWith(text: string): ValueTest {
  const end = behindPrefix(text);
  if (end === null) return bounded('gte', text, true);
  return { sql: (v) => `(${v} >= ? AND ${v} < ?)`, params: [text, end], takesNull: false };
}

const OPERATORS: Readonly<Record<Bound, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

/**
 * A number is compared with numbers only, a text with texts: a guard closes the other end of the range at its kind.
 * An index is read from the guard only where it skips something, the nulls below a lone upper bound; elsewhere the
 * plus keeps it from being taken for the better bound.
 */
function bounded(op: Bound, value: string | number, isLone: boolean): ValueTest {
  const isText = typeof value === 'string';
  const isLower = op === 'gt' || op === 'gte';
  const floor = isText ? `>= ${FIRST_TEXT_SQL}` : `> ${NULL_SQL}`;
  const ceiling = isText ? `< ${BEHIND_TEXTS_SQL}` : `< ${FIRST_TEXT_SQL}`;
  const plus = isLower || !isLone ? '+' : '';
  return {
    sql: (v) => `(${v} ${OPERATORS[op]} ? AND ${plus}${v} ${isLower ? ceiling : floor})`,
    params: [value],
    takesNull: false,
  };
}
