import { fieldAt, type SubjectType } from '#domain/schema/fields.js';
import { Problem } from '../../http/problem.js';

/** What `?open=` may say: `all`, or field keys and content pointers, separated by commas. */
export const OPEN =
  /^\/?[A-Za-z][A-Za-z0-9]*(\/[A-Za-z0-9-]{1,64}){0,2}(,\/?[A-Za-z][A-Za-z0-9]*(\/[A-Za-z0-9-]{1,64}){0,2}){0,199}$/;

/** What a caller wants opened: nothing, whatever is allowed, or just these pointers, each of which must be allowed. */
export type Asked = 'nothing' | 'all' | readonly string[];

/**
 * Reads `?open=`. A list, or an item of one, stands for all its values; where the record has none, for itself, so that
 * the answer about a right does not tell whether there is something.
 * @param present pointers of the values that the record has
 * @throws Problem `record.field-unknown`
 */
export function askedBy(
  open: string | null | undefined,
  subject: SubjectType,
  present: readonly string[],
): Asked {
  if (open == null) return 'nothing';
  if (open === 'all') return 'all';
  const pointers = open.split(',').flatMap((name) => {
    const pointer = name.startsWith('/') ? name : `/${name}`;
    if (!fieldAt(subject, pointer)) throw new Problem('record.field-unknown', { pointer });
    const within = present.filter((each) => each.startsWith(`${pointer}/`));
    return within.length > 0 ? within : [pointer];
  });
  return [...new Set(pointers)];
}
