import type { Scalar } from '#engine/ports/view-store.js';

/*
 * Scalars as SQLite compares them. Absent and null are minus infinity, which no JSON document can hold, so that they
 * sort before all else and every comparison is plainly true or false; booleans are blobs, which sort behind numbers
 * and texts and equal neither. Numbers and texts are themselves; texts compare by code point (BINARY on UTF-8).
 */

export type SqlValue = number | string | Buffer;

export const NULL_SQL = '-9e999';
/** Bounds of the texts, from above and below: numbers come before the empty text, blobs behind all texts. */
export const FIRST_TEXT_SQL = "''";
export const BEHIND_TEXTS_SQL = "x''";

const FALSE = Buffer.from([0]);
const TRUE = Buffer.from([1]);

export function encode(value: Scalar): SqlValue {
  if (value === null) return -Infinity;
  if (typeof value === 'boolean') return value ? TRUE : FALSE;
  return value;
}

export function decode(value: SqlValue): Scalar {
  if (value === -Infinity) return null;
  return Buffer.isBuffer(value) ? value[0] === 1 : value;
}

/** SQL that encodes a JSON value, given SQL for its type and for the value itself. */
export function encodeSql(type: string, value: string): string {
  return `coalesce(CASE ${type} WHEN 'true' THEN x'01' WHEN 'false' THEN x'00' ELSE ${value} END, ${NULL_SQL})`;
}

/** The first text, by code point, behind all that begin with `prefix`; `null` where there is none. */
export function behindPrefix(prefix: string): string | null {
  const points = Array.from(prefix, (char) => char.codePointAt(0)!);
  while (points.length > 0) {
    const last = points.pop()!;
    if (last === 0x10ffff) continue;
    // Surrogates are no characters of their own: behind the last before them comes the first after.
    return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return null;
}
