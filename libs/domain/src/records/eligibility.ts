import type { JsonObject } from '#engine/json.js';
import { addDays } from '../calendar.js';
import { fieldAt, type Level } from '../schema/fields.js';
import { NEEDS, purposeNeeds } from '../schema/purposes.js';
import { approvedApplication, isRestricted } from './application.js';
import type { RemedyCode } from './eligibility-texts.js';
import { defaultRecordPolicy, type RecordPolicy } from './policies.js';
import type { CustomerRecord, EligibilityReport, Loan } from './record.js';

/** What is known of a borrower from other streams and views; advice, recorded with where it was read. */
export interface BorrowerFacts {
  readonly active: boolean;
  readonly roles: readonly string[];
  /** Instant of the last undertaking of confidentiality. */
  readonly undertakingSignedAt: string | null;
  /** Loans active now, and copies or take-outs not yet returned. */
  readonly openLoans: number;
  readonly overdueLoans: number;
  readonly unratifiedEmergencies: number;
  /** Log positions at which the staff stream and the borrowing register were read. */
  readonly positions: { readonly staff: string | null; readonly register: string | null };
}

/** What is asked for. */
export type LoanQuestion = Pick<Loan, 'kind' | 'purpose' | 'fields' | 'days' | 'batch' | 'endorsement'>;

export type EligibilityRule = (typeof eligibilityRules)[number]['rule'];

interface Question {
  readonly state: CustomerRecord;
  readonly asked: LoanQuestion;
  readonly borrower: BorrowerFacts;
  readonly now: string;
  readonly policy: RecordPolicy;
}

interface Finding {
  readonly passed: boolean;
  readonly facts: JsonObject;
  /** What would make it pass. */
  readonly remedy: RemedyCode;
  readonly params?: JsonObject;
}

interface Rule {
  readonly rule: string;
  /** Where the facts come from. */
  readonly from: 'record' | 'staff' | 'register';
  /** What a failure leads to: nobody may waive it, a manager may settle it, or the loan waits. */
  readonly ifFailed: 'refused' | 'needs-manager' | 'waits';
  readonly find: (question: Question) => Finding;
}

/** Default eligibility: every rule of a loan, in the order of the report. */
export const eligibilityRules = [
  { rule: 'borrower-active', from: 'staff', ifFailed: 'refused', find: borrowerActive },
  { rule: 'undertaking-signed', from: 'staff', ifFailed: 'refused', find: undertakingSigned },
  { rule: 'role-allowed', from: 'staff', ifFailed: 'refused', find: roleAllowed },
  { rule: 'purpose-authorised', from: 'record', ifFailed: 'refused', find: purposeAuthorised },
  { rule: 'fields-needed', from: 'record', ifFailed: 'refused', find: fieldsNeeded },
  { rule: 'file-lendable', from: 'record', ifFailed: 'refused', find: fileLendable },
  { rule: 'duration', from: 'record', ifFailed: 'refused', find: duration },
  { rule: 'loan-limit', from: 'register', ifFailed: 'refused', find: loanLimit },
  { rule: 'no-overdue', from: 'register', ifFailed: 'needs-manager', find: noOverdue },
  { rule: 'no-unratified-emergency', from: 'register', ifFailed: 'refused', find: noUnratifiedEmergency },
  { rule: 'grade-a-consent', from: 'record', ifFailed: 'needs-manager', find: gradeAConsent },
  { rule: 'sensitive-consent', from: 'record', ifFailed: 'refused', find: sensitiveConsent },
  { rule: 'paper-available', from: 'record', ifFailed: 'waits', find: paperAvailable },
] as const satisfies readonly Rule[];

/** Rules that a manager may waive, with a reason. */
export const waivableRules: readonly string[] = ['no-overdue'] satisfies EligibilityRule[];

/**
 * The eligibility report: every rule, passed or failed, its facts, where they were read, and what would make it pass.
 * Eligible is a request that passes each rule, or whose failing ones a manager has waived.
 */
export function eligibilityReport(
  state: CustomerRecord,
  asked: LoanQuestion,
  borrower: BorrowerFacts,
  now: string,
  policy: RecordPolicy = defaultRecordPolicy,
): EligibilityReport {
  const question = { state, asked, borrower, now, policy };
  const results = eligibilityRules.map(({ rule, from, ifFailed, find }) => {
    const { passed, facts, remedy, params = {} } = find(question);
    return {
      rule,
      passed,
      waived: !passed && (asked.endorsement?.waived.includes(rule) ?? false),
      ifFailed,
      facts,
      position: from === 'record' ? null : borrower.positions[from],
      revision: from === 'record' ? state.revision : null,
      remedy: passed ? null : { code: remedy, params },
    };
  });
  return { eligible: results.every(({ passed, waived }) => passed || waived), at: now, results };
}

/** Names of the rules that failed and were not waived; of one kind of consequence, where it is given. */
export function failedRules(report: EligibilityReport, ifFailed?: Rule['ifFailed']): string[] {
  return report.results
    .filter((result) => !result.passed && !result.waived)
    .filter((result) => ifFailed === undefined || result.ifFailed === ifFailed)
    .map(({ rule }) => rule);
}

