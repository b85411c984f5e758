import fc from 'fast-check';
import type { ViewStore } from '#engine/ports/view-store.js';
import { readControl } from '#engine/views/generations.js';
import type { View } from '#engine/views/view.js';
import {
  delivered,
  depotTraffic,
  moved,
  parcelTracker,
  POISON_DEPOT,
  scanned,
  shipped,
  type ParcelStep,
} from '../../builders/parcels.js';
import { contents, naive, openWorld, until, type World } from './harness.js';
import { unsteady } from './unsteady-store.js';

const TRACKER = 'parcel_tracker_v1_g1';
const DEPOTS = 'depot_traffic_v1_g1';

async function expectAllTold(world: World): Promise<void> {
  const events = await world.events();
  expect(await contents(world.store, TRACKER)).toBe(naive(parcelTracker as View, events));
  expect(await contents(world.store, DEPOTS)).toBe(naive(depotTraffic as View, events));
}

describe('a projector', () => {
  let world: World;
  beforeEach(() => (world = openWorld()));
  afterEach(() => world.close());

  it('catches up with the log, then follows it live', async () => {
    await world.append(shipped('x'), scanned('x'), moved('x', 'north', 'south'));
    const projector = world.projector({ batchSize: 2 });
    await projector.start();
    const last = await world.append(delivered('x'));
    await until(() => projector.status().every(({ position }) => position === last));
    expect(projector.status().map(({ state }) => state)).toEqual(['live', 'live']);
    await expectAllTold(world);
  });

  it('has written its documents and checkpoints once it has stopped, and goes on from there', async () => {
    await world.append(...Array.from({ length: 40 }, (_, i) => shipped(`p${i}`)));
    const first = world.projector({ batchSize: 5 });
    await first.start();
    await until(() => first.status()[0]!.position !== null);
    await first.stop();
    const reached = first.status().map(({ position }) => position!);
    const read = (await world.events()).filter(({ position }) => position <= reached[0]!);
    expect(await contents(world.store, TRACKER)).toBe(naive(parcelTracker as View, read));

    const second = world.projector({ batchSize: 7 });
    await second.start();
    const last = await world.append(scanned('p7'));
    await until(() => second.status().every(({ position }) => position === last));
    await expectAllTold(world);
    expect(world.stopped).toEqual([]);
  });

  it('tries again when its store fails, and loses nothing', async () => {
    let failures = 6;
    const failing: ViewStore = new Proxy(world.store, {
      get(target, member) {
        const value: unknown = Reflect.get(target, member);
        if (member !== 'write' && member !== 'get') return (value as () => void).bind(target);
        return async (...args: unknown[]) => {
          if (running && failures-- > 0) throw new Error('the store is not there');
          return (value as (...all: unknown[]) => unknown).apply(target, args);
        };
      },
    });
    let running = false;
    const projector = world.projector({ store: failing, refreshMs: 60_000 });
    await projector.start();
    running = true;
    const last = await world.append(shipped('x'), scanned('x'), delivered('x'));
    await until(() => projector.status().every(({ position }) => position === last));
    await expectAllTold(world);
    expect(world.retries.length).toBeGreaterThanOrEqual(6);
  });

  it('gives a view that is new to the program its own reading of the log, and the others wait for nothing', async () => {
    const before = await world.append(shipped('x'), scanned('x'));
    const first = world.projector({ views: [parcelTracker] });
    await first.start();
    await until(() => first.status()[0]!.position === before);
    await first.stop();
    let hold = true;
    const slow: View = { ...(depotTraffic as View), opens: () => ['/any'] };
    const projector = world.projector({
      views: [{ ...(parcelTracker as View), opens: () => [] }, slow],
      openValues: async () => {
        while (hold) await new Promise((resolve) => setImmediate(resolve));
        return new Map();
      },
    });
    await projector.start();
    const last = await world.append(delivered('x'));
    await until(() => projector.status()[0]!.position === last);
    expect(projector.status()[1]).toMatchObject({ state: 'filling', position: null });
    hold = false;
    await until(() => projector.status()[1]!.position === last);
    await until(() => projector.status()[1]!.state === 'live');
    expect(await contents(world.store, DEPOTS)).toBe(naive(depotTraffic as View, await world.events()));
  });
});

describe('two projectors on one store', () => {
  const step = fc.record({ parcel: fc.constantFrom('a', 'b', 'c'), kind: fc.integer({ min: 0, max: 4 }) });

  function told(steps: readonly { parcel: string; kind: number }[], begun: Set<string>): ParcelStep[] {
    return steps.flatMap(({ parcel, kind }) => {
      const first = begun.has(parcel) ? [] : [shipped(parcel)];
      begun.add(parcel);
      const kinds = [
        scanned(parcel),
        moved(parcel, 'north', 'south'),
        moved(parcel, 'south', 'south'),
        delivered(parcel),
        scanned(parcel, POISON_DEPOT),
      ];
      return [...first, kinds[kind]!];
    });
  }

  it('end in the documents of one plain pass, through a crash and a rebuild while events keep coming', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 20 }),
        fc.array(step, { minLength: 1, maxLength: 20 }),
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 5, max: 60 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 6 }),
        async (early, late, delays, crashAt, crashedAfter, batchSize) => {
          const world = openWorld();
          const begun = new Set<string>();
          await world.append(...told(early, begun));
          const { store, crashed } = unsteady(world.store, { delays, stale: [], crashAt, crashedAfter });
          const crashing = world.projector({ store, batchSize });
          const started = Promise.race([crashing.start(), crashed]);
          const projector = world.projector({ batchSize: batchSize + 1 });
          await projector.start();
          const rebuilding = projector.rebuild('parcelTracker');
          const last = await world.append(...told(late, begun));
          const { flipped } = await rebuilding;
          await until(() => projector.status().every(({ position }) => position === last));
          await projector.stop();

          await expectAllTold(world);
          const control = (await readControl(world.store, 'parcelTracker'))!;
          const expected = naive(parcelTracker, await world.events());
          for (const { collection } of control.generations) {
            expect(await contents(world.store, collection)).toBe(expected);
          }
          expect(flipped).toBe(true);
          expect(world.stopped).toEqual([]);
          await started;
          world.abandon(crashing);
          await world.close();
        },
      ),
      { numRuns: 25 },
    );
  });
});
