/** A value that has no canonical form here: an unsafe number, an ill-formed string, or not JSON at all. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
}

/** Lists and objects may stand within each other this deep, so that every parser of every language follows. */
export const MAX_DEPTH = 100;

/**
 * The one text of a JSON value: RFC 8785 (members sorted by UTF-16 code units, ECMAScript string forms), narrowed so
 * that every language reproduces it without doubt: numbers are safe integers, strings are well-formed Unicode, there
 * is no negative zero, and objects are plain (no dates, maps or bytes, which JSON would silently empty or rewrite).
 *
 * @throws NotCanonical naming the place, never the value
 */
export function canonical(value: unknown): string {
  return write(value, []);
}

type Path = (string | number)[];

function write(value: unknown, path: Path): string {
  switch (typeof value) {
    case 'string':
      return quote(value, path);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) fail(path, 'is a number but no safe integer');
      return String(value);
    case 'object':
      if (value === null) return 'null';
      if (path.length >= MAX_DEPTH) fail(path, `is nested deeper than ${MAX_DEPTH}`);
      return Array.isArray(value) ? writeList(value, path) : writeObject(value, path);
    default:
      return fail(path, `is ${typeof value}`);
  }
}

function writeList(list: readonly unknown[], path: Path): string {
  let text = '';
  for (let i = 0; i < list.length; i++) {
    path.push(i);
    text += (i > 0 ? ',' : '') + write(list[i], path);
    path.pop();
  }
  return `[${text}]`;
}

function writeObject(object: object, path: Path): string {
  if (!isPlain(object)) fail(path, 'is no plain object');
  let text = '';
  for (const member of sortedMembers(object)) {
    path.push(member);
    const inner = write((object as Record<string, unknown>)[member], path);
    text += (text === '' ? '' : ',') + quote(member, path) + ':' + inner;
    path.pop();
  }
  return `{${text}}`;
}

// Most objects come from stored events, whose members are sorted already.
function sortedMembers(object: object): string[] {
  const members = Object.keys(object);
  for (let i = 1; i < members.length; i++) if (members[i]! < members[i - 1]!) return members.sort();
  return members;
}

// What JSON must escape, and surrogates; any other string is its own form between quotes.
const UNUSUAL = /["\\\p{Cc}\p{Cs}]/u;

function quote(text: string, path: Path): string {
  if (!UNUSUAL.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) fail(path, 'holds a lone surrogate');
  return JSON.stringify(text);
}

// A prototype without a prototype is the one of plain objects, in whichever realm they were made.
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

function fail(path: Path, reason: string): never {
  throw new NotCanonical(`${path.length > 0 ? `/${path.join('/')}` : 'the value'} ${reason}`);
}
