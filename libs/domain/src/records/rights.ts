import { isRefusal, type Refusal } from '#engine/decider.js';
import type { Level } from '../schema/fields.js';
import { hasCode, purposes } from '../schema/catalogues.js';
import { isRestricted } from './application.js';
import { loanAt } from './borrow.js';
import type { CustomerRecord, Loan, RecordState } from './record.js';
import { no } from './refusal-texts.js';
import { personsOf } from './rules.js';

/** Who wants to read, and what he can show for it. */
export interface Reader {
  readonly id: string;
  readonly roles: readonly string[];
  /** Start of his present time of service, which ends grants from before it; `null` where he is not active. */
  readonly activeSince: string | null;
  /** Audit cases that he opened and that are not closed. */
  readonly openCases: readonly AuditCase[];
  /** Purpose code that he stated for this record today. */
  readonly statedPurpose: string | null;
}

export interface AuditCase {
  readonly id: string;
  readonly records: readonly string[] | 'all';
  /** The case ends at this instant; `null` where no end is set. */
  readonly until: string | null;
}

/** What is to be read: a level as a whole, or one value of that level by its pointer. */
export interface Wanted {
  readonly level: Level;
  readonly pointer?: string;
}

export type RightCode =
  | 'index'
  | 'collector'
  | 'custodian'
  | 'follow-up-owner'
  | 'loan'
  | 'analyst'
  | 'manager'
  | 'executive'
  | 'auditor'
  | 'audit-case';

/** The right by which something is read: it goes into the record of the reading. */
export interface ReadingRight {
  readonly right: RightCode;
  /** The value may be shown only behind its mask. */
  readonly masked: boolean;
  /** The loan, the audit case or the stated purpose that the right rests on. */
  readonly under: string | null;
}

/**
 * The right by which a reader may see something, behind its mask where no better one is his.
 * The table of `docs/domain.md` section 3.
 */
export function readingRight(
  state: RecordState,
  reader: Reader,
  wanted: Wanted,
  now: string,
): ReadingRight | Refusal {
  const opened = openingRight(state, reader, wanted, now);
  if (!isRefusal(opened)) return opened;
  if (wanted.level !== 'personal' || !isReadable(state) || !isStaff(reader)) return opened;
  const analyst = reader.roles.includes('analyst') && !isRestricted(state, now);
  return { right: analyst ? 'analyst' : 'index', masked: true, under: null };
}

/** As `readingRight`, without its masks: the value itself or nothing. */
export function openingRight(
  state: RecordState,
  reader: Reader,
  wanted: Wanted,
  now: string,
): ReadingRight | Refusal {
  if (state.status === 'absent') return no('record.not-found');
  if (state.status === 'being-destroyed') return no('record.being-destroyed');
  if (state.status === 'destroyed') return no('record.already-destroyed');
  if (reader.activeSince === null) return no('staff.inactive', { staff: reader.id });
  if (!isStaff(reader)) return no('reading.no-right', { level: wanted.level });
  if (wanted.level === 'open') return plain('index');
  if (isRestricted(state, now)) return no('record.restricted');
  return (
    asCollector(state, reader) ??
    asCustodian(state, reader) ??
    asOwner(state, reader, wanted, now) ??
    asBorrower(state, reader, wanted, now) ??
    asAnalyst(reader, wanted) ??
    asSuperior(reader) ??
    asAuditor(state, reader, wanted, now) ??
    no('reading.no-right', { level: wanted.level })
  );
}

type Answer = ReadingRight | Refusal | null;

/** Before filing, a collector reads his own record. */
function asCollector(state: CustomerRecord, reader: Reader): Answer {
  const own = personsOf(state.collectedBy).includes(reader.id) && reader.roles.includes('collector');
  return own && state.filing === null ? plain('collector') : null;
}

/** The record's custodian; any custodian while the record is approved and nobody's yet. */
function asCustodian({ status, custodian }: CustomerRecord, reader: Reader): Answer {
  if (!reader.roles.includes('custodian')) return null;
  const his = custodian === reader.id || (custodian === null && status === 'approved');
  return his ? plain('custodian') : null;
}

/** The standing grant reaches personal values, not sensitive ones, and ends on its day or with his service. */
function asOwner({ owner }: CustomerRecord, reader: Reader, { level }: Wanted, now: string): Answer {
  const his = owner?.id === reader.id && now < owner.until && inService(reader, owner.since);
  return his && level !== 'sensitive' ? plain('follow-up-owner') : null;
}

function asBorrower(state: CustomerRecord, reader: Reader, wanted: Wanted, now: string): Answer {
  const loan = Object.values(state.loans).find(
    (each) =>
      each.borrower.id === reader.id &&
      loanAt(state, each.id, now) === 'active' &&
      inService(reader, each.from) &&
      covers(each, wanted),
  );
  return loan ? plain('loan', loan.id) : null;
}

function asAnalyst({ roles }: Reader, { level }: Wanted): Answer {
  return roles.includes('analyst') && level === 'confidential' ? plain('analyst') : null;
}

/** Managers and executives state a purpose, per record and day. */
function asSuperior({ roles, statedPurpose }: Reader): Answer {
  const right = (['manager', 'executive'] as const).find((role) => roles.includes(role));
  if (!right) return null;
  return statedPurpose !== null && hasCode(purposes, statedPurpose)
    ? plain(right, statedPurpose)
    : no('reading.purpose-required');
}

function asAuditor(state: CustomerRecord, reader: Reader, { level }: Wanted, now: string): Answer {
  if (!reader.roles.includes('auditor')) return null;
  if (level === 'confidential') return plain('auditor');
  const open = reader.openCases.find(
    ({ records, until }) =>
      (records === 'all' || records.includes(state.id)) && (until === null || now < until),
  );
  return open ? plain('audit-case', open.id) : no('reading.case-required');
}

function covers({ fields }: Loan, { level, pointer }: Wanted): boolean {
  if (fields.levels.includes(level)) return true;
  return (
    pointer !== undefined &&
    fields.pointers.some((lent) => pointer === lent || pointer.startsWith(`${lent}/`))
  );
}

function isReadable(state: RecordState): state is CustomerRecord {
  return state.status !== 'absent' && state.status !== 'being-destroyed' && state.status !== 'destroyed';
}

/** Whether he has been in service ever since: who left and came back holds no grant from before. */
function inService({ activeSince }: Reader, since: string | null): boolean {
  return activeSince !== null && since !== null && since >= activeSince;
}

/** Staff but the administrator. */
function isStaff({ activeSince, roles }: Reader): boolean {
  return activeSince !== null && roles.some((role) => role !== 'administrator');
}

function plain(right: RightCode, under: string | null = null): ReadingRight {
  return { right, masked: false, under };
}
