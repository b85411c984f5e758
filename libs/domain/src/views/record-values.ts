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
  /** Member of `acts`: the signature, or countersignature, under it. */
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

/** Changes that wait for a signature. */
export type ProposedValues = {
  /** Member of `acts`: the proposal. */
  readonly given: string;
  /** It can be signed before this instant. */
  readonly lapsesAt: string;
  readonly values: Readonly<Record<string, KeptValue>>;
  /** Pointers of values that it would take away. */
  readonly removed: readonly string[];
  /** As in the record's document, where a name is proposed. */
  readonly nameOrder?: string | null;
};

/** A change in force that nobody has countersigned: of a value, or by which it was taken away. */
export type WaitingValue = {
  /** Member of `acts`: the update. */
  readonly given: string;
  readonly dueAt: string;
  /** What a refusal restores; `null` where there was no value. */
  readonly before: KeptValue | null;
};

/** The part of a record's document that holds its values. Acts and boxes that no value needs any more are dropped. */
export type Values = {
  /** JSON pointer -> value. */
  readonly values: Readonly<Record<string, KeptValue>>;
  /** Proposal id -> what it would change; gone once it was decided on, or by the next one once it has lapsed. */
  readonly proposed: Readonly<Record<string, ProposedValues>>;
  /** JSON pointer -> what waits for a countersignature. */
  readonly waiting: Readonly<Record<string, WaitingValue>>;
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
  /** In force, but nobody has countersigned it; due then. */
  readonly countersignBy: string | null;
  readonly unverified: boolean;
}

type ContentEvent = Extract<
  Recorded<RecordEvent>,
  {
    type:
      | 'RecordCollected'
      | 'RecordSubmitted'
      | 'RecordResubmitted'
      | 'RecordFiled'
      | 'UpdateProposed'
      | 'RecordUpdated';
  }
>;

export interface Arrival {
  readonly subjectType: SubjectType;
  readonly channel: string | null;
  /** Pointers of values that leave the record. */
  readonly removed: readonly string[];
}

export const NO_VALUES: Values = { values: {}, proposed: {}, waiting: {}, acts: {}, boxes: {} };

/** Where the value behind a pointer came from; `null` where the record has none. */
export function provenanceOf({ values, waiting, acts }: Values, pointer: string): Provenance | null {
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
    countersignBy: waiting[pointer]?.dueAt ?? null,
    unverified: value.unverified ?? false,
  };
}

/** The values after an event that adds, replaces and removes some. */
export function withValues(before: Values, event: ContentEvent, arrival: Arrival, tools: FoldTools): Values {
  const added = addedBy(event, arrival, tools);
  const gone = [...arrival.removed, ...Object.keys(added.values)];
  return pruned({
    ...before,
    values: { ...without(before.values, arrival.removed), ...added.values },
    waiting: without(before.waiting, gone),
    acts: { ...before.acts, ...added.acts },
    boxes: { ...before.boxes, ...added.boxes },
  });
}

/** As `withValues`, for an update that waits for its countersignature: what was there before is kept. */
export function withUpdate(
  before: Values,
  event: Extract<ContentEvent, { type: 'RecordUpdated' }>,
  arrival: Arrival,
  tools: FoldTools,
): Values {
  const added = addedBy(event, arrival, tools);
  const given = String(event.revision);
  const waits = [...arrival.removed, ...Object.keys(added.values)].map((pointer): [string, WaitingValue] => {
    const known = before.waiting[pointer];
    const earlier = known ? known.before : (before.values[pointer] ?? null);
    return [pointer, { given, dueAt: event.data.countersignBy, before: earlier }];
  });
  return pruned({
    ...before,
    values: { ...without(before.values, arrival.removed), ...added.values },
    waiting: { ...before.waiting, ...Object.fromEntries(waits) },
    acts: { ...before.acts, ...added.acts },
    boxes: { ...before.boxes, ...added.boxes },
  });
}

/** The values of a proposal beside those in force: its boxes are there when it is signed. */
export function withProposal(
  before: Values,
  event: Extract<ContentEvent, { type: 'UpdateProposed' }>,
  arrival: Arrival,
  tools: FoldTools,
  name: Pick<ProposedValues, 'nameOrder'>,
): Values {
  const { proposalId, lapsesAt } = event.data;
  const { values, acts, boxes } = addedBy(event, arrival, tools);
  const { removed } = arrival;
  const proposal: ProposedValues = { given: String(event.revision), lapsesAt, values, removed, ...name };
  const open = Object.entries(before.proposed).filter(([, each]) => each.lapsesAt > event.recordedAt);
  return pruned({
    ...before,
    proposed: { ...Object.fromEntries(open), [proposalId]: proposal },
    acts: { ...before.acts, ...acts },
    boxes: { ...before.boxes, ...boxes },
  });
}

