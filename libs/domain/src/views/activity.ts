import type { Recorded } from '#engine/event.js';
import type { View } from '#engine/views/view.js';
import { dateOf } from '../activity/content.js';
import type { ActivityEvent } from '../activity/events.js';
import type { ActivityKind } from '../activity/kinds.js';
import { activityOf, asActivityEvent } from './activity-events.js';
import { actOf, type Act } from './act.js';

/**
 * One entry about a customer. It says where the content stands, and holds none of it: a destruction names no entries, so
 * it would not find the boxes here.
 */
export type ActivityRow = {
  readonly record: string;
  readonly kind: ActivityKind;
  /** When it happened, as the version in force has it: an instant, or a date where no time is known. */
  readonly time: string;
  /** The local date of that. */
  readonly on: string;
  /** Oldest first; the last one is in force. */
  readonly versions: readonly ActivityVersion[];
  /** It should not have been made. */
  readonly struck: Act | null;
};

/** An entry as somebody entered it. */
export type ActivityVersion = Act & {
  /** Revision, in the customer's activity, of the event that holds it. */
  readonly revision: number;
  readonly time: string;
  /** Pointers of the values in its box. */
  readonly sealed: readonly string[];
};

/**
 * What happened with a customer, when, and who entered it?
 *
 * Key: the entry. Serves `GET /v1/records/{id}/activities`, newest first (`on desc`, `time desc`): of a `record`, of one
 * `kind`, within a range of `on`; and the date of the last contact (the first of them that was not struck out).
 */
export const activityView: View<ActivityRow> = {
  name: 'activity',
  version: 1,
  indexes: [
    { name: 'byRecord', fields: ['record', 'on', 'time'], descending: ['on', 'time'] },
    { name: 'byKind', fields: ['record', 'kind', 'on', 'time'], descending: ['on', 'time'] },
  ],
  begins: ['ActivityRecorded'],
  keys(event) {
    const { entryId } = event.data;
    return activityOf(event) !== null && typeof entryId === 'string' ? [entryId] : [];
  },
  evolve(row, recorded) {
    const event = asActivityEvent(recorded);
    if (row === null) {
      if (event.type !== 'ActivityRecorded') throw new Error(`an entry does not begin with ${event.type}`);
      const version = versionOf(event);
      return {
        ...{ record: activityOf(recorded)!, kind: event.data.kind },
        ...{ time: version.time, on: dateOf(version.time), versions: [version], struck: null },
      };
    }
    if (event.type === 'ActivityStruck') return { ...row, struck: actOf(event) };
    const version = versionOf(event);
    const versions = [...row.versions, version];
    return { ...row, time: version.time, on: dateOf(version.time), versions };
  },
};

function versionOf(
  event: Extract<Recorded<ActivityEvent>, { type: 'ActivityRecorded' | 'ActivityCorrected' }>,
): ActivityVersion {
  const { revision, effectiveAt, data } = event;
  return { ...actOf(event), revision, time: effectiveAt, sealed: data.sealed };
}
