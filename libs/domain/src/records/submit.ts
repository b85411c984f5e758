import { isRefusal, type Decision, type Refusal } from '#engine/decider.js';
import type { JsonObject } from '#engine/json.js';
import { daysLate, firstContact, notInFuture, sensitiveConsented } from './collect.js';
import { changedContent, mergeSealed, withContent } from './content.js';
import type { RecordEvent } from './events.js';
import type { CustomerRecord } from './record.js';
import { no } from './refusal-texts.js';
import { asParty, inState, samePerson, texts, type RecordContext, type Situation } from './rules.js';

/** Sends a draft to its first review, with last changes if any. */
export interface SubmitRecord {
  readonly type: 'SubmitRecord';
  /** Member -> new value, `null` to take it away; as in `changedContent`. */
  readonly changes: JsonObject;
}

/** Sends a returned record to its next round, mended. */
export interface ResubmitRecord {
  readonly type: 'ResubmitRecord';
  /** As in `SubmitRecord`. */
  readonly changes: JsonObject;
  readonly note: string | null;
}

/** The collector takes back a record that is not approved. */
export interface WithdrawRecord {
  readonly type: 'WithdrawRecord';
  readonly reason: string | null;
}

export function submitRecord(
  command: SubmitRecord,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const barred = maySubmit(state, context);
  if (barred) return barred;
  const mended = mend(state, command.changes, context);
  if (isRefusal(mended)) return mended;
  return [{ type: 'RecordSubmitted', data: { ...mended.data, round: 1 }, sealed: mended.sealed }];
}

export function resubmitRecord(
  command: ResubmitRecord,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const barred = mayResubmit(state);
  if (barred) return barred;
  const mended = mend(state, command.changes, context);
  if (isRefusal(mended)) return mended;
  const note = texts({ note: command.note });
  return [
    {
      type: 'RecordResubmitted',
      data: { ...mended.data, round: state.rounds.length + 1 },
      sealed: mergeSealed(mended.sealed, 'sealed' in note ? note.sealed : {}),
    },
  ];
}

export function withdrawRecord(
  command: WithdrawRecord,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const barred = mayWithdraw(state, context);
  if (barred) return barred;
  return [{ type: 'RecordWithdrawn', data: {}, ...texts({ reason: command.reason }) }];
}

export function maySubmit(state: CustomerRecord, situation: Situation): Refusal | null {
  return inState(state, ['draft']) ?? byTheCollector(state, situation);
}

/** Any collector may mend what was returned: the one who brought it may have left. */
export function mayResubmit(state: CustomerRecord): Refusal | null {
  return inState(state, ['returned']);
}

export function mayWithdraw(state: CustomerRecord, situation: Situation): Refusal | null {
  return inState(state, ['draft', 'submitted', 'returned']) ?? byTheCollector(state, situation);
}

/** Only he who collected a record submits it or takes it back. */
export function byTheCollector(state: CustomerRecord, situation: Situation): Refusal | null {
  return samePerson(state.collectedBy, asParty(situation)) ? null : no('record.not-the-collector');
}

/** What a submission adds to the record, mended. */
function mend(state: CustomerRecord, changes: JsonObject, context: RecordContext) {
  const { subjectType, historic } = state;
  const region = state.content.open['/region'];
  const content = changedContent(state.content, changes, {
    ...{ subjectType, historic, mint: context.mint },
    settled: { subjectType, cooperationStatus: state.class.status },
    ...(typeof region === 'string' ? { region } : {}),
  });
  if (isRefusal(content)) return content;
  const firstContactOn = firstContact(withContent(state.content, content.clear, content.removed));
  const wrong =
    notInFuture(firstContactOn, context) ??
    sensitiveConsented(Object.keys(content.clear.sealed), state.separateConsents);
  if (wrong) return wrong;
  const lateDays = historic ? null : daysLate(firstContactOn, state.collectedAt, context.policy);
  return {
    data: { ...content.clear, removed: content.removed, firstContactOn, lateDays },
    sealed: content.sealed,
  };
}
