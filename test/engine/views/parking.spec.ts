import type { ViewStore } from '#engine/ports/view-store.js';
import { Registry, type EventType } from '#engine/registry.js';
import { BoxForged } from '#engine/sealing/box.js';
import { KeyMissing } from '#engine/sealing/data-keys.js';
import { enter, PARKED, parkedCount } from '#engine/views/parking.js';
import { retryParked } from '#engine/views/retry-parked.js';
import type { View } from '#engine/views/view.js';
import {
  delivered,
  depotTraffic,
  moved,
  parcelKeyOf,
  parcelRegistry,
  parcelScanned,
  parcelShipped,
  parcelTracker,
  parcelTypes,
  POISON_DEPOT,
  scanned,
  shipped,
  shippedLongAgo,
  type ParcelStep,
} from '../../builders/parcels.js';
import { contents, feedOf, naive, openRecipient, openWorld, token, until, type World } from './harness.js';

let world: World;
beforeEach(() => (world = openWorld()));
afterEach(() => world.close());

const TRACKER = 'parcel_tracker_v1_g1';

/** The registry of a program that knows these types otherwise, or (`null`) not at all. */
function registryWith(changes: Record<string, Partial<EventType> | null>): Registry {
  const types = (parcelTypes as unknown as EventType[]).flatMap((type) => {
    const change = changes[type.type];
    return change === null ? [] : [{ ...type, ...change }];
  });
  return new Registry(types, parcelKeyOf);
}

/** The same view once its bug is mended. */
const mendedTracker: View = {
  ...(parcelTracker as View),
  evolve(row, event, key, tools) {
    const depot = event.data.depot === POISON_DEPOT ? 'elsewhere' : event.data.depot;
    const data = { ...event.data, ...(depot !== undefined && { depot }) };
    return (parcelTracker as View).evolve(row, { ...event, data }, key, tools);
  },
};

const unknownScans = registryWith({ ParcelScanned: null });
const olderProgram = registryWith({ ParcelShipped: { version: 1, upcasters: {} } });
const forgivingUpcaster = registryWith({
  ParcelShipped: { upcasters: { 1: (data) => ({ to: String(data.to), service: 'standard' }) } },
});
const odd: ParcelStep = { ...shippedLongAgo('x'), data: { to: 7 } };

describe.each([
  {
    kind: 'whose fold throws',
    steps: [shipped('x'), scanned('x', POISON_DEPOT), delivered('x')],
    before: {},
    code: 'fold-failed',
    after: { views: [mendedTracker] },
  },
  {
    kind: 'of an unknown type',
    steps: [shipped('x'), scanned('x'), delivered('x')],
    before: { registry: unknownScans },
    code: 'unknown-type',
    after: {},
  },
  {
    kind: 'of a newer version',
    steps: [shipped('x'), delivered('x')],
    before: { registry: olderProgram },
    code: 'newer-version',
    after: {},
  },
  {
    kind: 'that cannot be decoded',
    steps: [odd, delivered('x')],
    before: {},
    code: 'undecodable',
    after: { registry: forgivingUpcaster },
  },
])('an event $kind', ({ steps, before, code, after }) => {
  const views = [parcelTracker as View];

  it('is parked with the later ones of its document, while other documents go on', async () => {
    const last = await world.append(shippedLongAgo('y'), ...steps, delivered('y'));
    const projector = world.projector({ views, ...before });
    await projector.start();
    await until(() => projector.status()[0]?.position === last);

    const entries = await world.store.find(PARKED, {
      where: {},
      sort: [{ field: 'position', direction: 'asc' }],
      limit: 9,
    });
    expect(entries.map((entry) => [entry.key, entry.code])).toEqual([
      ['x', code],
      ['x', 'behind-parked'],
    ]);
    expect((await world.store.get(TRACKER, ['y'])).get('y')).toMatchObject({ status: 'delivered' });
    expect(world.stopped).toEqual([]);
  });

  it('is folded by a retry once the program can', async () => {
    const last = await world.append(...steps);
    const old = world.projector({ views, ...before });
    await old.start();
    await until(() => old.status()[0]?.position === last);
    await old.stop();

    const better = world.projector({ views, ...after });
    await better.start();
    expect(await better.retryParked('parcelTracker')).toEqual([
      { generation: 1, mended: 1, parked: [], rebuildFor: [] },
    ]);
    const options = better.options;
    const expected = naive(options.views[0]!, await world.events(), options.registry);
    expect(await contents(world.store, TRACKER)).toBe(expected);
    expect(await parkedCount(world.store, 'parcelTracker', 1)).toBe(0);
  });
});

