import type { EventLog } from '#engine/ports/event-log.js';
import type { View } from '#engine/views/view.js';
import { delivered, depotTraffic, parcelTracker, scanned, shipped } from '../../builders/parcels.js';
import { contents, naive, openWorld, until, type World } from './harness.js';

let world: World;
beforeEach(() => (world = openWorld()));
afterEach(() => world.close());

const TRACKER = 'parcel_tracker_v1_g1';
const DEPOTS = 'depot_traffic_v1_g1';

describe('a view stops loudly, and the others go on,', () => {
  it('when an event that begins no document comes to a missing one', async () => {
    const last = await world.append(scanned('x'));
    const projector = world.projector();
    await projector.start();
    await until(() => projector.status().some(({ position }) => position === last));
    expect(world.stopped).toMatchObject([{ code: 'missing-base', view: 'parcelTracker', revision: 0 }]);
    expect(projector.status().map(({ view, state }) => [view, state])).toEqual([
      ['parcelTracker', 'stopped'],
      ['depotTraffic', 'live'],
    ]);
    expect(await contents(world.store, TRACKER)).toBe('');
    expect(await contents(world.store, DEPOTS)).toBe(naive(depotTraffic as View, await world.events()));
  });

  it.each([
    ['throw', () => JSON.parse('{')],
    ['are no texts', () => [undefined]],
  ])('when the keys of an event %s', async (_, keys) => {
    const last = await world.append(shipped('x'), scanned('x'));
    const views = [{ ...parcelTracker, keys } as unknown as View, depotTraffic as View];
    const projector = world.projector({ views });
    await projector.start();
    await until(() => projector.status().some(({ position }) => position === last));
    expect(world.stopped).toMatchObject([{ code: 'key-failed', view: 'parcelTracker' }]);
  });

  it('when the documents of its generation are gone', async () => {
    const first = await world.append(shipped('x'));
    const projector = world.projector();
    await projector.start();
    await until(() => projector.status().every(({ position }) => position === first));
    await world.store.dropCollection(TRACKER);
    const last = await world.append(scanned('x'));
    await until(() => projector.status().some(({ position }) => position === last));
    expect(world.stopped).toMatchObject([{ code: 'missing-collection', view: 'parcelTracker' }]);
  });
});

describe('a broken chain', () => {
  /** A log whose events come to the projector altered. */
  function altered(log: EventLog, change: (hash: string) => string): EventLog {
    return {
      append: (...args) => log.append(...args),
      readStream: (...args) => log.readStream(...args),
      readAll: (...args) => log.readAll(...args),
      head: () => log.head(),
      close: () => log.close(),
      async *subscribe(options) {
        for await (const batch of log.subscribe(options)) {
          yield batch.map((event) => (event.revision > 0 ? { ...event, prev: change(event.prev) } : event));
        }
      },
    };
  }

  it('stops every view before anything behind it is folded', async () => {
    await world.append(shipped('x'), scanned('x'));
    const projector = world.projector({ log: altered(world.log, (prev) => prev.replaceAll(/./g, 'f')) });
    await projector.start();
    await until(() => world.stopped.length === 2);
    expect(world.stopped.map(({ code, view }) => [code, view])).toEqual([
      ['broken-chain', 'parcelTracker'],
      ['broken-chain', 'depotTraffic'],
    ]);
    expect(await contents(world.store, TRACKER)).toBe('');
  });

  it('is told from a whole one', async () => {
    const last = await world.append(shipped('x'), scanned('x'));
    const projector = world.projector({ log: altered(world.log, (prev) => prev) });
    await projector.start();
    await until(() => projector.status().every(({ position }) => position === last));
    expect(world.stopped).toEqual([]);
  });
});

describe('a projector refuses to start', () => {
  beforeEach(async () => {
    const last = await world.append(shipped('x'), delivered('x'));
    const projector = world.projector();
    await projector.start();
    await until(() => projector.status().every(({ position }) => position === last));
    await projector.stop();
  });

  it('on views that were filled from another log', async () => {
    const other = world.projector({ logId: 'another' });
    await expect(other.start()).rejects.toMatchObject({ code: 'other-log', message: /this is log another/ });
  });

  it('on a log that ends before what the views have read', async () => {
    const older = openWorld();
    await older.append(shipped('x'));
    const projector = world.projector({ log: older.log });
    await expect(projector.start()).rejects.toMatchObject({ code: 'beyond-head', message: /older copy/ });
    await older.close();
  });

  it('on views of a newer version than its own', async () => {
    const newer = world.projector({ views: [{ ...(parcelTracker as View), version: 2 }] });
    await newer.start();
    await until(async () => !(await world.store.collections()).includes(TRACKER));
    await newer.stop();
    await expect(world.projector().start()).rejects.toMatchObject({ code: 'newer-version' });
  });

  it('on views that were cut into another number of slices', async () => {
    const projector = world.projector({ slices: { count: 64 } });
    await expect(projector.start()).rejects.toMatchObject({ code: 'slices-changed' });
  });

  it('on views whose documents are gone', async () => {
    await world.store.dropCollection(TRACKER);
    await expect(world.projector().start()).rejects.toMatchObject({ code: 'missing-collection' });
  });
});
