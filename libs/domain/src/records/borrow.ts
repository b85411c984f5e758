import type { Decision, Refusal } from '#engine/decider.js';
import { addDays } from '../calendar.js';
import { purposes } from '../schema/catalogues.js';
import { fieldNamed } from './content.js';
import { eligibilityReport, failedRules, waivableRules, type BorrowerFacts } from './eligibility.js';
import type { RecordEvent } from './events.js';
import type { CustomerRecord, Loan } from './record.js';
import { no } from './refusal-texts.js';
import {
  asParty,
  firstNo,
  holds,
  knownCode,
  notHisOwnWork,
  personsOf,
  reasonGiven,
  samePerson,
  texts,
  type RecordContext,
  type Situation,
} from './rules.js';

/** Asks to read a file on screen. */
export interface RequestLoan {
  readonly type: 'RequestLoan';
  readonly kind: 'consult';
  readonly purpose: string;
  /** Levels as a whole and single fields by pointer (a list's pointer stands for all its items). */
  readonly fields: { readonly levels: readonly string[]; readonly pointers: readonly string[] };
  /** From the grant on. */
  readonly days: number;
  readonly batch: { readonly id: string; readonly size: number } | null;
  readonly note: string | null;
  readonly facts: BorrowerFacts;
}

export interface WithdrawLoanRequest {
  readonly type: 'WithdrawLoanRequest';
  readonly loanId: string;
}

/** A manager, or the executive in his place, agrees to the loan of a grade A file and waives what he may waive. */
export interface EndorseLoan {
  readonly type: 'EndorseLoan';
  readonly loanId: string;
  readonly waive: readonly string[];
  /** Required where a rule is waived. */
  readonly reason: string | null;
}

/** The custodian grants or refuses. */
export interface DecideLoan {
  readonly type: 'DecideLoan';
  readonly loanId: string;
  readonly decision: 'grant' | 'refuse';
  /** Required for a refusal. */
  readonly reason: string | null;
  /** As they are now, not as they were at the request. */
  readonly facts: BorrowerFacts;
}

/** Ends an active loan at once. */
export interface RevokeLoan {
  readonly type: 'RevokeLoan';
  readonly loanId: string;
  readonly reason: string;
}

/** Where a loan is at an instant. A consult ends by itself, to the second. */
export type LoanState = 'requested' | 'withdrawn' | 'refused' | 'active' | 'expired' | 'revoked';

export function loanAt(state: CustomerRecord, loanId: string, now: string): LoanState | null {
  const loan = loanOf(state, loanId);
  if (!loan) return null;
  if (loan.recorded !== 'granted') return loan.recorded;
  return loan.until !== null && now < loan.until ? 'active' : 'expired';
}

export function loanOf(state: CustomerRecord, loanId: string): Loan | null {
  return Object.hasOwn(state.loans, loanId) ? (state.loans[loanId] ?? null) : null;
}

/** A request that fails a rule nobody may waive is refused by the engine at once; that, too, is recorded. */
export function requestLoan(
  command: RequestLoan,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const { kind, purpose, fields, days, batch, facts, note } = command;
  const barred =
    knownCode('purposes', purposes, purpose) ?? wholeNumbers(command) ?? fieldsNamed(command, state);
  if (barred) return barred;
  const asked = { kind, purpose, fields, days, batch, endorsement: null };
  const report = eligibilityReport(state, asked, facts, context.now, context.policy);
  const loanId = context.mint('loan');
  const requested: Decision<RecordEvent> = [
    {
      type: 'LoanRequested',
      data: { loanId, kind, purpose, fields: { ...fields }, days, batch, report },
      ...texts({ note }),
    },
  ];
  const failed = failedRules(report, 'refused');
  if (failed.length === 0) return requested;
  return [...requested, { type: 'LoanRefused', data: { loanId, by: 'engine', failed, report: null } }];
}

export function withdrawLoanRequest(
  { loanId }: WithdrawLoanRequest,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  return (
    mayWithdrawLoanRequest(state, loanId, context) ?? [{ type: 'LoanRequestWithdrawn', data: { loanId } }]
  );
}

export function endorseLoan(
  { loanId, waive, reason }: EndorseLoan,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const barred =
    mayEndorse(state, loanId, context) ??
    onlyWaivable(waive) ??
    (waive.length > 0 ? reasonGiven(reason) : null);
  return barred ?? [{ type: 'LoanEndorsed', data: { loanId, waived: waive }, ...texts({ reason }) }];
}

