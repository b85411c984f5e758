import { idOf, type EventShape, type StoredEvent } from '#engine/event.js';
import type { Json } from '#engine/json.js';
import type { ActivityEvent } from '../activity/events.js';
import { activityKinds } from '../activity/kinds.js';
import type { AuditCaseEvent } from '../audit-cases/audit-case.js';
import type { FileNumberEvent } from '../file-numbers/file-numbers.js';
import type { RecordEvent } from '../records/events.js';
import {
  destructionGrounds,
  grades,
  kinds,
  media,
  purposes,
  retentionClasses,
  sourceChannels,
  urgencies,
} from '../schema/catalogues.js';
import type { StaffAccessEvent } from '../staff-access/staff-access.js';
import type { StaffEvent } from '../staff/events.js';
import { sentenceTexts, type SentenceCode } from './sentence-texts.js';
import { said, type Said } from './said.js';
import { Words, type Locale } from './words.js';

/** Every event that has a sentence of its own. */
export type ToldEvent =
  RecordEvent | ActivityEvent | StaffEvent | StaffAccessEvent | AuditCaseEvent | FileNumberEvent;

/** What an event must show to be told: any stored event, upcast. */
export type Tellable = Pick<StoredEvent, 'type' | 'stream' | 'data' | 'actorId' | 'onBehalfOf'>;

/** One event in words. */
export interface Sentence {
  /** What happened: stable, whatever the words are. */
  readonly code: SentenceCode;
  readonly text: string;
  /** Reasons and remarks of the act, as far as they were opened. */
  readonly said: readonly Said[];
}

type Told = readonly [code: SentenceCode, params?: Readonly<Record<string, string>>];

type Tellers<E extends EventShape> = {
  readonly [T in E['type']]: (data: Extract<E, { type: T }>['data'], words: Words, subject: string) => Told;
};