function borrowerActive({ borrower: { active } }: Question): Finding {
  return { passed: active, facts: { active }, remedy: 'reactivate-borrower' };
}

function undertakingSigned({ borrower, now, policy }: Question): Finding {
  const { undertakingSignedAt: signedAt } = borrower;
  const { undertakingDays: days } = policy.loans;
  const passed = signedAt !== null && addDays(signedAt, days) > now;
  return { passed, facts: { signedAt, days }, remedy: 'sign-undertaking', params: { days } };
}

function roleAllowed({ borrower, policy }: Question): Finding {
  const { roles: allowed } = policy.loans;
  const passed = borrower.roles.some((role) => allowed.some((each) => each === role));
  return { passed, facts: { roles: borrower.roles, allowed }, remedy: 'hold-role', params: { allowed } };
}

/** The customer was told of this purpose. */
function purposeAuthorised({ state, asked: { purpose } }: Question): Finding {
  const { purposes } = state;
  const passed = NEEDS.has(purpose) && purposes.includes(purpose);
  return { passed, facts: { purpose, purposes }, remedy: 'tell-purpose', params: { purpose } };
}

/** The purpose x field table gives no more than a purpose needs. */
function fieldsNeeded({ state, asked: { purpose, fields } }: Question): Finding {
  const needed = NEEDS.get(purpose)?.levels ?? [];
  const notNeeded = [
    ...fields.levels.filter((level) => level !== 'open' && !needed.some((each) => each === level)),
    ...fields.pointers.filter((pointer) => !purposeNeeds(purpose, state.subjectType, pointer)),
  ];
  return {
    passed: notNeeded.length === 0,
    facts: { purpose, notNeeded },
    remedy: 'ask-for-less',
    params: { notNeeded },
  };
}

/** Filed, not restricted, and not about to be destroyed. */
function fileLendable({ state, now }: Question): Finding {
  const facts = {
    status: state.status,
    restricted: isRestricted(state, now),
    destructionApproved: approvedApplication(state, now) !== null,
  };
  const passed = facts.status === 'filed' && !facts.restricted && !facts.destructionApproved;
  const remedy = facts.destructionApproved
    ? 'approval-ends'
    : facts.restricted
      ? 'restriction-ends'
      : 'file-first';
  return { passed, facts, remedy };
}

function duration({ asked: { kind, days }, policy }: Question): Finding {
  const longest = policy.loans.maxDays[kind];
  const passed = days >= 1 && days <= longest;
  return { passed, facts: { days, longest }, remedy: 'shorten', params: { longest } };
}

/** A limit on loans at a time; a batch is measured by its own. */
function loanLimit({ asked: { batch }, borrower, policy }: Question): Finding {
  const { openLoans } = borrower;
  const { limit, batchLimit } = policy.loans;
  return batch === null
    ? { passed: openLoans < limit, facts: { openLoans, limit }, remedy: 'end-loans', params: { limit } }
    : {
        passed: batch.size <= batchLimit,
        facts: { batchSize: batch.size, limit: batchLimit },
        remedy: 'smaller-batch',
        params: { limit: batchLimit },
      };
}

function noOverdue({ borrower: { overdueLoans } }: Question): Finding {
  return { passed: overdueLoans === 0, facts: { overdueLoans }, remedy: 'return-overdue' };
}

function noUnratifiedEmergency({ borrower: { unratifiedEmergencies } }: Question): Finding {
  return {
    passed: unratifiedEmergencies === 0,
    facts: { unratifiedEmergencies },
    remedy: 'ratify-emergency',
  };
}

/** A grade A file needs a manager's consent too. */
function gradeAConsent({ state: { grade }, asked: { endorsement } }: Question): Finding {
  const endorsed = endorsement !== null;
  return { passed: grade !== 'A' || endorsed, facts: { grade, endorsed }, remedy: 'manager-endorses' };
}

/** Each sensitive field asked for stands on a separate consent. */
function sensitiveConsent({ state, asked: { fields } }: Question): Finding {
  const present = Object.keys(state.content.sealed)
    .filter((part) => part.startsWith('field/'))
    .map((part) => part.slice('field/'.length));
  const named = fields.pointers
    .filter((pointer) => fieldAt(state.subjectType, pointer)?.level === ('sensitive' satisfies Level))
    .map((pointer) => pointer.split('/')[1] ?? '');
  const asked = new Set([...named, ...(fields.levels.includes('sensitive') ? present : [])]);
  const missing = [...asked].filter((key) => !state.separateConsents.includes(key));
  return {
    passed: missing.length === 0,
    facts: { asked: [...asked], missing },
    remedy: 'obtain-separate-consent',
    params: { missing },
  };
}

/** A consult is on screen: the paper may be anywhere. */
function paperAvailable({ asked: { kind } }: Question): Finding {
  return { passed: true, facts: { kind }, remedy: 'wait-for-paper' };
}
