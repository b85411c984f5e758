import type { Decision, Refusal } from '#engine/decider.js';
import { contentOf, lackingAfter } from './content.js';
import type { RecordEvent } from './events.js';
import { unchangedSince } from './proposal.js';
import { notRestricted } from './propose.js';
import type { CustomerRecord } from './record.js';
import { no } from './refusal-texts.js';
import {
  firstNo,
  inState,
  notHisOwnWork,
  reasonGiven,
  texts,
  type RecordContext,
  type Situation,
} from './rules.js';
import { answersForTheRecord } from './sign.js';
import { reverted } from './values.js';

/** A second person looks at what took effect at once: it stays, or what was there before stands again. */
export interface CountersignUpdate {
  readonly type: 'CountersignUpdate';
  readonly decision: 'accept' | 'refuse';
  /** `null`: all that waits and is not his own work. */
  readonly pointers: readonly string[] | null;
  /** Revision of the record that he had before him; `null` where he does not say. */
  readonly seenRevision: number | null;
  readonly reason: string | null;
}

export function countersignUpdate(
  command: CountersignUpdate,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const { decision, reason, seenRevision } = command;
  const barred = mayCountersign(state, context);
  if (barred) return barred;
  const pointers = [...new Set(command.pointers ?? othersWork(state, context))];
  const wrong =
    (decision === 'refuse' ? reasonGiven(reason) : null) ??
    (pointers.length > 0 ? null : no('countersignature.nothing-waits')) ??
    firstNo(pointers.map((pointer) => waits(pointer, state))) ??
    firstNo(pointers.map((pointer) => notHisOwnWork(state.uncountersigned[pointer]?.by ?? [], context))) ??
    (seenRevision === null ? null : unchangedSince(state, pointers, seenRevision));
  if (wrong) return wrong;
  const updates = Object.fromEntries(
    pointers.map((pointer) => [pointer, state.uncountersigned[pointer]?.revision ?? 0]),
  );
  const said = texts({ reason });
  if (decision === 'accept') return [{ type: 'UpdateCountersigned', data: { updates }, ...said }];
  const restored = Object.fromEntries(
    pointers.map((pointer) => [pointer, state.uncountersigned[pointer]?.before?.stands ?? null]),
  );
  return (
    leavesItWhole(state, pointers, context) ?? [
      { type: 'UpdateReverted', data: { updates, restored }, ...said },
    ]
  );
}

/** Something waits that a second person, the record's custodian or a manager, has not changed himself. */
export function mayCountersign(state: CustomerRecord, situation: Situation): Refusal | null {
  const barred =
    inState(state, ['approved', 'filed']) ??
    notRestricted(state, situation) ??
    answersForTheRecord(state, situation);
  if (barred) return barred;
  if (othersWork(state, situation).length > 0) return null;
  return Object.keys(state.uncountersigned).length > 0
    ? no('staff.own-work')
    : no('countersignature.nothing-waits');
}

function othersWork({ uncountersigned }: CustomerRecord, situation: Situation): string[] {
  return Object.entries(uncountersigned)
    .filter(([, { by }]) => notHisOwnWork(by, situation) === null)
    .map(([pointer]) => pointer);
}

function waits(pointer: string, { uncountersigned }: CustomerRecord): Refusal | null {
  return Object.hasOwn(uncountersigned, pointer) ? null : no('countersignature.not-waiting', { pointer });
}

/** What was built on the change since may not be left incomplete by its end. */
function leavesItWhole(
  state: CustomerRecord,
  pointers: readonly string[],
  { now, actor, onBehalfOf }: RecordContext,
): Refusal | null {
  const by = { id: actor.id, onBehalfOf, roles: actor.roles };
  const act = { revision: state.revision + 1, type: 'UpdateReverted', by, at: now };
  const { content } = reverted(state, act, pointers, state.subjectType);
  const removed = pointers.filter((pointer) => state.uncountersigned[pointer]?.before === null);
  const added = contentOf(content, (pointer) => pointers.includes(pointer));
  return lackingAfter(state.content, { added, removed }, state);
}
