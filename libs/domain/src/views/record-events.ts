import { categoryOf, idOf, type Recorded, type RecordedEvent } from '#engine/event.js';
import type { RecordEvent } from '../records/events.js';

/** Id of the record that an event of its own stream is about; `null` for every other stream. */
export function recordIdOf(event: Pick<RecordedEvent, 'stream'>): string | null {
  return categoryOf(event.stream) === 'customerRecord' ? idOf(event.stream) : null;
}

/** An event of a record's stream with its type known: what reaches a fold is upcast and was validated when written. */
export function asRecordEvent(event: RecordedEvent): Recorded<RecordEvent> {
  return event as unknown as Recorded<RecordEvent>;
}

/** The id that an event of a record's stream names, where it is of these types. */
export function namedBy(
  event: RecordedEvent,
  types: ReadonlySet<string>,
  member: 'loanId' | 'applicationId' | 'proposalId',
): readonly string[] {
  const id = event.data[member];
  return recordIdOf(event) !== null && types.has(event.type) && typeof id === 'string' ? [id] : [];
}
