import type { RecordedEvent } from '#engine/event.js';
import type { Json } from '#engine/json.js';
import { GONE, type FoldTools, type View } from '#engine/views/view.js';
import { nameOrderKey } from '../matching/name-order.js';
import { surnameOf } from '../matching/names.js';
import type { DataOf } from '../records/events.js';
import type { Classification, RecordStatus } from '../records/record.js';
import { missingFields } from '../schema/content.js';
import type { SubjectType } from '../schema/fields.js';
import { actOf } from './act.js';
import { asRecordEvent, recordIdOf } from './record-events.js';
import {
  reviewedBy,
  searchablePointers,
  tokensOf,
  withValues,
  type Arrival,
  type RecordValue,
  type Values,
} from './record-values.js';

/** A customer's file as it stands: the classification facets in clear, every value with its provenance. */
export type RecordRow = Values & {
  /** Revision of the record's stream that the document stands at. */
  readonly revision: number;
  readonly subjectType: SubjectType;
  /** `being-destroyed` and `destroyed` never occur: the document is gone by then. */
  readonly status: RecordStatus;
  /** Open values that records are classified by; `null` where the record has none. */
  readonly region: Json;
  readonly industry: Json;
  readonly scale: Json;
  readonly businessType: Json;
  readonly cooperationStatus: Json;
  readonly medium: Json;
  readonly doNotContact: Json;
  /** As set; after `until` it can wait. */
  readonly urgency: { readonly level: string; readonly until: string | null };
  readonly kind: string;
  readonly grade: string;
  readonly purpose: string;
  readonly basis: { readonly code: string; readonly toldOn: string | null };
  readonly separateConsents: readonly string[];
  readonly sourceChannel: string;
  readonly collector: string;
  readonly custodian: string | null;
  /** `until`: end of the standing grant unless it is confirmed. */
  readonly owner: { readonly id: string; readonly since: string; readonly until: string } | null;
  readonly fileNumber: string | null;
  readonly retentionClass: string | null;
  readonly firstContactOn: string | null;
  readonly openedAt: string;
  readonly approvedAt: string | null;
  readonly filedAt: string | null;
  /** When it was rejected or withdrawn. */
  readonly closedAt: string | null;
  /** Days late where it was opened late, 0 where not; `null` where it is not counted. */
  readonly lateDays: number | null;
  readonly historic: boolean;
  /** Required pointers that are absent. */
  readonly missing: readonly string[];
  /** Ids of the holds in force. */
  readonly holds: readonly string[];
  /** Set by an application for destruction that restricts; see `isRestricted`. */
  readonly restriction: { readonly application: string; readonly until: string } | null;
  /** Sorts as in a telephone directory; of a person the surname only. `null` where the name is destroyed. */
  readonly nameOrder: string | null;
  /** Blind index tokens of all searchable values. */
  readonly tokens: readonly string[];
};

/**
 * Which records are there, of which class, and what does one say, by whom?
 *
 * Serves `GET /v1/records/{id}` (by key; by file number through `fileNumber`), and `GET /v1/records` and
 * `GET /v1/facets`: each facet has an index that ends in the name order; `region` takes a prefix (`33` is Zhejiang);
 * `q` is `tokens eq token(matchKeyOf(...))` for each way in which the words may be meant. Likely duplicates are the
 * records that share a token.
 */
export const recordsView: View<RecordRow> = {
  name: 'records',
  version: 1,
  indexes: [
    { name: 'byName', fields: ['nameOrder'] },
    { name: 'byStatus', fields: ['status', 'nameOrder'] },
    { name: 'byRegion', fields: ['region', 'nameOrder'] },
    { name: 'byCooperation', fields: ['cooperationStatus', 'nameOrder'] },
    { name: 'byUrgency', fields: ['urgency.level', 'nameOrder'] },
    { name: 'byKind', fields: ['kind', 'nameOrder'] },
    { name: 'byGrade', fields: ['grade', 'nameOrder'] },
    { name: 'byIndustry', fields: ['industry', 'nameOrder'] },
    { name: 'byOwner', fields: ['owner.id', 'nameOrder'] },
    { name: 'byCustodian', fields: ['custodian', 'nameOrder'] },
    { name: 'byCollector', fields: ['collector', 'openedAt'] },
    { name: 'byOpening', fields: ['openedAt'] },
    { name: 'byFileNumber', fields: ['fileNumber'] },
    { name: 'byToken', fields: ['tokens'], list: true },
  ],
  begins: ['RecordCollected'],
  keys(event) {
    const id = recordIdOf(event);
    return id === null ? [] : [id];
  },
  opens: (event) => searchablePointers(event.data['sealed']),
  evolve(row, event, _key, tools) {
    const next = row === null ? collected(event, tools) : changed(row, event, tools);
    return next === GONE ? GONE : { ...next, revision: event.revision };
  },
};

/** Whether the record is stored unreadable at that instant: an application that restricts lapses by itself. */
export function isRestricted({ restriction }: Pick<RecordRow, 'restriction'>, now: string): boolean {
  return restriction !== null && now < restriction.until;
}

function collected(recorded: RecordedEvent, tools: FoldTools): RecordRow {
  const event = asRecordEvent(recorded);
  if (event.type !== 'RecordCollected') throw new Error(`a record does not begin with ${event.type}`);
  const { data } = event;
  const { subjectType, sourceChannel, proposed } = data;
  const arrival = { subjectType, channel: sourceChannel, removed: [] };
  const content = withValues({ values: {}, boxes: {} }, event, arrival, tools);
  return {
    revision: event.revision,
    subjectType,
    status: data.state,
    ...classified(proposed.grade, proposed.class),
    purpose: data.purpose,
    basis: data.basis,
    separateConsents: data.separateConsents,
    sourceChannel,
    collector: event.actorId,
    ...{ custodian: null, owner: null, fileNumber: null, retentionClass: null },
    firstContactOn: data.firstContactOn,
    openedAt: event.recordedAt,
    ...{ approvedAt: null, filedAt: null, closedAt: null },
    lateDays: data.lateDays,
    historic: data.historic,
    ...{ holds: [], restriction: null },
    ...derived(subjectType, content, nameOrderAfter(null, event, subjectType, tools)),
  };
}

