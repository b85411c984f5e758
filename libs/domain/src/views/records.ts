import type { Json } from '#engine/json.js';
import { GONE, type View } from '#engine/views/view.js';
import type { RecordStatus } from '../records/record.js';
import type { SubjectType } from '../schema/fields.js';
import { recordIdOf } from './record-events.js';
import { searchablePointers, type Values } from './record-values.js';
import { changed, collected } from './records-fold.js';

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
  /** When the last of the open proposals lapses; `null` where none waits for a signature. */
  readonly signUntil: string | null;
  /** When the first countersignature is due; `null` where none waits. */
  readonly countersignBy: string | null;
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
 * records that share a token. What waits for a custodian: `signUntil gt now`, and `countersignBy gt ''` in that order,
 * each with `custodian eq`.
 */
export const recordsView: View<RecordRow> = {
  name: 'records',
  version: 2,
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
    { name: 'bySignature', fields: ['signUntil'] },
    { name: 'bySignatureOf', fields: ['custodian', 'signUntil'] },
    { name: 'byCountersignature', fields: ['countersignBy'] },
    { name: 'byCountersignatureOf', fields: ['custodian', 'countersignBy'] },
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
