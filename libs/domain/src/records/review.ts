import type { Decision, Refusal } from '#engine/decider.js';
import { grades } from '../schema/catalogues.js';
import { knownClass, urgencyAt, urgencyExplained, urgencyUntil, type ClassCodes } from './collect.js';
import { fieldNamed } from './content.js';
import type { RecordEvent } from './events.js';
import type { Classification, CustomerRecord, Party } from './record.js';
import { no } from './refusal-texts.js';
import {
  firstNo,
  holds,
  inState,
  knownCode,
  notHisOwnWork,
  reasonGiven,
  texts,
  type RecordContext,
  type Situation,
} from './rules.js';

interface Review {
  /** The round that the reviewer has before him; a later one must be looked at anew. */
  readonly round: number;
}

/** Accepts the record; confirms the proposed grade and class, or sets others. */
export interface ApproveRecord extends Review {
  readonly type: 'ApproveRecord';
  /** `null` confirms what was proposed. */
  readonly grade: string | null;
  readonly class: { readonly [C in keyof ClassCodes]: string | null };
  /** Required where the reviewer makes it urgent. */
  readonly urgencyReason: string | null;
  readonly note: string | null;
}

/** Sends the record back for rework. */
export interface ReturnRecord extends Review {
  readonly type: 'ReturnRecord';
  /** Pointer of a field -> what is wrong with it. */
  readonly comments: Readonly<Record<string, string>>;
  readonly note: string | null;
}

export interface RejectRecord extends Review {
  readonly type: 'RejectRecord';
  readonly reason: string;
}

export function approveRecord(
  command: ApproveRecord,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const { note, urgencyReason } = command;
  const grade = command.grade ?? state.grade;
  const chosen = {
    status: command.class.status ?? state.class.status,
    urgency: command.class.urgency ?? urgencyAt(state, context.now),
    kind: command.class.kind ?? state.class.kind,
  };
  const madeUrgent = chosen.urgency !== urgencyAt(state, context.now);
  const barred =
    mayReview(state, context) ??
    roundUnderReview(command, state) ??
    knownCode('grades', grades, grade) ??
    knownClass(chosen) ??
    (madeUrgent ? urgencyExplained({ ...chosen, urgencyReason }) : null);
  if (barred) return barred;
  const until = madeUrgent ? urgencyUntil(chosen.urgency, context.now, context.policy) : endOf(state, chosen);
  const approved: Classification = { ...chosen, urgencyUntil: until };
  const changed = (['status', 'urgency', 'kind'] as const).filter(
    (key) => approved[key] !== state.class[key],
  );
  return [
    {
      type: 'RecordApproved',
      data: {
        round: command.round,
        grade,
        class: approved,
        changed: grade === state.grade ? changed : ['grade', ...changed],
      },
      ...texts({ note, urgencyReason: madeUrgent ? urgencyReason : null }),
    },
  ];
}

export function returnRecord(
  command: ReturnRecord,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const fields = Object.keys(command.comments);
  const barred =
    mayReview(state, context) ?? roundUnderReview(command, state) ?? everyFieldExplained(command, state);
  if (barred) return barred;
  const comments = Object.fromEntries(
    Object.entries(command.comments).map(([pointer, comment]) => [`comments${pointer}`, comment]),
  );
  return [
    {
      type: 'RecordReturned',
      data: { round: command.round, fields },
      ...texts({ ...comments, note: command.note }),
    },
  ];
}

export function rejectRecord(
  command: RejectRecord,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const barred = mayReview(state, context) ?? roundUnderReview(command, state) ?? reasonGiven(command.reason);
  if (barred) return barred;
  return [{ type: 'RecordRejected', data: { round: command.round }, ...texts({ reason: command.reason }) }];
}

export function mayReview(state: CustomerRecord, situation: Situation): Refusal | null {
  return (
    inState(state, ['submitted']) ??
    notHisOwnWork(authorsOf(state), situation) ??
    executiveStandsIn(state, situation)
  );
}

/** The executive reviews only where a manager collected or mended the record. */
export function executiveStandsIn(state: CustomerRecord, situation: Situation): Refusal | null {
  if (holds('manager', situation)) return null;
  const byManager = authorsOf(state).some((author) => author.roles.includes('manager'));
  return byManager ? null : no('review.executive-stands-in-only');
}

/** A review is of the round that the reviewer saw. */
export function roundUnderReview({ round }: Review, state: CustomerRecord): Refusal | null {
  const current = state.rounds.length;
  return round === current ? null : no('review.round-stale', { round, current });
}

/** A return says what is wrong, field by field. */
export function everyFieldExplained({ comments }: ReturnRecord, state: CustomerRecord): Refusal | null {
  const entries = Object.entries(comments);
  if (entries.length === 0 || entries.some(([, comment]) => comment.trim() === '')) {
    return no('review.comments-required');
  }
  return firstNo(entries.map(([pointer]) => fieldNamed(state, pointer)));
}

/** Whoever brought the record to any of its rounds. */
export function authorsOf(state: CustomerRecord): Party[] {
  return [state.collectedBy, ...state.rounds.map((round) => round.submittedBy)];
}

function endOf(state: CustomerRecord, { urgency }: ClassCodes): string | null {
  return urgency === state.class.urgency ? state.class.urgencyUntil : null;
}
