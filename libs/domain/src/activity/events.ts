import { z } from 'zod';
import { eventType, type EventType, type ShapeOf } from '#engine/registry.js';
import { ACTIVITY_KINDS } from './kinds.js';

const entry = {
  entryId: z.string(),
  kind: z.enum(ACTIVITY_KINDS),
  /** Revision of the customer's record whose facts the decision went by. */
  recordRevision: z.number().int(),
};
/** Pointers of the entry's values in the box; its time is the event's `effectiveAt`. */
const sealed = z.array(z.string()).readonly();
/** Revision, in this stream, of the version that stood until then. */
const replaces = z.number().int();

/** One entry. Amounts, too, are sealed. */
export const ActivityRecorded = eventType('ActivityRecorded', z.strictObject({ ...entry, sealed }), {
  seals: ['record'],
});

/**
 * An entry as it should have been; the version before stays in the log. Beside the new content the box has the reason
 * at `/text/reason` and, of a transaction, what was entered before at `/was/amount` and `/was/currency`: whoever adds
 * up amounts can take the old one off without having kept it.
 */
export const ActivityCorrected = eventType(
  'ActivityCorrected',
  z.strictObject({ ...entry, replaces, sealed }),
  { seals: ['record'] },
);

/** An entry that should not have been made. It stays in the log and counts no more; the box as in a correction. */
export const ActivityStruck = eventType('ActivityStruck', z.strictObject({ ...entry, replaces }), {
  seals: ['record'],
});

/** Every event of a `customerActivity` stream, for the registry. */
export const activityEventTypes = [
  ActivityRecorded,
  ActivityCorrected,
  ActivityStruck,
] as const satisfies readonly EventType[];

export type ActivityEvent = ShapeOf<(typeof activityEventTypes)[number]>;

/** The clear data of one event type. */
export type ActivityDataOf<T extends ActivityEvent['type']> = Extract<ActivityEvent, { type: T }>['data'];
