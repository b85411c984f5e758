import fc from 'fast-check';
import type { RecordedEvent } from '#engine/event.js';
import type { ViewStore } from '#engine/ports/view-store.js';
import { addGeneration } from '#engine/views/generations.js';
import type { View } from '#engine/views/view.js';
import { openSqliteViewStore } from '#infra/view-store/sqlite/sqlite-view-store.js';
import {
  delivered,
  depotTraffic,
  forgotten,
  lost,
  moved,
  parcelTracker,
  POISON_DEPOT,
  recordedParcels,
  scanned,
  shipped,
  shippedLongAgo,
  type ParcelStep,
} from '../../builders/parcels.js';
import { contents, context, feedOf, naive } from './harness.js';
import { unsteady, type Unsteady } from './unsteady-store.js';

const parcel = fc.constantFrom('a', 'b', 'c');
const depot = fc.constantFrom('north', 'south');

/** Any history of a few parcels; each begins with its shipping, at one version or the other. */
const history = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.tuple(parcel, depot).map(([id, where]) => scanned(id, where)) },
      { weight: 2, arbitrary: fc.tuple(parcel, depot, depot).map(([id, from, to]) => moved(id, from, to)) },
      { weight: 2, arbitrary: parcel.map(delivered) },
      { weight: 1, arbitrary: parcel.map(lost) },
      { weight: 1, arbitrary: parcel.map(forgotten) },
      { weight: 1, arbitrary: parcel.map((id) => scanned(id, POISON_DEPOT)) },
    ),
    { minLength: 1, maxLength: 25 },
  )
  .map((steps) => {
    const begun = new Set<string>();
    return recordedParcels(
      steps.flatMap((step): ParcelStep[] => {
        if (begun.has(step.parcel)) return [step];
        begun.add(step.parcel);
        return [step.parcel === 'b' ? shippedLongAgo(step.parcel) : shipped(step.parcel), step];
      }),
    );
  });

/** One run of a worker: how its batches are cut, how far it goes back, what happens to its calls. */
const run = fc.record({
  cuts: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
  /** Events delivered once more at the start of each batch. */
  again: fc.integer({ min: 0, max: 3 }),
  delays: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }),
  stale: fc.array(fc.boolean(), { maxLength: 6 }),
  crashAt: fc.integer({ min: 0, max: 20 }),
  crashedAfter: fc.boolean(),
});
type Run = Unsteady & { readonly cuts: readonly number[]; readonly again: number };
const steady: Run = { cuts: [4], again: 0, delays: [], stale: [] };

const view = fc.constantFrom<View>(parcelTracker as View, depotTraffic as View);

/** Works from the stored checkpoint to the end of the log, or until it crashes. */
async function work(
  store: ViewStore,
  of: View,
  events: readonly RecordedEvent[],
  how: Run,
  more: Parameters<typeof feedOf>[2] = {},
): Promise<void> {
  const { store: between, crashed } = unsteady(store, how);
  const toTheEnd = async () => {
    const { feed, take } = await feedOf(between, of, more);
    let begin = events.findIndex(({ position }) => feed.position === null || position > feed.position);
    for (let i = 0; begin >= 0 && begin < events.length; i++) {
      const end = begin + how.cuts[i % how.cuts.length]!;
      await take(events.slice(Math.max(0, begin - how.again), end));
      begin = end;
    }
  };
  await Promise.race([toTheEnd(), crashed]);
}

async function onStore(test: (store: ViewStore) => Promise<void>): Promise<void> {
  const store = openSqliteViewStore({ path: ':memory:' });
  await test(store);
  await store.close();
}

describe('the documents are the same as those of one plain pass over the log, byte for byte,', () => {
  it('however the log is cut into batches and whatever is delivered again', async () => {
    await fc.assert(
      fc.asyncProperty(view, history, run, (of, events, how) =>
        onStore(async (store) => {
          const { crashAt: _, ...alive } = how;
          await work(store, of, events, alive);
          expect(await contents(store, (await feedOf(store, of)).collection)).toBe(naive(of, events));
        }),
      ),
      { numRuns: 60 },
    );
  });

  it('after crashes at any step between read, write and checkpoint', async () => {
    await fc.assert(
      fc.asyncProperty(view, history, fc.array(run, { maxLength: 4 }), (of, events, runs) =>
        onStore(async (store) => {
          for (const how of runs) await work(store, of, events, how);
          await work(store, of, events, steady);
          expect(await contents(store, (await feedOf(store, of)).collection)).toBe(naive(of, events));
        }),
      ),
      { numRuns: 80 },
    );
  });

  it('with workers who race on the same slice, from stale bases, and die', async () => {
    await fc.assert(
      fc.asyncProperty(view, history, fc.array(run, { minLength: 2, maxLength: 3 }), (of, events, runs) =>
        onStore(async (store) => {
          await feedOf(store, of);
          await Promise.all(runs.map((how) => work(store, of, events, how)));
          await work(store, of, events, steady);
          expect(await contents(store, (await feedOf(store, of)).collection)).toBe(naive(of, events));
        }),
      ),
      { numRuns: 200 },
    );
  });

  it('with workers who share the slices', async () => {
    await fc.assert(
      fc.asyncProperty(view, history, run, run, (of, events, one, other) =>
        onStore(async (store) => {
          const all = { count: 4 };
          const { collection } = await feedOf(store, of, { slices: all });
          await Promise.all([
            work(store, of, events, one, { slices: { count: 4, owned: [0, 1] } }),
            work(store, of, events, other, { slices: { count: 4, owned: [1, 2, 3] } }),
          ]);
          await work(store, of, events, steady, { slices: all });
          const { feed } = await feedOf(store, of, { slices: all });
          expect(await contents(store, collection)).toBe(naive(of, events));
          expect(feed.checkpoint.read).toBe(events.length);
        }),
      ),
      { numRuns: 60 },
    );
  });

  it('in a generation that was filled in the middle of it all', async () => {
    await fc.assert(
      fc.asyncProperty(view, history, run, run, run, (of, events, one, filling, again) =>
        onStore(async (store) => {
          const { collection } = await feedOf(store, of);
          const first = work(store, of, events, one);
          const generation = await addGeneration(context(store), of);
          await Promise.all([first, work(store, of, events, filling, { generation })]);
          await work(store, of, events, again, { generation });
          await work(store, of, events, steady, { generation });
          await work(store, of, events, steady, {
            generation: { number: 1, version: of.version, collection },
          });
          expect(await contents(store, generation.collection)).toBe(naive(of, events));
          expect(await contents(store, collection)).toBe(naive(of, events));
        }),
      ),
      { numRuns: 40 },
    );
  });
});
