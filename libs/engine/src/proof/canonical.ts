/** A value that has no canonical form here: an unsafe number, an ill-formed string, or not JSON at all. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
}

/**
 * The one text of a JSON value: RFC 8785 (members sorted by UTF-16 code units, ECMAScript string forms), narrowed so
 * that every language reproduces it without doubt: numbers are safe integers, strings are well-formed Unicode, and
 * there is no negative zero.
 *
 * @throws NotCanonical naming the place, never the value
 */
export function canonical(value: unknown): string {
  return write(value, '');
}

function write(value: unknown, place: string): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new NotCanonical(`${place || 'the value'} holds a lone surrogate`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
        throw new NotCanonical(`${place || 'the value'} is a number but no safe integer`);
      }
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeList(value, place) : writeObject(value, place);
    default:
      throw new NotCanonical(`${place || 'the value'} is ${typeof value}`);
  }
}

function writeList(list: readonly unknown[], place: string): string {
  let text = '[';
  for (let i = 0; i < list.length; i++) text += (i > 0 ? ',' : '') + write(list[i], `${place}/${i}`);
  return text + ']';
}

function writeObject(object: object, place: string): string {
  let text = '{';
  for (const member of Object.keys(object).sort()) {
    if (!member.isWellFormed())
      throw new NotCanonical(`${place || 'the value'} has an ill-formed member name`);
    const inner = write((object as Record<string, unknown>)[member], `${place}/${member}`);
    text += (text.length > 1 ? ',' : '') + JSON.stringify(member) + ':' + inner;
  }
  return text + '}';
}
