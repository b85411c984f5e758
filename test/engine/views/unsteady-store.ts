import type { ViewDoc, ViewStore } from '#engine/ports/view-store.js';

/** What goes wrong between a worker and its store, call by call. */
export interface Unsteady {
  /** Turns of the event loop before each call: how racing workers interleave. Used round and round. */
  readonly delays: readonly number[];
  /** Calls (of `get`) answered with what an earlier call saw. */
  readonly stale: readonly boolean[];
  /** The worker dies at this call, counted from 0: the call never returns. */
  readonly crashAt?: number;
  /** Whether that call still took effect. */
  readonly crashedAfter?: boolean;
}

/** A worker's connection to a store that is slow, answers from the past, and may be cut at any call. */
export function unsteady(store: ViewStore, { delays, stale, crashAt, crashedAfter }: Unsteady) {
  let calls = 0;
  let gets = 0;
  let crash: () => void;
  const crashed = new Promise<'crashed'>((resolve) => (crash = () => resolve('crashed')));
  const seen = new Map<string, ViewDoc>();

  async function call<T>(work: () => Promise<T>): Promise<T> {
    const number = calls++;
    for (let i = delays.length > 0 ? delays[number % delays.length]! : 0; i > 0; i--) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (number !== crashAt) return work();
    if (crashedAfter) await work();
    crash();
    return new Promise<never>(() => undefined);
  }

  const unsteadyStore: ViewStore = {
    ensureCollection: (name, indexes) => call(() => store.ensureCollection(name, indexes)),
    dropCollection: (name) => call(() => store.dropCollection(name)),
    collections: () => call(() => store.collections()),
    get: (collection, ids) =>
      call(async () => {
        const docs = new Map(await store.get(collection, ids));
        const isStale = stale[gets++] === true;
        for (const id of ids) {
          const place = `${collection}/${id}`;
          const earlier = seen.get(place);
          if (isStale && earlier) docs.set(id, earlier);
          else if (docs.has(id)) seen.set(place, docs.get(id)!);
        }
        return docs;
      }),
    write: (collection, writes) => call(() => store.write(collection, writes)),
    find: (collection, query) => call(() => store.find(collection, query)),
    count: (collection, where, limit) => call(() => store.count(collection, where, limit)),
    groupCount: (collection, where, by) => call(() => store.groupCount(collection, where, by)),
    scan: (collection, after, limit) => call(() => store.scan(collection, after, limit)),
    scrub: () => call(() => store.scrub()),
    close: () => store.close(),
  };
  return { store: unsteadyStore, crashed };
}
