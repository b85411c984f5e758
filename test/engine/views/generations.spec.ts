import type { ViewStore } from '#engine/ports/view-store.js';
import { dumpDigest } from '#engine/views/dump.js';
import {
  addGeneration,
  flip,
  markToDrop,
  readControl,
  readControls,
  retire,
} from '#engine/views/generations.js';
import type { RebuildProgress } from '#engine/views/maintenance.js';
import type { Projector } from '#engine/views/projector.js';
import type { View } from '#engine/views/view.js';
import { delivered, lost, parcelTracker, POISON_DEPOT, scanned, shipped } from '../../builders/parcels.js';
import { contents, naive, openWorld, until, type World } from './harness.js';

let world: World;
beforeEach(() => (world = openWorld()));
afterEach(() => world.close());

const tracker = parcelTracker as View;
const views = [tracker];
const G1 = 'parcel_tracker_v1_g1';
const G2 = 'parcel_tracker_v1_g2';

async function running(last: string, options: Parameters<World['projector']>[0] = {}): Promise<Projector> {
  const projector = world.projector({ views, ...options });
  await projector.start();
  await until(() => projector.status().every(({ position }) => position === last));
  return projector;
}

const serving = async () => (await readControl(world.store, 'parcelTracker'))!.serving;

describe('a view without a generation', () => {
  it('gets one, which serves at once', async () => {
    const last = await world.append(shipped('x'));
    await running(last);
    expect(await readControls(world.store)).toMatchObject([
      { _id: 'parcelTracker', serving: 1, generations: [{ number: 1, version: 1, collection: G1 }] },
    ]);
    expect(await contents(world.store, G1)).toBe(naive(tracker, await world.events()));
  });
});

describe('a view whose code is newer than what serves', () => {
  const newer: View = {
    ...tracker,
    version: 2,
    evolve(row, event, key, tools) {
      const next = tracker.evolve(row, event, key, tools);
      return typeof next === 'symbol' ? next : { ...next, speed: next.service as string };
    },
  };
  const NEW = 'parcel_tracker_v2_g2';

  it('fills a new generation while the old one serves, then serves it and drops the old one', async () => {
    const last = await world.append(shipped('x'), scanned('x'));
    await (await running(last)).stop();

    let fill: () => void;
    const mayFill = new Promise<void>((resolve) => (fill = resolve));
    const held: View = { ...newer, opens: () => ['/recipient'] };
    const openValues = async () => {
      await mayFill;
      return new Map();
    };
    const upgraded = world.projector({ views: [held], openValues });
    await upgraded.start();
    expect(await serving()).toBe(1);
    expect(await contents(world.store, G1)).toBe(naive(tracker, await world.events()));

    fill!();
    await until(async () => (await serving()) === 2);
    await until(async () => !(await world.store.collections()).includes(G1));
    expect((await readControl(world.store, 'parcelTracker'))!.generations).toEqual([
      { number: 2, version: 2, collection: NEW },
    ]);
    expect((await world.store.get(NEW, ['x'])).get('x')).toMatchObject({ speed: 'express' });
  });
});

