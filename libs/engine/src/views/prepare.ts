import type { RecordedEvent } from '../event.js';
import type { Json } from '../json.js';
import { UnreadableEvent, type Registry } from '../registry.js';
import { BoxForged } from '../sealing/box.js';
import { KeyMissing } from '../sealing/data-keys.js';
import { MasterKeyMissing } from '../sealing/wrapping.js';
import type { ParkCode, Prepared } from './fold.js';
import { ViewStopped } from './stopped.js';
import type { View } from './view.js';

/**
 * Opens sealed values of one event: those of the pointers asked for that still exist; destroyed ones are absent.
 * `BoxForged` parks the event, `KeyMissing` and `MasterKeyMissing` stop the view; any other error counts as a store
 * that cannot be reached just now and is tried again.
 */
export type OpenValues = (
  event: RecordedEvent,
  pointers: readonly string[],
) => Promise<ReadonlyMap<string, Json>>;

/** An event at the newest version of its type, or as it was stored with the reason why it cannot be read. */
export interface Upcast {
  readonly event: RecordedEvent;
  readonly unreadable?: UnreadableEvent['code'];
}

const NOTHING: ReadonlyMap<string, Json> = new Map();

/** Brings events to their newest versions, once for all views. */
export function upcastAll(registry: Registry, events: readonly RecordedEvent[]): Upcast[] {
  return events.map((event) => {
    try {
      return { event: registry.upcast(event) };
    } catch (error) {
      if (error instanceof UnreadableEvent) return { event, unreadable: error.code };
      throw error;
    }
  });
}

/**
 * The events that a view takes, with their keys and opened values, in the order given.
 * An unreadable event without keys stays in: it may concern this view, so it is recorded, never dropped.
 *
 * @param wanted whether the caller feeds this document
 * @throws ViewStopped where keys cannot be computed or a data key is lost
 */
export async function prepare(
  view: View,
  events: readonly Upcast[],
  wanted: (key: string) => boolean,
  open: OpenValues,
): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  const opening: Promise<void>[] = [];
  for (const { event, unreadable } of events) {
    const all = keysOf(view, event);
    const keys = all.filter(wanted);
    if (keys.length === 0 && !(unreadable && all.length === 0)) continue;
    if (unreadable) {
      prepared.push({ event, keys, opened: NOTHING, poison: unreadable });
      continue;
    }
    const place = prepared.push({ event, keys, opened: NOTHING }) - 1;
    if (!view.opens) continue;
    const pointers = pointersOf(view, event);
    if (pointers === 'open-failed') {
      prepared[place] = { event, keys, opened: NOTHING, poison: pointers };
    } else if (pointers.length > 0) {
      opening.push(
        openFor(view, event, pointers, open).then((result) => {
          prepared[place] = { event, keys, opened: NOTHING, ...result };
        }),
      );
    }
  }
  await Promise.all(opening);
  return prepared;
}

/** Ids of the documents that an event changes. @throws ViewStopped */
export function keysOf(view: View, event: RecordedEvent): readonly string[] {
  let keys: unknown;
  try {
    keys = view.keys(event);
  } catch {
    throw new ViewStopped('key-failed', view.name, event);
  }
  if (!areKeys(keys)) throw new ViewStopped('key-failed', view.name, event);
  return keys;
}

function areKeys(keys: unknown): keys is readonly string[] {
  return Array.isArray(keys) && keys.every((key) => typeof key === 'string' && key !== '');
}

function pointersOf(view: View, event: RecordedEvent): readonly string[] | 'open-failed' {
  try {
    return view.opens!(event);
  } catch {
    return 'open-failed';
  }
}

async function openFor(
  view: View,
  event: RecordedEvent,
  pointers: readonly string[],
  open: OpenValues,
): Promise<{ opened: ReadonlyMap<string, Json> } | { poison: ParkCode }> {
  try {
    return { opened: await open(event, pointers) };
  } catch (error) {
    if (error instanceof BoxForged) return { poison: 'open-failed' };
    if (error instanceof KeyMissing || error instanceof MasterKeyMissing) {
      throw new ViewStopped('key-missing', view.name, event);
    }
    throw error;
  }
}
