import { categoryOf, idOf, type Recorded, type RecordedEvent } from '#engine/event.js';
import type { ActivityEvent } from '../activity/events.js';

/** Id of the customer's record that an event of his activity belongs to; `null` for every other stream. */
export function activityOf(event: Pick<RecordedEvent, 'stream'>): string | null {
  return categoryOf(event.stream) === 'customerActivity' ? idOf(event.stream) : null;
}

/** An event of a customer's activity with its type known. */
export function asActivityEvent(event: RecordedEvent): Recorded<ActivityEvent> {
  return event as unknown as Recorded<ActivityEvent>;
}
