import type { Role } from '../roles.js';
import { UNDERTAKING_DAYS } from '../staff/undertake.js';

/** Days and working hours are counted by the calendar policy; `days` without a word are calendar days. */
export interface RecordPolicy {
  /** A record opened more than this many days after the first contact is late. */
  readonly lateAfterDays: number;
  readonly timeZone: string;
  /** After this many days an urgent record can wait. */
  readonly urgentDays: number;
  /** A review is due this long after its submission. */
  readonly reviewDue: Readonly<
    Record<string, { readonly workingHours: number } | { readonly workingDays: number }>
  >;
  /** A follow-up owner's standing grant ends after this many days unless it is confirmed. */
  readonly ownerGrantDays: number;
  readonly updates: {
    /** A proposal lapses after this many days. */
    readonly proposalDays: number;
    /** What took effect at once is to be countersigned within this many days. */
    readonly countersignDays: number;
  };
  readonly loans: {
    /** Longest duration per kind of loan, in days. */
    readonly maxDays: { readonly consult: number };
    /** Most loans that one person may have at a time. */
    readonly limit: number;
    /** Most records in one batch, which may go beyond the limit. */
    readonly batchLimit: number;
    /** An undertaking of confidentiality is good for this many days. */
    readonly undertakingDays: number;
    readonly roles: readonly Role[];
  };
  readonly retention: {
    /** Rejected and withdrawn records are kept this many days after they were closed. */
    readonly notFiledDays: number;
    /** Retention class -> years from the last contact; null is for ever. */
    readonly classes: Readonly<Record<string, Retention>>;
  };
  readonly destruction: {
    readonly applicationDays: number;
    readonly waitDays: number;
    readonly approvalDays: number;
    readonly witnesses: number;
    /** For grade A and for paper. */
    readonly witnessesInGraveCases: number;
    readonly grounds: Readonly<Record<string, Ground>>;
  };
}

/** Years that a record is kept, and the least that the law demands even where the subject asks for its end. */
export interface Retention {
  readonly years: number | null;
  readonly legalMinimumYears: number | null;
}

/** What a ground for destruction demands. */
export interface Ground {
  /** Which retention must have passed before an application. */
  readonly retention: 'none' | 'full' | 'legal-minimum';
  /** Whether the record is stored unreadable while the application stands. */
  readonly restricts: boolean;
}

/** What ships: `default@1`. */
export const defaultRecordPolicy: RecordPolicy = {
  lateAfterDays: 7,
  timeZone: 'Asia/Shanghai',
  urgentDays: 3,
  reviewDue: {
    urgent: { workingHours: 4 },
    deferrable: { workingDays: 2 },
    'can-wait': { workingDays: 5 },
  },
  ownerGrantDays: 90,
  updates: { proposalDays: 30, countersignDays: 7 },
  loans: {
    maxDays: { consult: 7 },
    limit: 20,
    batchLimit: 500,
    undertakingDays: UNDERTAKING_DAYS,
    roles: ['manager', 'collector', 'analyst', 'custodian', 'executive'],
  },
  retention: {
    notFiledDays: 30,
    classes: {
      prospect: { years: 2, legalMinimumYears: 0 },
      ended: { years: 5, legalMinimumYears: 3 },
      'ended-key': { years: 10, legalMinimumYears: 3 },
      permanent: { years: null, legalMinimumYears: null },
    },
  },
  destruction: {
    applicationDays: 30,
    waitDays: 7,
    approvalDays: 90,
    witnesses: 1,
    witnessesInGraveCases: 2,
    grounds: {
      invalid: { retention: 'none', restricts: false },
      erroneous: { retention: 'none', restricts: false },
      'collected-in-error': { retention: 'none', restricts: false },
      expired: { retention: 'full', restricts: false },
      withdrawn: { retention: 'legal-minimum', restricts: true },
      requested: { retention: 'legal-minimum', restricts: true },
    },
  },
};