function changed(row: RecordRow, recorded: RecordedEvent, tools: FoldTools): RecordRow | typeof GONE {
  const event = asRecordEvent(recorded);
  switch (event.type) {
    case 'RecordSubmitted':
    case 'RecordResubmitted': {
      const { firstContactOn, lateDays, removed } = event.data;
      const arrival = { subjectType: row.subjectType, channel: row.sourceChannel, removed };
      return { ...arrived(row, event, arrival, tools), status: 'submitted', firstContactOn, lateDays };
    }
    case 'RecordFiled': {
      const { fileNumber, retentionClass, custodian } = event.data;
      const arrival = { subjectType: row.subjectType, channel: null, removed: [] };
      const filed = {
        status: 'filed',
        filedAt: event.recordedAt,
        fileNumber,
        retentionClass,
        custodian,
      } as const;
      return { ...arrived(row, event, arrival, tools), ...filed };
    }
    case 'RecordApproved':
      return approved(row, recorded, event.data);
    case 'RecordReturned':
      return { ...row, status: 'returned' };
    case 'RecordRejected':
      return { ...row, status: 'rejected', closedAt: event.recordedAt };
    case 'RecordWithdrawn':
      return { ...row, status: 'withdrawn', closedAt: event.recordedAt };
    case 'RecordAllocated': {
      const { owner, custodian, ownerUntil } = event.data;
      return { ...row, custodian, owner: { id: owner, since: event.recordedAt, until: ownerUntil } };
    }
    case 'HoldPlaced':
      return { ...row, holds: [...row.holds, event.data.holdId] };
    case 'HoldReleased':
      return { ...row, holds: row.holds.filter((id) => id !== event.data.holdId) };
    case 'DestructionApplied': {
      const { restricts, applicationId, lapsesAt } = event.data;
      return restricts ? { ...row, restriction: { application: applicationId, until: lapsesAt } } : row;
    }
    case 'DestructionApproved': {
      const { applicationId, lapsesAt } = event.data;
      const restricts = row.restriction?.application === applicationId;
      return restricts ? { ...row, restriction: { application: applicationId, until: lapsesAt } } : row;
    }
    case 'DestructionRefused':
    case 'DestructionApplicationWithdrawn': {
      const ended = row.restriction?.application === event.data.applicationId;
      return ended ? { ...row, restriction: null } : row;
    }
    case 'RecordDestructionBegun':
      return GONE;
    default:
      return row;
  }
}

/** The approval covers every value; what the reviewer classed otherwise than proposed is his own statement. */
function approved(row: RecordRow, event: RecordedEvent, data: DataOf<'RecordApproved'>): RecordRow {
  const act = actOf(event);
  const { grade, class: to } = data;
  const stated: RecordValue = {
    ...{ value: to.status, box: null, given: act, effectiveAt: event.effectiveAt, channel: null },
    ...{ event: event.revision, reviewed: act, signed: null, unverified: false, token: null },
  };
  const before = reviewedBy(row.values, act);
  const confirmed = before['/cooperationStatus']?.value === to.status;
  const values = confirmed ? before : { ...before, '/cooperationStatus': stated };
  return {
    ...row,
    status: 'approved',
    approvedAt: event.recordedAt,
    ...classified(grade, to),
    ...derived(row.subjectType, { values, boxes: row.boxes }, row.nameOrder),
  };
}

function arrived(
  row: RecordRow,
  event: Parameters<typeof withValues>[1],
  arrival: Arrival,
  tools: FoldTools,
): RecordRow {
  const content = withValues(row, event, arrival, tools);
  const nameOrder = nameOrderAfter(row.nameOrder, event, row.subjectType, tools);
  return { ...row, ...derived(row.subjectType, content, nameOrder) };
}

function classified(grade: string, { urgency, urgencyUntil, kind }: Classification) {
  return { grade, urgency: { level: urgency, until: urgencyUntil }, kind };
}

/** What follows from the values alone. */
function derived(subjectType: SubjectType, { values, boxes }: Values, nameOrder: string | null) {
  const open = (pointer: string): Json => values[pointer]?.value ?? null;
  return {
    region: open('/region'),
    industry: open('/industry'),
    scale: open('/scale'),
    businessType: open('/businessType'),
    cooperationStatus: open('/cooperationStatus'),
    medium: open('/medium'),
    doNotContact: open('/doNotContact'),
    missing: missingFields(subjectType, Object.keys(values)),
    ...{ values, boxes, nameOrder },
    tokens: tokensOf(values),
  };
}

function nameOrderAfter(
  before: string | null,
  { data }: { readonly data: { readonly open: Readonly<Record<string, Json>>; readonly sealed: object } },
  subjectType: SubjectType,
  { opened }: FoldTools,
): string | null {
  const open = data.open['/name'];
  if (typeof open === 'string') return nameOrderKey(subjectType, open);
  const sealed = Object.values(data.sealed as Record<string, readonly string[]>).some((pointers) =>
    pointers.includes('/name'),
  );
  if (!sealed) return before;
  const name = opened.get('/name');
  return typeof name === 'string' ? nameOrderKey(subjectType, surnameOf(name)) : null;
}
