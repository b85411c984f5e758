import { z } from 'zod';
import { eventType, type EventType, type ShapeOf } from '#engine/registry.js';
import type { Json } from '#engine/json.js';

const json: z.ZodType<Json> = z.json();
const list = <T extends z.ZodType<Json>>(item: T) => z.array(item).readonly();
const text = z.string();
const texts = list(text);

/** Values that an event adds or replaces: open ones in clear, of the sealed ones only where they stand. */
const content = {
  /** JSON pointer -> value, open level only. */
  open: z.record(text, json),
  /** Part -> JSON pointers of the values in that part's box. */
  sealed: z.record(text, texts),
  /** Pointers of values kept as given, because they could not be brought into their standard form. */
  unverified: texts,
};

const classification = z.strictObject({
  /** Cooperation status code. */
  status: text,
  urgency: text,
  /** When the urgency ends (then it can wait); null where it has no end. */
  urgencyUntil: text.nullable(),
  kind: text,
});

/** What an application, and the destruction that follows it, is about. */
const target = z.strictObject({ kind: z.literal('record') });

const ruleResult = z.strictObject({
  rule: text,
  passed: z.boolean(),
  /** Failed, but a manager waived it. */
  waived: z.boolean(),
  /** What a failure leads to. */
  ifFailed: z.enum(['refused', 'needs-manager', 'waits']),
  facts: z.record(text, json),
  /** Log position at which facts of another stream were read; null for facts of the record itself. */
  position: text.nullable(),
  /** Revision of the record whose facts these are; null for facts of another stream. */
  revision: z.number().int().nullable(),
  /** What would make it pass; null where it passed. */
  remedy: z.strictObject({ code: text, params: z.record(text, json) }).nullable(),
});

const eligibility = z.strictObject({ eligible: z.boolean(), at: text, results: list(ruleResult) });

const everyPart = ['record', 'contact/*', 'field/*'] as const;
const said = { seals: ['record'] } as const;

export const RecordCollected = eventType(
  'RecordCollected',
  z.strictObject({
    ...content,
    subjectType: z.enum(['company', 'person']),
    /** Whether it went to review at once or stays with the collector. */
    state: z.enum(['draft', 'submitted']),
    /** Purpose code that the customer was told. */
    purpose: text,
    /** Consent or another legal basis, by code, and the date on which the customer was told. */
    basis: z.strictObject({ code: text, toldOn: text.nullable() }),
    /** Keys of the sensitive fields that the customer consented to separately. */
    separateConsents: texts,
    sourceChannel: text,
    firstContactOn: text.nullable(),
    /** Days from first contact to opening where that is late, 0 where it is not; null where it is not counted. */
    lateDays: z.number().int().nullable(),
    /** A migrated entry: exempt from lateness and completeness. */
    historic: z.boolean(),
    proposed: z.strictObject({ grade: text, class: classification }),
    /** Ids of records that look alike, as found at a log position: advice, never a rule. */
    duplicates: z.strictObject({ position: text.nullable(), records: texts }),
  }),
  { seals: everyPart },
);

const submission = z.strictObject({
  ...content,
  round: z.number().int(),
  /** Pointers of values that are no longer part of the record. */
  removed: texts,
  firstContactOn: text.nullable(),
  /** As in `RecordCollected`, by the first contact as it now stands. */
  lateDays: z.number().int().nullable(),
});
/** A draft went to its first review. */
export const RecordSubmitted = eventType('RecordSubmitted', submission, { seals: everyPart });
/** A returned record was mended and goes to its next review. */
export const RecordResubmitted = eventType('RecordResubmitted', submission, { seals: everyPart });
export const RecordWithdrawn = eventType('RecordWithdrawn', z.strictObject({}), said);

