import type { Json } from '#engine/json.js';
import { partOf, type SubjectType } from '../schema/fields.js';
import { pointersOf, withContent, type Content } from './content.js';
import type { Party } from './record.js';

/** The event that made the value behind a pointer what it is, be it by taking it away. */
export interface Change {
  readonly revision: number;
  readonly type: string;
  readonly by: Party;
  readonly at: string;
  /** Revision of the event that the value itself stands in: a signed one stands in its proposal. `null`: taken away. */
  readonly stands: number | null;
}

/** A change in force that nobody has countersigned, and what was there before it. */
export interface Uncountersigned {
  readonly revision: number;
  /** Everybody who changed the value since it last had a second person behind it. */
  readonly by: readonly Party[];
  readonly dueAt: string;
  /** What a refusal restores; `null` where there was no value. */
  readonly before: Earlier | null;
}

/** An earlier value: the event it stands in, and itself where it is an open one. */
export interface Earlier {
  readonly stands: number;
  readonly open?: Json;
  readonly unverified: boolean;
}

/** What a record holds, and how each of its values came to be what it is. */
export interface Values {
  readonly content: Content;
  /** Pointer -> its last change. */
  readonly changes: Readonly<Record<string, Change>>;
  /** Pointer -> the change that waits for a countersignature. */
  readonly uncountersigned: Readonly<Record<string, Uncountersigned>>;
}

/** What an event says of itself that its changes are told by. */
export type Act = Omit<Change, 'stands'>;

export const noValues: Values = {
  content: { open: {}, sealed: {}, unverified: [] },
  changes: {},
  uncountersigned: {},
};

/**
 * The values after an act that a second person stands behind, or that has none by nature.
 * @param stands revision of the event that the values stand in, where it is not the act's own
 */
export function arrived(
  { content, changes, uncountersigned }: Values,
  act: Act,
  added: Content,
  removed: readonly string[] = [],
  stands = act.revision,
): Values {
  const here: Change = { ...act, stands };
  const gone: Change = { ...act, stands: null };
  const touched = pointersOf(added);
  return {
    content: withContent(content, added, removed),
    changes: {
      ...changes,
      ...Object.fromEntries(removed.map((pointer) => [pointer, gone])),
      ...Object.fromEntries(touched.map((pointer) => [pointer, here])),
    },
    uncountersigned: without(uncountersigned, [...touched, ...removed]),
  };
}

/** The values after an update that took effect at once: each keeps what a refused countersignature restores. */
export function updated(
  before: Values,
  act: Act,
  added: Content,
  removed: readonly string[],
  dueAt: string,
): Values {
  const waits = [...pointersOf(added), ...removed].map((pointer): [string, Uncountersigned] => {
    const known = before.uncountersigned[pointer];
    const by = [...(known?.by ?? []), act.by];
    const earlier = known ? known.before : earlierOf(before, pointer);
    return [pointer, { revision: act.revision, by, dueAt, before: earlier }];
  });
  const after = arrived(before, act, added, removed);
  return { ...after, uncountersigned: { ...after.uncountersigned, ...Object.fromEntries(waits) } };
}

/** The values once somebody has countersigned these. */
export function countersigned(before: Values, pointers: readonly string[]): Values {
  return { ...before, uncountersigned: without(before.uncountersigned, pointers) };
}

/** The values once a countersignature of these was refused: what was there before stands again. */
export function reverted(
  before: Values,
  act: Act,
  pointers: readonly string[],
  subjectType: SubjectType,
): Values {
  return pointers.reduce((values, pointer) => {
    const earlier = before.uncountersigned[pointer]?.before ?? null;
    if (!earlier) return arrived(values, act, noValues.content, [pointer]);
    return arrived(values, act, asContent(subjectType, pointer, earlier), [], earlier.stands);
  }, before);
}

function asContent(subjectType: SubjectType, pointer: string, { open, unverified }: Earlier): Content {
  return {
    open: open === undefined ? {} : { [pointer]: open },
    sealed: open === undefined ? { [partOf(subjectType, pointer)]: [pointer] } : {},
    unverified: unverified ? [pointer] : [],
  };
}

function earlierOf({ content, changes }: Values, pointer: string): Earlier | null {
  const stands = changes[pointer]?.stands ?? null;
  if (stands === null) return null;
  const open = content.open[pointer];
  const unverified = content.unverified.includes(pointer);
  return { stands, unverified, ...(open === undefined ? {} : { open }) };
}

function without<T>(members: Readonly<Record<string, T>>, names: readonly string[]) {
  if (!names.some((name) => Object.hasOwn(members, name))) return members;
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}