describe('parked events', () => {
  const views = [parcelTracker as View];

  it('name their place and cause, never what they hold', async () => {
    const last = await world.append(shipped('x'), scanned('x', POISON_DEPOT));
    const projector = world.projector({ views });
    await projector.start();
    await until(() => projector.status()[0]?.position === last);
    const [entry] = await world.store.scan(PARKED, null, 1);
    expect(Object.keys(entry!).sort()).toEqual(
      ['_id', 'at', 'code', 'generation', 'key', 'position', 'revision', 'stream', 'view'].sort(),
    );
    expect(JSON.stringify(entry)).not.toContain(POISON_DEPOT);
  });

  it('stay where they are when a retry fails again', async () => {
    const last = await world.append(shipped('x'), scanned('x', POISON_DEPOT), delivered('x'));
    const projector = world.projector({ views });
    await projector.start();
    await until(() => projector.status()[0]?.position === last);
    const before = await contents(world.store, TRACKER);
    const [report] = await projector.retryParked('parcelTracker');
    expect(report).toMatchObject({ mended: 0, parked: [{ key: 'x', code: 'fold-failed' }] });
    expect(await contents(world.store, TRACKER)).toBe(before);
    expect(await parkedCount(world.store, 'parcelTracker', 1)).toBe(2);
  });

  it('stay marked when another event of the document came during the retry', async () => {
    await world.append(shipped('x'), scanned('x', POISON_DEPOT));
    const { take } = await feedOf(world.store, parcelTracker);
    await take(await world.events());
    await world.append(delivered('x'));
    const all = await world.events();
    let interrupted = false;
    const store = new Proxy(world.store, {
      get(target, member) {
        if (member !== 'write') return Reflect.get(target, member).bind(target);
        return async (...args: Parameters<ViewStore['write']>) => {
          if (args[0] === TRACKER && !interrupted) {
            interrupted = true;
            await take(all.slice(2));
          }
          return target.write(...args);
        };
      },
    });
    const generation = { number: 1, version: 1, collection: TRACKER };
    const services = { log: world.log, registry: parcelRegistry, openValues: openRecipient, token };
    const first = await retryParked({ store, ...services }, mendedTracker, generation);
    expect(first).toMatchObject({ mended: 0 });
    expect((await world.store.get(TRACKER, ['x'])).get('x')!.parked).toEqual({
      from: all[1]!.position,
      through: all[2]!.position,
    });
    const second = await retryParked({ store, ...services }, mendedTracker, generation);
    expect(second).toMatchObject({ mended: 1 });
    expect(await contents(world.store, TRACKER)).toBe(naive(mendedTracker, all));
  });

  it('leave the list when a faster worker could fold them', async () => {
    await world.append(shipped('x'), scanned('x', POISON_DEPOT));
    const events = await world.events();
    const old = await feedOf(world.store, parcelTracker);
    const better = await feedOf(world.store, mendedTracker);
    await old.take(events.slice(0, 1));
    await better.take(events);
    // The old worker still believes in what it read before.
    const generation = { number: 1, version: 1, collection: TRACKER };
    await enter(world.store, 'parcelTracker', generation, [
      { key: 'x', event: events[1]!, code: 'fold-failed' },
    ]);
    const services = { log: world.log, registry: parcelRegistry, openValues: openRecipient, token };
    await retryParked({ store: world.store, ...services }, mendedTracker, generation);
    expect(await parkedCount(world.store, 'parcelTracker', 1)).toBe(0);
    expect(await contents(world.store, TRACKER)).toBe(naive(mendedTracker, events));
  });

  it('are recorded even when an unreadable event names no document, and leave once it turns out to name none', async () => {
    const teleported: ParcelStep = { parcel: 'x', type: 'ParcelTeleported' };
    const last = await world.append(shipped('x'), scanned('x'), teleported);
    const old = world.projector({ views: [depotTraffic] });
    await old.start();
    await until(() => old.status()[0]?.position === last);
    await old.stop();
    expect(await world.store.scan(PARKED, null, 9)).toMatchObject([{ key: null, code: 'unknown-type' }]);

    const type = { ...parcelScanned, type: 'ParcelTeleported' } as unknown as EventType;
    const registry = new Registry([...(parcelTypes as unknown as EventType[]), type], parcelKeyOf);
    const better = world.projector({ views: [depotTraffic], registry });
    await better.start();
    expect(await better.retryParked('depotTraffic')).toMatchObject([{ rebuildFor: [] }]);
    expect(await parkedCount(world.store, 'depotTraffic', 1)).toBe(0);
  });

  it('ask for a rebuild when they name a document only once they can be read', async () => {
    const last = await world.append(shipped('x'), moved('x', 'north', 'south'));
    const guarded: View = {
      ...(depotTraffic as View),
      keys: (event) => (event.schemaVersion > 1 ? depotTraffic.keys(event) : []),
    };
    const types = (change: Partial<EventType>) => ({ registry: registryWith({ ParcelMoved: change }) });
    const broken = () => {
      throw new Error('not yet');
    };
    const old = world.projector({ views: [guarded], ...types({ version: 2, upcasters: { 1: broken } }) });
    await old.start();
    await until(() => old.status()[0]?.position === last);
    await old.stop();
    const able = types({ version: 2, upcasters: { 1: (data) => data } });
    const better = world.projector({ views: [guarded], ...able });
    await better.start();
    expect(await better.retryParked('depotTraffic')).toMatchObject([{ rebuildFor: [last] }]);
    expect(await parkedCount(world.store, 'depotTraffic', 1)).toBe(1);
  });
});