/** The accepted values of a proposal in force, with the signature under them. */
export function withSignature(
  before: Values,
  event: RecordedEvent,
  proposalId: string,
  accepted: readonly string[],
): Values {
  const proposal = before.proposed[proposalId];
  if (!proposal) throw new Error('a proposal was signed that the document does not know');
  const signed = String(event.revision);
  const values = { ...without(before.values, accepted) };
  for (const pointer of accepted) {
    const value = proposal.values[pointer];
    if (value) values[pointer] = { ...value, signed };
  }
  return withoutProposal(
    {
      ...before,
      values,
      waiting: without(before.waiting, accepted),
      acts: { ...before.acts, [signed]: keptAct(event, null) },
    },
    proposalId,
  );
}

/** The values once a proposal was decided against, withdrawn or superseded. */
export function withoutProposal(before: Values, proposalId: string): Values {
  return pruned({ ...before, proposed: without(before.proposed, [proposalId]) });
}

/** The values with a countersignature under some of them. */
export function withCountersignature(
  before: Values,
  event: RecordedEvent,
  pointers: readonly string[],
): Values {
  const signed = String(event.revision);
  const values = { ...before.values };
  for (const pointer of pointers) {
    const value = values[pointer];
    if (value) values[pointer] = { ...value, signed };
  }
  const acts = { ...before.acts, [signed]: keptAct(event, null) };
  return pruned({ ...before, values, acts, waiting: without(before.waiting, pointers) });
}

/** The values once a countersignature of some was refused: what was there before stands again, with its provenance. */
export function withReversal(before: Values, pointers: readonly string[]): Values {
  const values = { ...without(before.values, pointers) };
  for (const pointer of pointers) {
    const earlier = before.waiting[pointer]?.before;
    if (earlier) values[pointer] = earlier;
  }
  return pruned({ ...before, values, waiting: without(before.waiting, pointers) });
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
  return pruned({ ...before, values, acts: { ...before.acts, [reviewed]: keptAct(event, null) } });
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

/** What an event brings: its values, the act that they rest on, and the boxes that they stand in. */
function addedBy(
  event: ContentEvent,
  { subjectType, channel }: Arrival,
  tools: FoldTools,
): Pick<Values, 'values' | 'acts' | 'boxes'> {
  const given = String(event.revision);
  const values: Record<string, KeptValue> = {};
  const boxes: Record<string, KeptBox> = {};
  const add = (pointer: string, where: { value: Json } | { box: string }, readable: Json | undefined) => {
    const token = tokenOf(subjectType, pointer, readable, tools);
    const marks = event.data.unverified.includes(pointer) ? ({ unverified: true } as const) : {};
    values[pointer] = { ...where, given, ...marks, ...(token === undefined ? {} : { token }) };
  };
  for (const [pointer, value] of Object.entries(event.data.open)) add(pointer, { value }, value);
  for (const [part, pointers] of Object.entries(event.data.sealed)) {
    const box = keptBox(event as unknown as RecordedEvent, part);
    if (!box) throw new Error(`the event has no box for part ${part}`);
    boxes[`${given}/${part}`] = box;
    for (const pointer of pointers) add(pointer, { box: `${given}/${part}` }, tools.opened.get(pointer));
  }
  return { values, boxes, acts: { [given]: keptAct(event, channel) } };
}

function keptAct(
  event: Pick<RecordedEvent, 'actorId' | 'onBehalfOf' | 'recordedAt' | 'effectiveAt'>,
  channel: string | null,
): KeptAct {
  return { ...actOf(event), effectiveAt: event.effectiveAt, channel };
}

function pruned({ values, proposed, waiting, acts, boxes }: Values): Values {
  const pending = [...Object.values(proposed), ...Object.values(waiting)].map(({ given }) => given);
  const kept = [
    ...Object.values(values),
    ...Object.values(proposed).flatMap((each) => Object.values(each.values)),
    ...Object.values(waiting).flatMap(({ before }) => before ?? []),
  ];
  const neededBoxes = new Set(kept.map(({ box }) => box));
  const neededActs = new Set([
    ...pending,
    ...kept.flatMap(({ given, reviewed, signed }) => [given, reviewed, signed]),
  ]);
  return {
    ...{ values, proposed, waiting },
    ...{ acts: only(acts, neededActs), boxes: only(boxes, neededBoxes) },
  };
}

function without<T>(members: Readonly<Record<string, T>>, names: readonly string[]) {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
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