export function decideLoan(
  { loanId, decision, reason, facts }: DecideLoan,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const loan = loanOf(state, loanId);
  const barred = mayDecideLoan(state, loanId, context);
  if (barred || !loan) return barred ?? no('loan.not-found');
  const report = eligibilityReport(state, loan, facts, context.now, context.policy);
  const failed = failedRules(report);
  if (decision === 'refuse') {
    const refused = { type: 'LoanRefused', data: { loanId, by: 'custodian', failed, report } } as const;
    return reasonGiven(reason) ?? [{ ...refused, ...texts({ reason }) }];
  }
  if (!report.eligible) return no('loan.not-eligible', { failed });
  const from = context.now;
  const until = wholeSecond(addDays(from, loan.days));
  return [{ type: 'LoanGranted', data: { loanId, from, until, report }, ...texts({ reason }) }];
}

export function revokeLoan(
  { loanId, reason }: RevokeLoan,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const barred = mayRevoke(state, loanId, context) ?? reasonGiven(reason);
  return barred ?? [{ type: 'LoanRevoked', data: { loanId }, ...texts({ reason }) }];
}

export function mayWithdrawLoanRequest(
  state: CustomerRecord,
  loanId: string,
  situation: Situation,
): Refusal | null {
  return loanIn(state, loanId, 'requested', situation) ?? byTheBorrower(state, loanId, situation);
}

export function mayEndorse(state: CustomerRecord, loanId: string, situation: Situation): Refusal | null {
  const loan = loanOf(state, loanId);
  return (
    loanIn(state, loanId, 'requested', situation) ??
    (loan?.endorsement ? no('loan.wrong-state', { state: 'endorsed', needed: 'requested' }) : null) ??
    notHisOwnWork([loan?.borrower ?? null], situation) ??
    executiveStandsIn(loan, situation)
  );
}

/** The executive agrees only where a manager borrows. */
export function executiveStandsIn(loan: Loan | null, situation: Situation): Refusal | null {
  if (holds('manager', situation)) return null;
  return loan?.borrower.roles.includes('manager') ? null : no('loan.executive-stands-in-only');
}

/** The custodian decides: never the borrower, nor the manager who endorsed. */
export function mayDecideLoan(state: CustomerRecord, loanId: string, situation: Situation): Refusal | null {
  return (
    loanIn(state, loanId, 'requested', situation) ??
    notHisOwnWork(partiesOf(state, loanId), situation) ??
    byTheRecordsCustodian(state, loanId, situation)
  );
}

export function mayRevoke(state: CustomerRecord, loanId: string, situation: Situation): Refusal | null {
  const borrower = loanOf(state, loanId)?.borrower ?? null;
  return loanIn(state, loanId, 'active', situation) ?? notHisOwnWork([borrower], situation);
}

/** The act belongs to one state of the loan. */
export function loanIn(
  state: CustomerRecord,
  loanId: string,
  needed: LoanState,
  { now }: Situation,
): Refusal | null {
  const found = loanAt(state, loanId, now);
  if (found === null) return no('loan.not-found');
  return found === needed ? null : no('loan.wrong-state', { state: found, needed });
}

export function byTheBorrower(state: CustomerRecord, loanId: string, situation: Situation): Refusal | null {
  const loan = loanOf(state, loanId);
  return loan && samePerson(loan.borrower, asParty(situation)) ? null : no('loan.not-the-borrower');
}

/** The record's custodian decides; any other custodian where he is himself a party. */
export function byTheRecordsCustodian(
  state: CustomerRecord,
  loanId: string,
  situation: Situation,
): Refusal | null {
  const { custodian } = state;
  if (custodian === null || personsOf(asParty(situation)).includes(custodian)) return null;
  const party = partiesOf(state, loanId).some((each) => personsOf(each).includes(custodian));
  return party ? null : no('loan.not-the-custodian');
}

/** Days and sizes are counted in whole numbers; whether they are small enough is for the report to say. */
export function wholeNumbers({ days, batch }: RequestLoan): Refusal | null {
  const whole = Number.isSafeInteger(days) && Number.isSafeInteger(batch?.size ?? 0);
  return whole ? null : no('loan.number-not-whole');
}

/** A request says what it wants to read, in the schema's terms. */
export function fieldsNamed({ fields }: RequestLoan, state: CustomerRecord): Refusal | null {
  const { levels, pointers } = fields;
  if (levels.length + pointers.length === 0) return no('loan.fields-required');
  const level = levels.find((each) => !['open', 'confidential', 'personal', 'sensitive'].includes(each));
  if (level !== undefined) return no('loan.level-unknown', { level });
  return firstNo(pointers.map((pointer) => fieldNamed(state, pointer)));
}

export function onlyWaivable(waive: readonly string[]): Refusal | null {
  const rule = waive.find((each) => !waivableRules.includes(each));
  return rule === undefined ? null : no('loan.not-waivable', { rule });
}

function partiesOf(state: CustomerRecord, loanId: string) {
  const loan = loanOf(state, loanId);
  return loan ? [loan.borrower, ...(loan.endorsement ? [loan.endorsement.by] : [])] : [];
}

function wholeSecond(instant: string): string {
  return `${instant.slice(0, 19)}.000Z`;
}