describe('sealed values', () => {
  const views = [parcelTracker as View];

  it('are opened where the view asks for them, and a destroyed one counts as absent', async () => {
    const last = await world.append(shipped('x'), shipped('y'));
    const openValues: typeof openRecipient = async (event, pointers) =>
      event.stream === 'parcel-y' ? new Map() : openRecipient(event, pointers);
    const projector = world.projector({ views, openValues });
    await projector.start();
    await until(() => projector.status()[0]?.position === last);
    const docs = await world.store.get(TRACKER, ['x', 'y']);
    expect(docs.get('x')!.recipient).toBe(token('Ms parcel-x'));
    expect(docs.get('y')!.recipient).toBeNull();
  });

  it('that cannot be reached just now are asked for again', async () => {
    const last = await world.append(shipped('x'));
    let calls = 0;
    const openValues: typeof openRecipient = async (event, pointers) => {
      if (++calls <= 2) throw new Error('the vault is not there');
      return openRecipient(event, pointers);
    };
    const projector = world.projector({ views, openValues });
    await projector.start();
    await until(() => projector.status()[0]?.position === last);
    expect(await contents(world.store, TRACKER)).toBe(naive(parcelTracker as View, await world.events()));
    expect(world.retries).toHaveLength(2);
  });

  it('in a forged box park their event', async () => {
    const last = await world.append(shipped('x'));
    const openValues = async () => Promise.reject(new BoxForged('not ours'));
    const projector = world.projector({ views, openValues });
    await projector.start();
    await until(() => projector.status()[0]?.position === last);
    expect(await world.store.scan(PARKED, null, 9)).toMatchObject([{ key: 'x', code: 'open-failed' }]);
  });

  it('under a key that the vault has never seen stop the view', async () => {
    await world.append(shipped('x'));
    const openValues = async () => Promise.reject(new KeyMissing('lost'));
    const projector = world.projector({ views, openValues });
    await projector.start();
    await until(() => world.stopped.length > 0);
    expect(world.stopped).toMatchObject([{ code: 'key-missing', view: 'parcelTracker' }]);
  });
});

it('an old version of an event is folded as its newest one', async () => {
  const last = await world.append(shippedLongAgo('x'));
  const projector = world.projector();
  await projector.start();
  await until(() => projector.status().every(({ position }) => position === last));
  expect(parcelShipped.version).toBe(2);
  expect((await world.store.get(TRACKER, ['x'])).get('x')).toMatchObject({ service: 'standard' });
});
