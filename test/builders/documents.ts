import { createHash } from 'node:crypto';
import type { RecordedEvent } from '#engine/event.js';
import type { ViewDoc } from '#engine/ports/view-store.js';
import { dumpLine } from '#engine/views/dump.js';
import { fold } from '#engine/views/fold.js';
import { prepare } from '#engine/views/prepare.js';
import type { View } from '#engine/views/view.js';
import { sealedValues } from './recorded-log.js';

export type Documents = ReadonlyMap<string, ViewDoc>;

export interface Folding {
  /** Documents that the events come on top of. Default: none. */
  readonly bases?: Documents;
  /** Documents that are fed. Default: all. */
  readonly wanted?: (key: string) => boolean;
  /** Whether the data key of a sealed value still exists. Default: each does. */
  readonly lives?: (pointer: string, event: RecordedEvent) => boolean;
}

/** The documents of a view after a batch of events, by the engine's own fold. No event may be left unfolded. */
export async function documentsAfter(
  view: View,
  events: readonly RecordedEvent[],
  { bases = new Map(), wanted = () => true, lives = () => true }: Folding = {},
): Promise<Documents> {
  const open = (event: RecordedEvent, pointers: readonly string[]) =>
    Promise.resolve(
      new Map(
        Object.entries(sealedValues(event)).filter(
          ([pointer]) => pointers.includes(pointer) && lives(pointer, event),
        ),
      ),
    );
  const upcast = events.map((event) => ({ event }));
  const folded = fold(view, await prepare(view, upcast, wanted, open), bases, token);
  expect(folded.parkings).toEqual([]);
  return new Map([...bases, ...folded.writes.map(({ doc }) => [doc._id, doc] as const)]);
}

/** One document of a view after these events, as its own type. */
export async function documentAfter<Row>(
  view: View,
  events: readonly RecordedEvent[],
  key: string,
  folding: Folding = {},
): Promise<Row & ViewDoc> {
  const documents = await documentsAfter(view, events, folding);
  const doc = documents.get(key);
  if (!doc) throw new Error(`${view.name} has no document ${key}, only ${[...documents.keys()].join(', ')}`);
  return doc as Row & ViewDoc;
}

/** A whole view as text: one canonical line a document, in id order. */
export function dumpOf(documents: Documents): string {
  const sorted = [...documents.values()].sort((a, b) => (a._id < b._id ? -1 : 1));
  return sorted.map((doc) => `${dumpLine(doc)}\n`).join('');
}

/** A stand-in for the index token: the same text always gives the same one, and none can be read. */
export function token(text: string): string {
  return `t-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