export const RecordApproved = eventType(
  'RecordApproved',
  z.strictObject({
    round: z.number().int(),
    grade: text,
    class: classification,
    /** What the reviewer set otherwise than proposed: `grade`, `status`, `urgency`, `kind`. */
    changed: texts,
  }),
  said,
);
export const RecordReturned = eventType(
  'RecordReturned',
  /** Pointers with a comment each, sealed at `/text/comments<pointer>`. */
  z.strictObject({ round: z.number().int(), fields: texts }),
  said,
);
export const RecordRejected = eventType('RecordRejected', z.strictObject({ round: z.number().int() }), said);

export const RecordFiled = eventType(
  'RecordFiled',
  z.strictObject({
    ...content,
    fileNumber: text,
    retentionClass: text,
    /** Medium code; the place of paper is sealed at `/paperLocation`. */
    medium: text,
    /** Staff id: the filer, unless the record was allocated before. */
    custodian: text,
  }),
  said,
);
export const RecordAllocated = eventType(
  'RecordAllocated',
  z.strictObject({
    owner: text,
    custodian: text,
    /** End of the owner's standing grant unless it is confirmed by another allocation. */
    ownerUntil: text,
    claimants: texts,
  }),
  said,
);

const change = {
  ...content,
  /** Pointers of values that are, or would be, no longer part of the record. */
  removed: texts,
  /** Revision of the record that the proposer had before him. */
  baseRevision: z.number().int(),
  sourceChannel: text,
};
/** Revision of the event that a value stands in, by pointer; null where there is none. */
const places = z.record(text, z.number().int().nullable());

/** Changes that wait for a second person's signature. The record stays as it is. */
export const UpdateProposed = eventType(
  'UpdateProposed',
  z.strictObject({
    proposalId: text,
    ...change,
    /** Where the values stand that it would replace or take away: old and new are bound by this event's hash. */
    replaces: places,
    lapsesAt: text,
  }),
  { seals: everyPart },
);
/** Changes that took effect at once; a second person is to countersign them. */
export const RecordUpdated = eventType('RecordUpdated', z.strictObject({ ...change, countersignBy: text }), {
  seals: everyPart,
});
const signature = {
  proposalId: text,
  /** Hash of the event that made the proposal. */
  proposalHash: text,
  /** HMAC of the diff, as the signer saw it. */
  diffMac: text,
};
/** The accepted changes are in force from here on; what was not accepted is refused. */
export const ProposalSigned = eventType(
  'ProposalSigned',
  z.strictObject({
    ...signature,
    accepted: texts,
    refused: texts,
    firstContactOn: text.nullable(),
    /** As in `RecordCollected`, by the first contact as it now stands. */
    lateDays: z.number().int().nullable(),
  }),
  said,
);
export const ProposalRefused = eventType('ProposalRefused', z.strictObject(signature), said);
export const ProposalWithdrawn = eventType('ProposalWithdrawn', z.strictObject({ proposalId: text }));
/** Its proposer proposed anew for all that it was about. */
export const ProposalSuperseded = eventType(
  'ProposalSuperseded',
  z.strictObject({ proposalId: text, by: text }),
);
/** Pointer -> revision of the change that was looked at. */
const looked = z.record(text, z.number().int());
export const UpdateCountersigned = eventType(
  'UpdateCountersigned',
  z.strictObject({ updates: looked }),
  said,
);
/** A countersignature was refused: what was there before stands again. */
export const UpdateReverted = eventType(
  'UpdateReverted',
  z.strictObject({ updates: looked, restored: places }),
  said,
);

export const LoanRequested = eventType(
  'LoanRequested',
  z.strictObject({
    loanId: text,
    kind: z.literal('consult'),
    purpose: text,
    fields: z.strictObject({ levels: texts, pointers: texts }),
    days: z.number().int(),
    /** The batch that it was asked for in, and how many records that is. */
    batch: z.strictObject({ id: text, size: z.number().int() }).nullable(),
    report: eligibility,
  }),
  said,
);
export const LoanRequestWithdrawn = eventType('LoanRequestWithdrawn', z.strictObject({ loanId: text }));
/** A manager agreed to a loan that needs him, and waived the rules that he may waive. */
export const LoanEndorsed = eventType('LoanEndorsed', z.strictObject({ loanId: text, waived: texts }), said);
export const LoanGranted = eventType(
  'LoanGranted',
  z.strictObject({ loanId: text, from: text, until: text, report: eligibility }),
  said,
);
export const LoanRefused = eventType(
  'LoanRefused',
  z.strictObject({
    loanId: text,
    /** The engine refuses at once what nobody may grant; its report stands in the request. */
    by: z.enum(['engine', 'custodian']),
    /** Names of the rules that failed. */
    failed: texts,
    report: eligibility.nullable(),
  }),
  said,
);
export const LoanRevoked = eventType('LoanRevoked', z.strictObject({ loanId: text }), said);