describe('a rebuild', () => {
  it('fills a new generation, compares row by row, and serves it', async () => {
    const last = await world.append(shipped('x'), scanned('x'), shipped('y'), lost('y'));
    const projector = await running(last);
    const { parity, flipped } = await projector.rebuild('parcelTracker');
    const { digest } = await dumpDigest(world.store, G1);
    expect(parity).toEqual({
      holds: true,
      position: last,
      serving: { rows: 2, digest },
      candidate: { rows: 2, digest },
      differing: 0,
      differences: [],
    });
    expect(flipped).toBe(true);
    expect(await serving()).toBe(2);
  });

  it('keeps both generations fed, so that going back is the same flip', async () => {
    const projector = await running(await world.append(shipped('x')));
    await projector.rebuild('parcelTracker');
    const last = await world.append(scanned('x'), delivered('x'));
    await until(() => projector.status().every(({ position }) => position === last));
    await projector.flip('parcelTracker', 1);
    expect(await serving()).toBe(1);
    const expected = naive(tracker, await world.events());
    expect(await contents(world.store, G1)).toBe(expected);
    expect(await contents(world.store, G2)).toBe(expected);
  });

  it('does not serve what differs, and names the places without their values', async () => {
    const last = await world.append(shipped('x'), scanned('x'), shipped('y'), delivered('y'));
    const buggy: View = {
      ...tracker,
      evolve(row, event, key, tools) {
        const next = tracker.evolve(row, event, key, tools);
        return typeof next === 'symbol' || key !== 'x' ? next : { ...next, to: 'nowhere' };
      },
    };
    await (await running(last, { views: [buggy] })).stop();
    const projector = await running(last);
    const { parity, flipped } = await projector.rebuild('parcelTracker');
    expect(flipped).toBe(false);
    expect(await serving()).toBe(1);
    expect(parity).toMatchObject({
      holds: false,
      differing: 1,
      differences: [{ key: 'x', paths: ['/to'] }],
    });
    expect(parity!.serving.digest).not.toBe(parity!.candidate.digest);

    await projector.flip('parcelTracker', 2);
    expect(await serving()).toBe(2);
    expect(await contents(world.store, G2)).toBe(naive(tracker, await world.events()));
  });

  it('finds documents that only one generation has', async () => {
    const last = await world.append(shipped('x'), shipped('y'));
    const forgetful: View = {
      ...tracker,
      keys: (event) => (event.stream === 'parcel-y' ? [] : tracker.keys(event)),
    };
    await (await running(last, { views: [forgetful] })).stop();
    const { parity } = await (await running(last)).rebuild('parcelTracker');
    expect(parity!.differences).toEqual([{ key: 'y', paths: [''] }]);
    expect([parity!.serving.rows, parity!.candidate.rows]).toEqual([1, 2]);
  });

  it('holds parity while events keep coming', async () => {
    await world.append(shipped('x'), shipped('y'));
    const projector = world.projector({ views, batchSize: 3 });
    await projector.start();
    let rebuilding = true;
    const writing = (async () => {
      for (let i = 0; rebuilding; i++) {
        await world.append(scanned('x', `d${i}`), shipped(`p${i}`));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const { parity, flipped } = await projector.rebuild('parcelTracker');
    rebuilding = false;
    await writing;
    expect(parity).toMatchObject({ holds: true, differing: 0 });
    expect(flipped).toBe(true);
  });

  it('says how far it has come', async () => {
    const last = await world.append(shipped('x'), scanned('x'), delivered('x'));
    const projector = await running(last);
    const told: RebuildProgress[] = [];
    await projector.rebuild('parcelTracker', (progress) => told.push(progress));
    expect(told.at(-1)).toEqual({ view: 'parcelTracker', generation: 2, read: 3, of: 3 });
  });

  it('goes on in the next run when a crash ended it', async () => {
    const last = await world.append(shipped('x'), scanned('x'));
    const projector = await running(last);
    const never = new Promise<never>(() => undefined);
    const hanging = new Proxy(world.store, {
      get: (target, member) => {
        const value: unknown = Reflect.get(target, member);
        if (member !== 'write') return (value as () => void).bind(target);
        return (...call: Parameters<ViewStore['write']>) => (call[0] === G2 ? never : target.write(...call));
      },
    });
    await projector.stop();
    const crashing = world.projector({ views, store: hanging });
    await crashing.start();
    const rebuilding = crashing.rebuild('parcelTracker');
    await until(async () => (await world.store.collections()).includes(G2));
    world.abandon(crashing);
    await expect(rebuilding).rejects.toMatchObject({ code: 'behind' });

    const restarted = world.projector({ views });
    await restarted.start();
    await until(() => restarted.status().filter(({ position }) => position === last).length === 2);
    await restarted.flip('parcelTracker', 2);
    expect(await contents(world.store, G2)).toBe(naive(tracker, await world.events()));
  });
});

describe('a generation', () => {
  it('that serves cannot be dropped', async () => {
    const projector = await running(await world.append(shipped('x')));
    await expect(projector.drop('parcelTracker', 1)).rejects.toMatchObject({ code: 'serving' });
  });

  it('that is dropped leaves nothing behind', async () => {
    const projector = await running(await world.append(shipped('x'), scanned('x', POISON_DEPOT)));
    await projector.rebuild('parcelTracker');
    await projector.flip('parcelTracker', 2);
    await projector.drop('parcelTracker', 1);
    await until(async () => (await readControl(world.store, 'parcelTracker'))!.generations.length === 1);
    expect(await world.store.collections()).not.toContain(G1);
    expect(await world.store.find('dossier_checkpoints', { where: {}, sort: [], limit: 9 })).toMatchObject([
      { _id: G2 },
    ]);
    expect(await world.store.find('dossier_parked', { where: {}, sort: [], limit: 9 })).toMatchObject([
      { generation: 2 },
    ]);
    expect(projector.status().map(({ generation }) => generation)).toEqual([2]);
  });

  it('of a view that is retired is dropped, and the view may come back later', async () => {
    const projector = await running(await world.append(shipped('x')));
    await retire(world.store, 'parcelTracker');
    await projector.refresh();
    await until(async () => (await readControl(world.store, 'parcelTracker'))!.generations.length === 0);
    expect(await world.store.collections()).not.toContain(G1);
    await projector.stop();

    await running(await world.append(scanned('x')));
    expect(await serving()).toBe(2);
    expect(await contents(world.store, G2)).toBe(naive(tracker, await world.events()));
  });

  it('that was marked to drop before a crash is dropped by the next run', async () => {
    const last = await world.append(shipped('x'));
    const projector = await running(last);
    await projector.rebuild('parcelTracker');
    await projector.stop();
    await markToDrop(world.store, 'parcelTracker', 1);
    await world.projector({ views }).start();
    await until(async () => !(await world.store.collections()).includes(G1));
    expect(await serving()).toBe(2);
  });

  it('that does not exist cannot serve', async () => {
    const projector = await running(await world.append(shipped('x')));
    await expect(projector.flip('parcelTracker', 7)).rejects.toMatchObject({ code: 'unknown-generation' });
  });

  it('that has not caught up cannot serve', async () => {
    const last = await world.append(shipped('x'));
    const projector = await running(last);
    await projector.stop();
    await addGeneration(projector.context, tracker);
    await expect(flip(projector.context, tracker, 2)).rejects.toMatchObject({ code: 'behind' });
  });

  it('added by another worker is fed by this one too', async () => {
    const last = await world.append(shipped('x'));
    const one = await running(last);
    const other = await running(last);
    await other.rebuild('parcelTracker');
    await until(() => one.status().filter(({ state }) => state === 'live').length === 2);
  });
});
