import type { View } from '#engine/views/view.js';
import type { LoanState } from '../records/borrow.js';
import type { DataOf } from '../records/events.js';
import type { Loan } from '../records/record.js';
import { actOf, type Act } from './act.js';
import { asRecordEvent, namedBy, recordIdOf } from './record-events.js';

/** One loan, asked for by one person, of one record: granted or not. No values, so it outlives the record. */
export type BorrowingRow = {
  readonly record: string;
  readonly borrower: string;
  /** In whose name he asked, under a delegation. */
  readonly onBehalfOf: string | null;
  readonly kind: Loan['kind'];
  readonly purpose: string;
  /** What he asked to read: whole levels, and single fields by pointer. */
  readonly levels: readonly string[];
  readonly pointers: readonly string[];
  /** Duration asked for, in days. */
  readonly days: number;
  /** The batch that it was asked for in, and how many records that named. */
  readonly batch: DataOf<'LoanRequested'>['batch'];
  /** As last recorded; that a granted loan has expired follows from the time alone (`loanStateAt`). */
  readonly state: Loan['recorded'];
  readonly requestedAt: string;
  readonly from: string | null;
  /** The loan is active before this instant: its end, or when it was revoked. */
  readonly until: string | null;
  /** The last eligibility report: every rule, passed or failed. At the decision, else at the request. */
  readonly report: DataOf<'LoanGranted'>['report'];
  /** Names of the rules that a refusal names. */
  readonly failed: readonly string[];
  /** A manager agreed; `waived` names the rules that he waived. */
  readonly endorsed: (Act & { readonly waived: readonly string[] }) | null;
  /** Who granted or refused; of a refusal by the engine, the borrower's own request. */
  readonly decided: Act | null;
  readonly refusedBy: 'engine' | 'custodian' | null;
  readonly withdrawn: Act | null;
  readonly revoked: Act | null;
};

const TYPES: ReadonlySet<string> = new Set([
  'LoanRequested',
  'LoanRequestWithdrawn',
  'LoanEndorsed',
  'LoanGranted',
  'LoanRefused',
  'LoanRevoked',
]);

/**
 * Who borrows or has borrowed what, and what became of each request?
 *
 * Newest first is `requestedAt desc`. Serves `GET /v1/loans` (by `state`), `GET /v1/records/{id}/loans` (`record`),
 * `GET /v1/staff/{id}/loans` (`borrower`), a custodian's open requests (`state eq requested`) and the count of a
 * borrower's active loans (`loansIn`).
 */
export const borrowingRegisterView: View<BorrowingRow> = {
  name: 'borrowingRegister',
  version: 1,
  indexes: [
    { name: 'newest', fields: ['requestedAt'] },
    { name: 'byRecord', fields: ['record', 'requestedAt'] },
    { name: 'byBorrower', fields: ['borrower', 'requestedAt'] },
    { name: 'byState', fields: ['state', 'requestedAt'] },
    { name: 'openOf', fields: ['borrower', 'state', 'until'] },
  ],
  begins: ['LoanRequested'],
  keys: (event) => namedBy(event, TYPES, 'loanId'),
  evolve(row, recorded) {
    const event = asRecordEvent(recorded);
    if (row === null) {
      if (event.type !== 'LoanRequested') throw new Error(`a loan does not begin with ${event.type}`);
      const { kind, purpose, fields, days, batch, report } = event.data;
      return {
        record: recordIdOf(recorded)!,
        borrower: event.actorId,
        onBehalfOf: event.onBehalfOf,
        ...{ kind, purpose, levels: fields.levels, pointers: fields.pointers, days, batch },
        ...{ state: 'requested', requestedAt: event.recordedAt, from: null, until: null, report, failed: [] },
        ...{ endorsed: null, decided: null, refusedBy: null, withdrawn: null, revoked: null },
      };
    }
    const act = actOf(event);
    switch (event.type) {
      case 'LoanRequestWithdrawn':
        return { ...row, state: 'withdrawn', withdrawn: act };
      case 'LoanEndorsed':
        return { ...row, endorsed: { ...act, waived: event.data.waived } };
      case 'LoanGranted': {
        const { from, until, report } = event.data;
        return { ...row, state: 'granted', from, until, report, decided: act };
      }
      case 'LoanRefused': {
        const { by, failed, report } = event.data;
        return {
          ...row,
          state: 'refused',
          failed,
          report: report ?? row.report,
          decided: act,
          refusedBy: by,
        };
      }
      case 'LoanRevoked':
        return { ...row, state: 'revoked', until: event.recordedAt, revoked: act };
      default:
        return row;
    }
  },
};

/** Where a loan is at an instant, as the record itself says it. A consult ends by itself, to the second. */
export function loanStateAt({ state, until }: Pick<BorrowingRow, 'state' | 'until'>, now: string): LoanState {
  if (state !== 'granted') return state;
  return until !== null && now < until ? 'active' : 'expired';
}

/**
 * The filter of loans in one state at an instant, and of one borrower or record beside it: expiry has no event, so
 * `active` and `expired` are told apart by `until`.
 */
export function loansIn(state: LoanState, now: string) {
  if (state === 'active') return { state: { eq: 'granted' }, until: { gt: now } } as const;
  if (state === 'expired') return { state: { eq: 'granted' }, until: { lte: now } } as const;
  return { state: { eq: state } } as const;
}
