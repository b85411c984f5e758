import type { StoredEvent } from '#engine/event.js';
import { AppendTooLarge, MAX_APPEND_BYTES } from '#engine/ports/event-log.js';

/** An append in the form that is stored: one JSON text per event. */
export interface Batch {
  readonly stream: string;
  readonly expectedRevision: number;
  /** Event ids, in order: what tells a repeat from another batch. */
  readonly ids: readonly string[];
  readonly texts: readonly string[];
  /** UTF-8 bytes of all texts together. */
  readonly bytes: number;
}

/**
 * Checks an append before it is queued or sent, and serialises it.
 * @throws TypeError where the events do not belong at this place: a bug of the caller
 * @throws AppendTooLarge
 */
export function batchOf(stream: string, expectedRevision: number, events: readonly StoredEvent[]): Batch {
  if (stream === '') throw new TypeError('a stream has a name');
  if (!Number.isSafeInteger(expectedRevision) || expectedRevision < -1) {
    throw new TypeError(`${expectedRevision} is no expected revision`);
  }
  if (events.length === 0) throw new TypeError('an append holds at least one event');
  const texts: string[] = [];
  const ids: string[] = [];
  let bytes = 0;
  for (const event of events) {
    const revision = expectedRevision + 1 + texts.length;
    if (event.stream !== stream || event.revision !== revision) {
      throw new TypeError(`${event.stream}@${event.revision} cannot be appended as ${stream}@${revision}`);
    }
    const text = JSON.stringify(event);
    bytes += Buffer.byteLength(text);
    if (bytes > MAX_APPEND_BYTES) throw new AppendTooLarge(bytes);
    texts.push(text);
    ids.push(event.id);
  }
  return { stream, expectedRevision, ids, texts, bytes };
}
