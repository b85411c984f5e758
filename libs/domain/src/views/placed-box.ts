import type { RecordedEvent } from '#engine/event.js';

/** A box as a document keeps it: unchanged, with the place that it opens at (the engine's `PlacedBox`). */
export type KeptBox = {
  readonly stream: string;
  readonly eventId: string;
  readonly part: string;
  readonly box: { readonly k: string; readonly c: string; readonly m: string };
};

/** The box of one part of an event, `null` where the event seals no such part. */
export function keptBox(event: RecordedEvent, part: string): KeptBox | null {
  const box = event.boxes[part];
  return box ? { stream: event.stream, eventId: event.id, part, box: { ...box } } : null;
}
