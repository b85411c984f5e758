import type { RecordedEvent } from '#engine/event.js';
import { GONE, type View } from '#engine/views/view.js';
import { addWorkingDays, addWorkingHours, workingCalendar } from '../calendar.js';
import { urgencyAt } from '../records/collect.js';
import { defaultRecordPolicy } from '../records/policies.js';
import type { Classification } from '../records/record.js';
import { asRecordEvent, recordIdOf } from './record-events.js';

/** The next step that a record needs; `null` where nothing waits (rejected, withdrawn, allocated and filed). */
export type WaitsFor = 'submission' | 'review' | 'rework' | 'filing' | 'allocation' | null;

/** Where a record is on its way into the archive, and how soon somebody must act. */
export type ReviewQueueRow = {
  readonly waitsFor: WaitsFor;
  /** Since when it waits for this step. */
  readonly since: string;
  /** Submission of the present round; `null` for a draft. */
  readonly submittedAt: string | null;
  /** 0 for a draft. */
  readonly round: number;
  readonly collector: string;
  /** Staff who brought it to any round, in whose name too: none of them reviews it. */
  readonly authors: readonly string[];
  /** A manager is among them: the executive may review it. */
  readonly byManager: boolean;
  readonly urgency: string;
  readonly urgencyUntil: string | null;
  readonly kind: string;
  readonly grade: string;
  /** When the review must be done, by the working calendar and the urgency at the submission. */
  readonly dueAt: string | null;
  readonly approvedAt: string | null;
  /** Set by an allocation or the filing. */
  readonly custodian: string | null;
  readonly owner: string | null;
  /** Sort members, lower first: 0 urgent, 1 deferrable, 2 can wait, as at the submission. */
  readonly urgencyRank: number;
  /** 0 key customer, 1 any other. */
  readonly keyRank: number;
  /** 0 second round or later, 1 first. */
  readonly roundRank: number;
};

const TYPES: ReadonlySet<string> = new Set([
  'RecordCollected',
  'RecordSubmitted',
  'RecordResubmitted',
  'RecordWithdrawn',
  'RecordApproved',
  'RecordReturned',
  'RecordRejected',
  'RecordFiled',
  'RecordAllocated',
  'RecordDestructionBegun',
]);

const RANKS = ['urgent', 'deferrable', 'can-wait'];

/**
 * Which records wait, for which step, and in which order are they to be reviewed?
 *
 * Serves `GET /v1/reviews` by two queries, one after the other, both with `waitsFor eq review` (`reviewOrder` sorts the
 * same way and says why):
 * 1. overdue: `dueAt lte now`, sorted by `dueAt`;
 * 2. the rest: `dueAt gt now`, sorted by `urgencyRank`, `keyRank`, `roundRank`, `submittedAt`.
 *
 * Serves `GET /v1/tasks`: `waitsFor eq rework` (or `submission`) of a `collector`, `waitsFor eq filing` and
 * `waitsFor eq allocation`, each sorted by `since`. A list for one person leaves out rows whose `authors` name him.
 */
export const reviewQueueView: View<ReviewQueueRow> = {
  name: 'reviewQueue',
  version: 1,
  indexes: [
    { name: 'byStep', fields: ['waitsFor', 'since'] },
    { name: 'byStepOfCollector', fields: ['collector', 'waitsFor', 'since'] },
    { name: 'byDue', fields: ['waitsFor', 'dueAt'] },
    { name: 'byOrder', fields: ['waitsFor', 'urgencyRank', 'keyRank', 'roundRank', 'submittedAt'] },
  ],
  begins: ['RecordCollected'],
  keys(event) {
    const id = recordIdOf(event);
    return id !== null && TYPES.has(event.type) ? [id] : [];
  },
  evolve: (row, event) => (row === null ? collected(event) : moved(row, event)),
};

function collected(recorded: RecordedEvent): ReviewQueueRow {
  const event = asRecordEvent(recorded);
  if (event.type !== 'RecordCollected') throw new Error(`a record does not begin with ${event.type}`);
  const { state, proposed } = event.data;
  const draft: ReviewQueueRow = {
    ...{ waitsFor: 'submission', since: event.recordedAt, submittedAt: null, round: 0 },
    ...{ collector: event.actorId, authors: [], byManager: false },
    ...classified(proposed.class),
    grade: proposed.grade,
    ...{ dueAt: null, approvedAt: null, custodian: null, owner: null },
    ...{ urgencyRank: RANKS.length - 1, roundRank: 1 },
  };
  const brought = withAuthor(draft, recorded);
  return state === 'submitted' ? submitted(brought, recorded, 1) : brought;
}

function moved(row: ReviewQueueRow, recorded: RecordedEvent): ReviewQueueRow | typeof GONE {
  const event = asRecordEvent(recorded);
  const since = event.recordedAt;
  switch (event.type) {
    case 'RecordSubmitted':
    case 'RecordResubmitted':
      return submitted(withAuthor(row, recorded), recorded, event.data.round);
    case 'RecordReturned':
      return { ...row, waitsFor: 'rework', since, dueAt: null };
    case 'RecordApproved': {
      const { grade, class: to } = event.data;
      return { ...row, ...classified(to), grade, waitsFor: 'filing', since, dueAt: null, approvedAt: since };
    }
    case 'RecordFiled': {
      const waitsFor = row.owner === null ? 'allocation' : null;
      return { ...row, waitsFor, since, custodian: event.data.custodian };
    }
    case 'RecordAllocated': {
      const { owner, custodian } = event.data;
      const settled = row.waitsFor === 'allocation' ? ({ waitsFor: null, since } as const) : {};
      return { ...row, ...settled, owner, custodian };
    }
    case 'RecordRejected':
    case 'RecordWithdrawn':
      return { ...row, waitsFor: null, since, dueAt: null };
    case 'RecordDestructionBegun':
      return GONE;
    default:
      return row;
  }
}

/** An urgency that ends while the record waits changes neither its place nor when it is due. */
function submitted(row: ReviewQueueRow, { recordedAt }: RecordedEvent, round: number): ReviewQueueRow {
  const { urgency, urgencyUntil, kind } = row;
  const level = urgencyAt({ class: { status: '', urgency, urgencyUntil, kind } }, recordedAt);
  return {
    ...row,
    ...{ waitsFor: 'review', since: recordedAt, submittedAt: recordedAt, round },
    dueAt: reviewDueAt(level, recordedAt),
    urgencyRank: Math.max(RANKS.indexOf(level), 0),
    roundRank: round > 1 ? 0 : 1,
  };
}

/** When a review is due, by the default policy and working calendar. */
function reviewDueAt(urgency: string, submittedAt: string): string {
  const due = defaultRecordPolicy.reviewDue[urgency];
  if (!due) throw new Error('the policy does not know this urgency');
  return 'workingHours' in due
    ? addWorkingHours(submittedAt, due.workingHours, workingCalendar)
    : addWorkingDays(submittedAt, due.workingDays, workingCalendar);
}

function classified({ urgency, urgencyUntil, kind }: Classification) {
  return { urgency, urgencyUntil, kind, keyRank: kind === 'key' ? 0 : 1 };
}

function withAuthor(row: ReviewQueueRow, event: RecordedEvent): ReviewQueueRow {
  const persons = event.onBehalfOf === null ? [event.actorId] : [event.actorId, event.onBehalfOf];
  return {
    ...row,
    authors: [...new Set([...row.authors, ...persons])],
    byManager: row.byManager || event.actorRoles.includes('manager'),
  };
}
