import type { RecordedEvent } from '#engine/event.js';
import type { Json } from '#engine/json.js';
import { GONE, type FoldTools } from '#engine/views/view.js';
import { nameOrderKey } from '../matching/name-order.js';
import { surnameOf } from '../matching/names.js';
import type { DataOf } from '../records/events.js';
import type { Classification } from '../records/record.js';
import { missingFields } from '../schema/content.js';
import type { SubjectType } from '../schema/fields.js';
import { asRecordEvent } from './record-events.js';
import {
  NO_VALUES,
  tokensOf,
  withCountersignature,
  withoutProposal,
  withProposal,
  withReversal,
  withReview,
  withSignature,
  withUpdate,
  withValues,
  type Arrival,
  type Values,
} from './record-values.js';
import type { RecordRow } from './records.js';

/** The document of a record that was just collected. */
export function collected(recorded: RecordedEvent, tools: FoldTools): RecordRow {
  const event = asRecordEvent(recorded);
  if (event.type !== 'RecordCollected') throw new Error(`a record does not begin with ${event.type}`);
  const { data } = event;
  const { subjectType, sourceChannel, proposed } = data;
  const arrival = { subjectType, channel: sourceChannel, removed: [] };
  const content = withValues(NO_VALUES, event, arrival, tools);
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

/** The document after any later event. */
export function changed(row: RecordRow, recorded: RecordedEvent, tools: FoldTools): RecordRow | typeof GONE {
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
    case 'UpdateProposed': {
      const arrival = {
        subjectType: row.subjectType,
        channel: event.data.sourceChannel,
        removed: event.data.removed,
      };
      const nameOrder = nameOrderAfter(undefined, event, row.subjectType, tools);
      const name = nameOrder === undefined ? {} : { nameOrder };
      return withContent(row, withProposal(row, event, arrival, tools, name));
    }
    case 'RecordUpdated': {
      const arrival = {
        subjectType: row.subjectType,
        channel: event.data.sourceChannel,
        removed: event.data.removed,
      };
      const nameOrder = nameOrderAfter(row.nameOrder, event, row.subjectType, tools);
      return withContent(row, withUpdate(row, event, arrival, tools), nameOrder);
    }
    case 'ProposalSigned': {
      const { proposalId, accepted, firstContactOn, lateDays } = event.data;
      const { nameOrder = row.nameOrder } = accepted.includes('/name')
        ? (row.proposed[proposalId] ?? {})
        : {};
      const content = withSignature(row, recorded, proposalId, accepted);
      return { ...withContent(row, content, nameOrder), firstContactOn, lateDays };
    }
    case 'ProposalRefused':
    case 'ProposalWithdrawn':
    case 'ProposalSuperseded':
      return withContent(row, withoutProposal(row, event.data.proposalId));
    case 'UpdateCountersigned':
      return withContent(row, withCountersignature(row, recorded, Object.keys(event.data.updates)));
    case 'UpdateReverted': {
      const content = withReversal(row, Object.keys(event.data.restored));
      return withContent(row, content, nameOrderOf(content, row));
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

/** The approval covers every value; a cooperation status other than the proposed one is the reviewer's own statement. */
function approved(row: RecordRow, event: RecordedEvent, data: DataOf<'RecordApproved'>): RecordRow {
  const { grade, class: to } = data;
  const content = withReview(row, event, { '/cooperationStatus': to.status });
  return {
    ...row,
    status: 'approved',
    approvedAt: event.recordedAt,
    ...classified(grade, to),
    ...derived(row.subjectType, content, row.nameOrder),
  };
}

function arrived(
  row: RecordRow,
  event: Parameters<typeof withValues>[1],
  arrival: Arrival,
  tools: FoldTools,
): RecordRow {
  const content = withValues(row, event, arrival, tools);
  return withContent(row, content, nameOrderAfter(row.nameOrder, event, row.subjectType, tools));
}

function withContent(row: RecordRow, content: Values, nameOrder = row.nameOrder): RecordRow {
  return { ...row, ...derived(row.subjectType, content, nameOrder) };
}

/** A name that took effect at once is an open one: a person's is signed first. */
function nameOrderOf({ values }: Values, { nameOrder, subjectType }: RecordRow): string | null {
  const name = values['/name']?.value;
  return typeof name === 'string' ? nameOrderKey(subjectType, name) : nameOrder;
}

function classified(grade: string, { urgency, urgencyUntil, kind }: Classification) {
  return { grade, urgency: { level: urgency, until: urgencyUntil }, kind };
}

/** What follows from the values alone. */
function derived(subjectType: SubjectType, content: Values, nameOrder: string | null) {
  const { values, proposed, waiting, acts, boxes } = content;
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
    ...{ values, proposed, waiting, acts, boxes, nameOrder },
    signUntil: greatest(Object.values(proposed).map(({ lapsesAt }) => lapsesAt)),
    countersignBy: least(Object.values(waiting).map(({ dueAt }) => dueAt)),
    tokens: tokensOf(values),
  };
}

function greatest(instants: readonly string[]): string | null {
  return instants.reduce<string | null>((most, each) => (most === null || each > most ? each : most), null);
}

function least(instants: readonly string[]): string | null {
  return instants.reduce<string | null>((most, each) => (most === null || each < most ? each : most), null);
}

function nameOrderAfter<None extends string | null | undefined>(
  before: None,
  { data }: { readonly data: { readonly open: Readonly<Record<string, Json>>; readonly sealed: object } },
  subjectType: SubjectType,
  { opened }: FoldTools,
): string | null | None {
  const open = data.open['/name'];
  if (typeof open === 'string') return nameOrderKey(subjectType, open);
  const sealed = Object.values(data.sealed as Record<string, readonly string[]>).some((pointers) =>
    pointers.includes('/name'),
  );
  if (!sealed) return before;
  const name = opened.get('/name');
  return typeof name === 'string' ? nameOrderKey(subjectType, surnameOf(name)) : null;
}
