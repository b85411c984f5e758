import { categoryOf, type RecordedEvent } from '#engine/event.js';
import type { View } from '#engine/views/view.js';
import type { Reading } from '../staff-access/staff-access.js';

/** What one person read of one record at one moment: where the values stand, never the values. */
export type ReadingRow = {
  readonly person: string;
  /** In whose name, under a delegation. */
  readonly onBehalfOf: string | null;
  readonly record: string;
  /** JSON pointers of the values shown. */
  readonly pointers: readonly string[];
  /** Code of the right used. */
  readonly right: string;
  readonly purpose: string | null;
  readonly loan: string | null;
  readonly auditCase: string | null;
  readonly readAt: string;
};

/**
 * Who read what, when, and under which right?
 *
 * Key: `<stream>@<revision>/<record>`, one document for each record that a request read. Serves
 * `GET /v1/audit/readings`, newest first (`readAt desc`): of a `record`, of a `person`, or all, each within a range of
 * `readAt`; a field is `pointers eq /phone` (the items of a list each by their own pointer), a loan `loan eq`, a case
 * `auditCase eq`. It outlives the record.
 */
export const readingsView: View<ReadingRow> = {
  name: 'readings',
  version: 1,
  indexes: [
    { name: 'newest', fields: ['readAt'] },
    { name: 'byRecord', fields: ['record', 'readAt'] },
    { name: 'byPerson', fields: ['person', 'readAt'] },
    { name: 'byLoan', fields: ['loan', 'readAt'] },
    { name: 'byCase', fields: ['auditCase', 'readAt'] },
  ],
  begins: ['FieldsRead'],
  keys(event) {
    if (event.type !== 'FieldsRead' || categoryOf(event.stream) !== 'staffAccess') return [];
    const records = new Set(readingOf(event).records.map(({ id }) => id));
    return [...records].map((record) => `${placeOf(event)}/${record}`);
  },
  evolve(_none, event, key) {
    const { records, right, purpose, loanId, caseId } = readingOf(event);
    const record = key.slice(placeOf(event).length + 1);
    const pointers = records.filter(({ id }) => id === record).flatMap((each) => each.pointers);
    return {
      person: event.actorId,
      onBehalfOf: event.onBehalfOf,
      ...{ record, pointers: [...new Set(pointers)], right, purpose, loan: loanId, auditCase: caseId },
      readAt: event.recordedAt,
    };
  },
};

function placeOf({ stream, revision }: RecordedEvent): string {
  return `${stream}@${revision}`;
}

function readingOf({ data }: RecordedEvent): Reading {
  return data as unknown as Reading;
}