export const HoldPlaced = eventType(
  'HoldPlaced',
  z.strictObject({ holdId: text, byAuditor: z.boolean() }),
  said,
);
export const HoldReleaseConsented = eventType('HoldReleaseConsented', z.strictObject({ holdId: text }), said);
export const HoldReleased = eventType('HoldReleased', z.strictObject({ holdId: text }), said);

export const DestructionApplied = eventType(
  'DestructionApplied',
  z.strictObject({
    applicationId: text,
    target,
    ground: text,
    /** When retention ends as the ground demands it; null where it demands none. */
    retainUntil: text.nullable(),
    /** Date of the last contact that the applicant's side knew of, and the log position it was read at. */
    lastContact: z.strictObject({ on: text.nullable(), position: text.nullable() }),
    /** Whether the record is unreadable while this application stands. */
    restricts: z.boolean(),
    lapsesAt: text,
  }),
  said,
);
const application = z.strictObject({ applicationId: text });
export const DestructionApplicationWithdrawn = eventType('DestructionApplicationWithdrawn', application);
export const DestructionAppraised = eventType('DestructionAppraised', application, said);
export const DestructionApproved = eventType(
  'DestructionApproved',
  z.strictObject({ applicationId: text, executableFrom: text, lapsesAt: text }),
  said,
);
export const DestructionRefused = eventType(
  'DestructionRefused',
  z.strictObject({ applicationId: text, by: z.enum(['appraiser', 'approver']) }),
  said,
);
export const DestructionAttested = eventType('DestructionAttested', application, said);
export const PaperShredded = eventType('PaperShredded', application, said);
/** From here on there is no way back: whatever concerns the target is refused. */
export const RecordDestructionBegun = eventType(
  'RecordDestructionBegun',
  z.strictObject({ applicationId: text, target, ground: text }),
);
export const RecordDestroyed = eventType(
  'RecordDestroyed',
  z.strictObject({
    applicationId: text,
    target,
    /** Counts, positions, generations and times; nothing about a person. */
    certificate: z.record(text, json),
  }),
);

/** Every event of a `customerRecord` stream, for the registry. */
export const recordEventTypes = [
  RecordCollected,
  RecordSubmitted,
  RecordResubmitted,
  RecordWithdrawn,
  RecordApproved,
  RecordReturned,
  RecordRejected,
  RecordFiled,
  RecordAllocated,
  UpdateProposed,
  RecordUpdated,
  ProposalSigned,
  ProposalRefused,
  ProposalWithdrawn,
  ProposalSuperseded,
  UpdateCountersigned,
  UpdateReverted,
  LoanRequested,
  LoanRequestWithdrawn,
  LoanEndorsed,
  LoanGranted,
  LoanRefused,
  LoanRevoked,
  HoldPlaced,
  HoldReleaseConsented,
  HoldReleased,
  DestructionApplied,
  DestructionApplicationWithdrawn,
  DestructionAppraised,
  DestructionApproved,
  DestructionRefused,
  DestructionAttested,
  PaperShredded,
  RecordDestructionBegun,
  RecordDestroyed,
] as const satisfies readonly EventType[];

export type RecordEvent = ShapeOf<(typeof recordEventTypes)[number]>;

/** The clear data of one event type. */
export type DataOf<T extends RecordEvent['type']> = Extract<RecordEvent, { type: T }>['data'];
