import type { Recorded, RecordedEvent } from '#engine/event.js';
import type { Json } from '#engine/json.js';
import type { FoldTools } from '#engine/views/view.js';
import { matchKeyOf } from '../matching/match-keys.js';
import type { RecordEvent } from '../records/events.js';
import { fieldAt, type SubjectType } from '../schema/fields.js';
import { actOf, type Act } from './act.js';
import { keptBox, type KeptBox } from './placed-box.js';

/** One value of a record with where it came from. Either `value` stands in clear or `box` says where it is sealed. */
export type RecordValue = {
  /** The value itself, open level only; `null` where it is sealed. */
  readonly value: Json;
  /** Member of `boxes` that holds it; `null` where it stands in clear. */
  readonly box: string | null;
  /** Who brought it in, and when it was recorded. */
  readonly given: Act;
  /** Business time: since when it is so. */
  readonly effectiveAt: string;
  /** Source channel code that the customer's data came by; `null` where a member of staff set it by an act. */
  readonly channel: string | null;
  /** Revision, in the record's stream, of the event that brought it. */
  readonly event: number;
  readonly reviewed: Act | null;
  readonly signed: Act | null;
  /** Kept as given: it could not be brought into its standard form. */
  readonly unverified: boolean;
  /** Blind index token that it is found by; `null` where it is not searchable. */
  readonly token: string | null;
};

/** The part of a record's document that holds its values. */
export type Values = {
  /** JSON pointer -> value. */
  readonly values: Readonly<Record<string, RecordValue>>;
  /** `<revision>/<part>` -> box; only those in which a value still stands. */
  readonly boxes: Readonly<Record<string, KeptBox>>;
};

type ContentEvent = Extract<
  Recorded<RecordEvent>,
  { type: 'RecordCollected' | 'RecordSubmitted' | 'RecordResubmitted' | 'RecordFiled' }
>;

export interface Arrival {
  readonly subjectType: SubjectType;
  readonly channel: string | null;
  readonly removed: readonly string[];
}

/** The values after an event that adds, replaces and removes some. */
export function withValues(
  { values, boxes }: Values,
  event: ContentEvent,
  { subjectType, channel, removed }: Arrival,
  tools: FoldTools,
): Values {
  const unverified = new Set(event.data.unverified);
  const arrived = (pointer: string, value: Json, box: string | null, readable: Json | undefined) => ({
    [pointer]: {
      ...{ value, box, given: actOf(event), effectiveAt: event.effectiveAt, channel },
      ...{ event: event.revision, reviewed: null, signed: null, unverified: unverified.has(pointer) },
      token: tokenOf(subjectType, pointer, readable, tools),
    },
  });
  const open = Object.entries(event.data.open).map(([pointer, value]) =>
    arrived(pointer, value, null, value),
  );
  const sealed = Object.entries(event.data.sealed).flatMap(([part, pointers]) =>
    pointers.map((pointer) => arrived(pointer, null, `${event.revision}/${part}`, tools.opened.get(pointer))),
  );
  const stays = Object.entries(values).filter(([pointer]) => !removed.includes(pointer));
  const now: Record<string, RecordValue> = Object.assign(Object.fromEntries(stays), ...open, ...sealed);
  const fresh = Object.keys(event.data.sealed).flatMap((part) => {
    const box = keptBox(event as unknown as RecordedEvent, part);
    return box ? [[`${event.revision}/${part}`, box] as const] : [];
  });
  return { values: now, boxes: stillNeeded({ ...boxes, ...Object.fromEntries(fresh) }, now) };
}

/** All values as seen and accepted by a reviewer. */
export function reviewedBy(values: Values['values'], act: Act): Values['values'] {
  return Object.fromEntries(
    Object.entries(values).map(([pointer, value]) => [pointer, { ...value, reviewed: act }]),
  );
}

/** The distinct tokens of all values, sorted. */
export function tokensOf(values: Values['values']): string[] {
  const tokens = Object.values(values).flatMap(({ token }) => (token === null ? [] : [token]));
  return [...new Set(tokens)].sort();
}

/** Sealed pointers that a search needs to see: searchable ones, whichever the subject is. */
export function searchablePointers(sealed: Json | undefined): string[] {
  const parts = Object.values((sealed ?? {}) as Record<string, readonly string[]>);
  return parts
    .flat()
    .filter((pointer) =>
      (['company', 'person'] as const).some((subject) => fieldAt(subject, pointer)?.searchable),
    );
}

function stillNeeded(boxes: Values['boxes'], values: Values['values']): Values['boxes'] {
  const needed = new Set(Object.values(values).map(({ box }) => box));
  return Object.fromEntries(Object.entries(boxes).filter(([key]) => needed.has(key)));
}

function tokenOf(
  subject: SubjectType,
  pointer: string,
  value: Json | undefined,
  { token }: FoldTools,
): string | null {
  const text = typeof value === 'string' ? matchKeyOf(subject, pointer, value) : undefined;
  return text === undefined ? null : token(text);
}