/** One teller for each type: a type without one does not compile. `subject` is the id of the stream. */
const tellers: Tellers<ToldEvent> = {
  RecordCollected({ state, historic, lateDays, ...content }, words) {
    const fields = words.fields(pointersOf(content));
    if (historic) return ['record.migrated', { fields }];
    if (state === 'draft') return ['record.drafted', { fields }];
    const late = lateDays !== null && lateDays > 0;
    return late
      ? ['record.collected-late', { fields, days: String(lateDays) }]
      : ['record.collected', { fields }];
  },
  RecordSubmitted: (data, words) => ['record.submitted', { fields: words.fields(pointersOf(data)) }],
  RecordResubmitted: (data, words) => [
    'record.resubmitted',
    { round: String(data.round), fields: words.fields(pointersOf(data)) },
  ],
  RecordWithdrawn: () => ['record.withdrawn'],
  RecordApproved({ grade, class: to, changed }, words) {
    const params = {
      grade: words.code(grades, grade),
      kind: words.code(kinds, to.kind),
      urgency: words.code(urgencies, to.urgency),
    };
    return changed.length === 0
      ? ['record.approved', params]
      : ['record.approved-otherwise', { ...params, changed: words.classes(changed) }];
  },
  RecordReturned: ({ fields }, words) => ['record.returned', { fields: words.fields(fields) }],
  RecordRejected: () => ['record.rejected'],
  RecordFiled: ({ fileNumber, medium, retentionClass }, words) => [
    'record.filed',
    {
      fileNumber,
      medium: words.code(media, medium),
      retention: words.code(retentionClasses, retentionClass),
    },
  ],
  RecordAllocated: ({ owner, ownerUntil, custodian }, words) => [
    'record.allocated',
    { owner: words.staff(owner), until: words.instant(ownerUntil), custodian: words.staff(custodian) },
  ],

  UpdateProposed: ({ sourceChannel, lapsesAt, ...data }, words) => [
    'proposal.made',
    {
      fields: words.fields(pointersOf(data)),
      source: words.code(sourceChannels, sourceChannel),
      until: words.instant(lapsesAt),
    },
  ],
  RecordUpdated: ({ sourceChannel, countersignBy, ...data }, words) => [
    'record.updated',
    {
      fields: words.fields(pointersOf(data)),
      source: words.code(sourceChannels, sourceChannel),
      until: words.instant(countersignBy),
    },
  ],
  ProposalSigned: ({ accepted, refused }, words) =>
    refused.length === 0
      ? ['proposal.signed', { fields: words.fields(accepted) }]
      : ['proposal.signed-in-part', { fields: words.fields(accepted), refused: words.fields(refused) }],
  ProposalRefused: () => ['proposal.refused'],
  ProposalWithdrawn: () => ['proposal.withdrawn'],
  ProposalSuperseded: () => ['proposal.superseded'],
  UpdateCountersigned: ({ updates }, words) => [
    'update.countersigned',
    { fields: words.fields(Object.keys(updates)) },
  ],
  UpdateReverted: ({ restored }, words) => [
    'update.reverted',
    { fields: words.fields(Object.keys(restored)) },
  ],

  LoanRequested: ({ fields, days, purpose }, words) => [
    'loan.requested',
    {
      fields: words.list([
        ...words.levels(fields.levels),
        ...fields.pointers.map((each) => words.field(each)),
      ]),
      days: String(days),
      purpose: words.code(purposes, purpose),
    },
  ],
  LoanRequestWithdrawn: () => ['loan.withdrawn'],
  LoanEndorsed: ({ waived }, words) =>
    waived.length === 0 ? ['loan.endorsed'] : ['loan.endorsed-waiving', { rules: words.rules(waived) }],
  LoanGranted: ({ until }, words) => ['loan.granted', { until: words.instant(until) }],
  LoanRefused: ({ by, failed }, words) =>
    by === 'custodian' ? ['loan.refused'] : ['loan.refused-by-rules', { rules: words.rules(failed) }],
  LoanRevoked: () => ['loan.revoked'],

  HoldPlaced: ({ byAuditor }) => [byAuditor ? 'hold.placed-by-auditor' : 'hold.placed'],
  HoldReleaseConsented: () => ['hold.release-consented'],
  HoldReleased: () => ['hold.released'],

  DestructionApplied: ({ ground, restricts }, words) => [
    restricts ? 'destruction.applied-restricting' : 'destruction.applied',
    { ground: words.code(destructionGrounds, ground) },
  ],
  DestructionApplicationWithdrawn: () => ['destruction.withdrawn'],
  DestructionAppraised: () => ['destruction.appraised'],
  DestructionApproved: ({ executableFrom, lapsesAt }, words) => [
    'destruction.approved',
    { from: words.instant(executableFrom), until: words.instant(lapsesAt) },
  ],
  DestructionRefused: ({ by }) => [
    by === 'appraiser' ? 'destruction.appraised-to-keep' : 'destruction.refused',
  ],
  DestructionAttested: () => ['destruction.attested'],
  PaperShredded: () => ['destruction.paper-shredded'],
  RecordDestructionBegun: () => ['destruction.begun'],
  RecordDestroyed: () => ['destruction.completed'],

  ActivityRecorded: ({ kind }, words) => ['activity.recorded', { kind: words.code(activityKinds, kind) }],
  ActivityCorrected: ({ kind }, words) => ['activity.corrected', { kind: words.code(activityKinds, kind) }],
  ActivityStruck: ({ kind }, words) => ['activity.struck', { kind: words.code(activityKinds, kind) }],

  StaffRegistered({ roles, bootstrap }, words, id) {
    const person = words.staff(id);
    return bootstrap === null
      ? ['staff.registered', { person, roles: words.roles(roles) }]
      : ['staff.registered-first', { person, role: words.roles([bootstrap]) }];
  },
  RoleRequested({ role, until }, words, id) {
    const params = { person: words.staff(id), role: words.roles([role]) };
    return until === null
      ? ['staff.role-requested', params]
      : ['staff.role-requested-until', { ...params, until: words.instant(until) }];
  },
  RoleConfirmed: ({ role }, words, id) => [
    'staff.role-confirmed',
    { person: words.staff(id), role: words.roles([role]) },
  ],
  RoleRevoked: ({ role, was }, words, id) => [
    was === 'held' ? 'staff.role-revoked' : 'staff.role-refused',
    { person: words.staff(id), role: words.roles([role]) },
  ],
  UndertakingSigned: ({ validUntil }, words) => [
    'staff.undertaking-signed',
    { until: words.instant(validUntil) },
  ],
  OneTimePasswordIssued: (_data, words, id) => ['staff.password-issued', { person: words.staff(id) }],
  PasswordChanged: () => ['staff.password-changed'],
  StaffDeactivated: ({ successor }, words, id) => [
    'staff.deactivated',
    { person: words.staff(id), successor: words.staff(successor) },
  ],
  StaffReactivated: (_data, words, id) => ['staff.reactivated', { person: words.staff(id) }],

  FieldsRead: ({ records }, words) => [
    'reading.done',
    {
      count: String(records.length),
      fields: words.fields(records.flatMap(({ pointers }) => pointers)),
    },
  ],
  AuditCaseOpened: ({ number, scope, until }, words) =>
    scope === 'all'
      ? ['audit-case.opened-on-all', { number, until: words.instant(until) }]
      : ['audit-case.opened', { number, count: String(scope.length), until: words.instant(until) }],
  AuditCaseClosed: () => ['audit-case.closed'],
  FileNumberReserved: ({ fileNumber }) => ['file-number.reserved', { fileNumber }],
};

/**
 * Tells an event in one language.
 *
 * @param event upcast to the newest version of its type; a type without a sentence is named as it is
 * @param nameOf name of a member of staff by his id
 * @param opened sealed values of the event that the reader may see, by JSON pointer; default: none
 */
export function describe(
  event: Tellable,
  nameOf: (staffId: string) => string,
  locale: Locale,
  opened: Readonly<Record<string, Json>> = {},
): Sentence {
  const words = new Words(locale, nameOf);
  const [code, params = {}] = tell(event, words);
  const text = filled(words.pick(sentenceTexts[code]), { ...params, actor: words.actor(event) });
  return { code, text, said: said(opened, words) };
}

/** What happened, as a stable code. */
export function whatHappened(event: Tellable): SentenceCode {
  return tell(event, new Words('en', (id) => id))[0];
}

function tell({ type, data, stream }: Tellable, words: Words): Told {
  if (!Object.hasOwn(tellers, type)) return ['other.recorded', { type }];
  // The type decides the shape of the data: the registry checked it when it was written.
  const teller = tellers[type as ToldEvent['type']] as (data: object, words: Words, id: string) => Told;
  return teller(data, words, idOf(stream));
}

// A name may hold braces: what was filled in is not looked at again.
function filled(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => params[name] ?? hole);
}

function pointersOf(content: {
  readonly open: Readonly<Record<string, Json>>;
  readonly sealed: Readonly<Record<string, readonly string[]>>;
  readonly removed?: readonly string[];
}): string[] {
  const { open, sealed, removed = [] } = content;
  return [...Object.keys(open), ...Object.values(sealed).flat(), ...removed];
}
