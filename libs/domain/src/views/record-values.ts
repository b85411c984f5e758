import type { Recorded, RecordedEvent } from '#engine/event.js';
import type { Json } from '#engine/json.js';
import type { FoldTools } from '#engine/views/view.js';
import { matchKeyOf } from '../matching/match-keys.js';
import type { RecordEvent } from '../records/events.js';
import { fieldAt, type SubjectType } from '../schema/fields.js';
import { actOf, type Act } from './act.js';
import { keptBox, type KeptBox } from './placed-box.js';

/** One value of a record as its document keeps it; `provenanceOf` spells out where it came from. */
export type KeptValue = {
  /** The value itself, open level only. */
  readonly value?: Json;
  /** Member of `boxes` that a sealed value stands in. */
  readonly box?: string;
  /** Member of `acts`: the event that brought it. */
  readonly given: string;
  /** Member of `acts`: the approval that covered it. */
  readonly reviewed?: string;
  /** Member of `acts`: the signature under it. */
  readonly signed?: string;
  /** Kept as given: it could not be brought into its standard form. */
  readonly unverified?: true;
  /** Blind index token that it is found by. */
  readonly token?: string;
};

/** An event that values of a record rest on. */
export type KeptAct = Act & {
  /** Business time: since when it is so. */
  readonly effectiveAt: string;
  /** Source channel code that the customer's data came by; `null` where a member of staff stated it by the act. */
  readonly channel: string | null;
};

/** The part of a record's document that holds its values. Acts and boxes that no value needs any more are dropped. */
export type Values = {
  /** JSON pointer -> value. */
  readonly values: Readonly<Record<string, KeptValue>>;
  /** Revision in the record's stream -> what happened there. */
  readonly acts: Readonly<Record<string, KeptAct>>;
  /** `<revision>/<part>` -> box, unchanged from the event. */
  readonly boxes: Readonly<Record<string, KeptBox>>;
};

/** Where a value came from, and who stands for it. */
export interface Provenance {
  readonly by: string;
  readonly onBehalfOf: string | null;
  /** When it was recorded. */
  readonly at: string;
  readonly effectiveAt: string;
  readonly channel: string | null;
  /** Revision, in the record's stream, of the event that brought it. */
  readonly event: number;
  readonly reviewed: Act | null;
  readonly signed: Act | null;
  readonly unverified: boolean;
}

type ContentEvent = Extract<
  Recorded<RecordEvent>,
  { type: 'RecordCollected' | 'RecordSubmitted' | 'RecordResubmitted' | 'RecordFiled' }
>;

export interface Arrival {
  readonly subjectType: SubjectType;
  readonly channel: string | null;
  /** Pointers of values that leave the record. */
  readonly removed: readonly string[];
}

export const NO_VALUES: Values = { values: {}, acts: {}, boxes: {} };

/** Where the value behind a pointer came from; `null` where the record has none. */
export function provenanceOf({ values, acts }: Values, pointer: string): Provenance | null {
  const value = Object.hasOwn(values, pointer) ? values[pointer] : undefined;
  const given = value && acts[value.given];
  if (!given) return null;
  const act = (revision: string | undefined): Act | null => {
    const found = revision === undefined ? undefined : acts[revision];
    return found ? { by: found.by, onBehalfOf: found.onBehalfOf, at: found.at } : null;
  };
  return {
    ...given,
    event: Number(value.given),
    reviewed: act(value.reviewed),
    signed: act(value.signed),
    unverified: value.unverified ?? false,
  };
}

/** The values after an event that adds, replaces and removes some. */
export function withValues(before: Values, event: ContentEvent, arrival: Arrival, tools: FoldTools): Values {
  const { subjectType, channel, removed } = arrival;
  const given = String(event.revision);
  const values: Record<string, KeptValue> = Object.fromEntries(
    Object.entries(before.values).filter(([pointer]) => !removed.includes(pointer)),
  );
  const add = (pointer: string, where: { value: Json } | { box: string }, readable: Json | undefined) => {
    const token = tokenOf(subjectType, pointer, readable, tools);
    const marks = event.data.unverified.includes(pointer) ? ({ unverified: true } as const) : {};
    values[pointer] = { ...where, given, ...marks, ...(token === undefined ? {} : { token }) };
  };
  for (const [pointer, value] of Object.entries(event.data.open)) add(pointer, { value }, value);
  const boxes: Record<string, KeptBox> = { ...before.boxes };
  for (const [part, pointers] of Object.entries(event.data.sealed)) {
    const box = keptBox(event as unknown as RecordedEvent, part);
    if (!box) throw new Error(`the event has no box for part ${part}`);
    boxes[`${given}/${part}`] = box;
    for (const pointer of pointers) add(pointer, { box: `${given}/${part}` }, tools.opened.get(pointer));
  }
  const act: KeptAct = { ...actOf(event), effectiveAt: event.effectiveAt, channel };
  return pruned({ values, acts: { ...before.acts, [given]: act }, boxes });
}

/** All values as seen and accepted by a reviewer; what he states himself comes in the place of what stood there. */
export function withReview(
  before: Values,
  event: RecordedEvent,
  stated: Readonly<Record<string, Json>>,
): Values {
  const reviewed = String(event.revision);
  const values: Record<string, KeptValue> = {};
  for (const [pointer, value] of Object.entries(before.values)) values[pointer] = { ...value, reviewed };
  for (const [pointer, value] of Object.entries(stated)) {
    if (values[pointer]?.value !== value) values[pointer] = { value, given: reviewed, reviewed };
  }
  const act: KeptAct = { ...actOf(event), effectiveAt: event.effectiveAt, channel: null };
  return pruned({ values, acts: { ...before.acts, [reviewed]: act }, boxes: before.boxes });
}

/** The distinct tokens of all values, sorted. */
export function tokensOf(values: Values['values']): string[] {
  const tokens = Object.values(values).flatMap(({ token }) => (token === undefined ? [] : [token]));
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

function pruned({ values, acts, boxes }: Values): Values {
  const kept = Object.values(values);
  const neededBoxes = new Set(kept.map(({ box }) => box));
  const neededActs = new Set(kept.flatMap(({ given, reviewed, signed }) => [given, reviewed, signed]));
  return { values, acts: only(acts, neededActs), boxes: only(boxes, neededBoxes) };
}

function only<T>(members: Readonly<Record<string, T>>, wanted: ReadonlySet<string | undefined>) {
  return Object.fromEntries(Object.entries(members).filter(([name]) => wanted.has(name)));
}

function tokenOf(
  subject: SubjectType,
  pointer: string,
  value: Json | undefined,
  { token }: FoldTools,
): string | undefined {
  const text = typeof value === 'string' ? matchKeyOf(subject, pointer, value) : undefined;
  return text === undefined ? undefined : token(text);
}
