import type { RecordedEvent } from '../event.js';
import type { EventLog } from '../ports/event-log.js';
import type { ViewDoc, ViewStore } from '../ports/view-store.js';
import type { Registry } from '../registry.js';
import { bodyOf, fold, markOf, readThrough, type ParkCode } from './fold.js';
import type { Generation } from './generation.js';
import { dismiss, entriesOf, type ParkedEntry } from './parking.js';
import { prepare, upcastAll, type OpenValues } from './prepare.js';
import type { View } from './view.js';

/** What became of the parked events of one generation. */
export interface RetryReport {
  readonly generation: number;
  /** Documents that hold all their events again. */
  readonly mended: number;
  /** Documents that still cannot take an event: where, and why. */
  readonly parked: readonly { readonly key: string; readonly position: string; readonly code: ParkCode }[];
  /**
   * Positions of events that named no document while they could not be read and do name one now. Their place in
   * those documents is past: only a rebuild can take them in.
   */
  readonly rebuildFor: readonly string[];
}

export interface RetryContext {
  readonly log: EventLog;
  readonly store: ViewStore;
  readonly registry: Registry;
  readonly openValues: OpenValues;
  readonly token: (text: string) => string;
}

/**
 * Tries the parked events of one generation again: reads them from the log, folds them in order, and clears the mark
 * of a document only if all of them go in and none has come meanwhile.
 * @throws ViewStopped where a parked document turns out to have no base
 */
export async function retryParked(
  context: RetryContext,
  view: View,
  generation: Generation,
): Promise<RetryReport> {
  const byKey = new Map<string | null, ParkedEntry[]>();
  for await (const entry of entriesOf(context.store, view.name, generation.number)) {
    const entries = byKey.get(entry.key);
    if (entries) entries.push(entry);
    else byKey.set(entry.key, [entry]);
  }
  const nameless = byKey.get(null) ?? [];
  byKey.delete(null);

  let mended = 0;
  const parked: { key: string; position: string; code: ParkCode }[] = [];
  for (const [key, entries] of byKey as Map<string, ParkedEntry[]>) {
    const outcome = await retryDocument(context, view, generation, key, entries);
    if (outcome === 'mended') mended += 1;
    else if (outcome) parked.push({ key, ...outcome });
  }
  const rebuildFor = await retryNameless(context, view, nameless);
  return { generation: generation.number, mended, parked, rebuildFor };
}

/** `null` where the document was not parked after all, or keeps taking new events: the next retry sees it. */
async function retryDocument(
  context: RetryContext,
  view: View,
  { collection }: Generation,
  key: string,
  entries: readonly ParkedEntry[],
): Promise<'mended' | { position: string; code: ParkCode } | null> {
  const doc = (await context.store.get(collection, [key])).get(key);
  if (!doc) return null;
  const mark = markOf(doc);
  // What the document holds or absorbs by now needs no entry: a faster worker took it, or a crash left it behind.
  const settled = ({ position }: ParkedEntry) =>
    mark ? position < mark.from : doc.gone === true || position <= doc.at;
  await dismiss(context.store, entries.filter(settled));
  if (!mark) return null;

  const due = entries.filter(({ position }) => position >= mark.from && position <= mark.through);
  const events = upcastAll(context.registry, await eventsAt(context.log, due));
  const prepared = await prepare(view, events, (wanted) => wanted === key, context.openValues);
  const { writes, parkings } = fold(view, prepared, unmarked(doc), context.token);
  const [poison] = parkings;
  if (poison) return { position: poison.event.position, code: poison.code };
  const folded = writes[0]?.doc;
  if (!folded || readThrough(folded) !== mark.through) {
    return due.length > 0 ? { position: due[0]!.position, code: due[0]!.code } : null;
  }
  const lost = await context.store.write(collection, [{ doc: folded, from: doc.at }]);
  if (lost.length > 0) return null;
  await dismiss(context.store, due);
  return 'mended';
}

/** The document as it was before its first parked event. */
function unmarked(doc: ViewDoc): ReadonlyMap<string, ViewDoc> {
  const body = bodyOf(doc);
  return new Map(body ? [[doc._id, { _id: doc._id, at: '', ...body }]] : []);
}

async function retryNameless(
  { log, store, registry }: RetryContext,
  view: View,
  entries: readonly ParkedEntry[],
): Promise<string[]> {
  const rebuildFor: string[] = [];
  const events = upcastAll(registry, await eventsAt(log, entries));
  for (const [i, { event, unreadable }] of events.entries()) {
    if (unreadable) continue;
    if (view.keys(event).length > 0) rebuildFor.push(event.position);
    else await dismiss(store, [entries[i]!]);
  }
  return rebuildFor;
}

async function eventsAt(log: EventLog, entries: readonly ParkedEntry[]): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (const { stream, revision } of entries) {
    events.push(...(await log.readStream(stream, { from: revision, maxCount: 1 })));
  }
  return events;
}
