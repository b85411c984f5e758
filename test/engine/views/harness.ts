import type { RecordedEvent, StoredEvent } from '#engine/event.js';
import type { JsonObject } from '#engine/json.js';
import type { EventLog } from '#engine/ports/event-log.js';
import type { ViewDoc, ViewStore } from '#engine/ports/view-store.js';
import { readCheckpoints, raiseCheckpoints } from '#engine/views/checkpoints.js';
import { Feed } from '#engine/views/feed.js';
import type { Generation } from '#engine/views/generation.js';
import { ensureControl, ensureGeneration } from '#engine/views/generations.js';
import { documents } from '#engine/views/dump.js';
import { upcastAll } from '#engine/views/prepare.js';
import { Progress } from '#engine/views/progress.js';
import { Projector } from '#engine/views/projector.js';
import type { ProjectorOptions } from '#engine/views/projector-options.js';
import type { ViewStopped } from '#engine/views/stopped.js';
import { GONE, type View } from '#engine/views/view.js';
import { openSqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { openSqliteViewStore } from '#infra/view-store/sqlite/sqlite-view-store.js';
import {
  depotTraffic,
  parcelEvents,
  parcelRegistry,
  parcelTracker,
  type ParcelStep,
} from '../../builders/parcels.js';

export const LOG_ID = '11111111-1111-4111-8111-111111111111';

/** Opens the recipient of every parcel: `Ms <stream>`. */
export const openRecipient = async (event: RecordedEvent, pointers: readonly string[]) =>
  new Map(pointers.map((pointer) => [pointer, `Ms ${event.stream}`]));

export const token = (text: string) => `#${text.length}-${text}`;

/** A fold in the simplest words: one pass, one map, no batches. Knows parking, but no retry. */
export function naive(view: View, events: readonly RecordedEvent[], registry = parcelRegistry): string {
  const docs = new Map<string, ViewDoc>();
  for (const event of events.map((stored) => registry.upcast(stored))) {
    const opened = new Map((view.opens?.(event) ?? []).map((pointer) => [pointer, `Ms ${event.stream}`]));
    for (const _id of new Set(view.keys(event))) {
      const doc = docs.get(_id);
      if (doc?.gone) continue;
      const { _id: _, at: __, parked, ...body } = doc ?? { _id, at: '' };
      const through = event.position;
      const park = (from: string) =>
        docs.set(_id, { _id, at: `${through}!`, parked: { from, through }, ...body });
      if (parked) {
        park((parked as { from: string }).from);
        continue;
      }
      try {
        const next = view.evolve(doc ? (body as JsonObject) : null, event, _id, { opened, token });
        docs.set(_id, next === GONE ? { _id, at: through, gone: true } : { _id, at: through, ...next });
      } catch {
        park(through);
      }
    }
  }
  return text([...docs.values()].sort((a, b) => (a._id < b._id ? -1 : 1)));
}

/** The bytes of a collection. */
export async function contents(store: ViewStore, collection: string): Promise<string> {
  const docs: ViewDoc[] = [];
  for await (const doc of documents(store, collection)) docs.push(doc);
  return text(docs);
}

function text(docs: readonly ViewDoc[]): string {
  return docs.map((doc) => JSON.stringify(doc)).join('\n');
}

export interface World {
  readonly log: EventLog;
  readonly store: ViewStore;
  readonly stopped: ViewStopped[];
  readonly retries: unknown[];
  /** Appends steps to the log and returns the position of the last. */
  append(...steps: ParcelStep[]): Promise<string>;
  projector(options?: Partial<ProjectorOptions>): Projector;
  /** Gives up a projector whose store no longer answers: it can never end its last step. */
  abandon(projector: Projector): void;
  events(): Promise<RecordedEvent[]>;
  close(): Promise<void>;
}

/** An embedded log and view store in memory, with projectors over them. */
export function openWorld(): World {
  const log = openSqliteEventLog({ path: ':memory:' });
  const store = openSqliteViewStore({ path: ':memory:' });
  const last = new Map<string, StoredEvent>();
  const stopped: ViewStopped[] = [];
  const retries: unknown[] = [];
  const running: Projector[] = [];
  return {
    log,
    store,
    stopped,
    retries,
    async append(...steps) {
      let position = '';
      for (const event of parcelEvents(steps, last)) {
        ({ position } = await log.append(event.stream, event.revision - 1, [event]));
      }
      return position;
    },
    projector(options = {}) {
      const projector = new Projector({
        log,
        logId: LOG_ID,
        store,
        registry: parcelRegistry,
        views: [parcelTracker, depotTraffic],
        openValues: openRecipient,
        token,
        progress: new Progress(),
        refreshMs: 20,
        dropDelayMs: 0,
        onStopped: (error) => stopped.push(error),
        onRetry: (error) => retries.push(error),
        ...options,
      });
      running.push(projector);
      return projector;
    },
    abandon(projector) {
      running.splice(running.indexOf(projector), 1);
      void projector.stop();
    },
    events: () => log.readAll({ after: null, maxCount: 10_000 }),
    async close() {
      await Promise.all(running.map((projector) => projector.stop()));
      await log.close();
      await store.close();
    },
  };
}

/** Resolves once the condition holds. A test that waits in vain fails, and leaves nothing running. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await condition()); waited++) {
    if (waited > 4_000) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export const context = (store: ViewStore, sliceCount = 1) => ({ store, logId: LOG_ID, sliceCount });

/** A worker that feeds one generation by hand, batch by batch. */
export async function feedOf(
  store: ViewStore,
  view: View,
  more: { generation?: Generation; slices?: { count: number; owned?: readonly number[] } } = {},
) {
  const slices = more.slices ?? { count: 1 };
  let generation = more.generation;
  if (!generation) {
    await ensureControl(store);
    const control = await ensureGeneration(context(store, slices.count), view);
    generation = control.generations.at(-1)!;
  }
  const { collection } = generation;
  const checkpoint = (await readCheckpoints(store, [collection])).get(collection)!;
  const feed = new Feed(view, generation, checkpoint, { store, slices, openValues: openRecipient, token });
  return {
    feed,
    collection,
    async take(batch: readonly RecordedEvent[]) {
      if (batch.length === 0) return;
      await feed.apply(upcastAll(parcelRegistry, batch));
      feed.checkpoint = (await raiseCheckpoints(store, [feed.raised(batch)])).get(collection)!;
    },
  };
}
