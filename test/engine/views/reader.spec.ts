import type { Clock } from '#engine/ports/clock.js';
import type { ViewStore } from '#engine/ports/view-store.js';
import { addGeneration, flip } from '#engine/views/generations.js';
import { Progress } from '#engine/views/progress.js';
import { ViewReader } from '#engine/views/reader.js';
import { sliceOf } from '#engine/views/slices.js';
import type { View } from '#engine/views/view.js';
import {
  delivered,
  forgotten,
  parcelTracker,
  positionOf,
  scanned,
  shipped,
  shippedLongAgo,
} from '../../builders/parcels.js';
import { context, feedOf, openWorld, type World } from './harness.js';

let world: World;
beforeEach(() => (world = openWorld()));
afterEach(() => world.close());

const tracker = parcelTracker as View;
const VIEW = 'parcelTracker';

/** A clock that stands still until it is moved. */
function stillClock(): Clock & { moved(ms: number): void } {
  let ms = 0;
  return {
    now: () => new Date(Date.parse('2025-03-01T09:00:00.000Z') + ms).toISOString(),
    monotonic: () => ms,
    moved(by) {
      ms += by;
    },
  };
}

function reader(store: ViewStore = world.store, clock = stillClock(), progress = new Progress()) {
  return new ViewReader({ store, log: world.log, clock, progress });
}

describe('reading a view', () => {
  it('finds, counts and groups the documents of the generation that serves', async () => {
    await world.append(shipped('x'), scanned('x'), shipped('y'), shipped('z'), delivered('z'));
    await (await feedOf(world.store, tracker)).take(await world.events());
    const views = reader();
    expect((await views.get(VIEW, ['x', 'nobody'])).get('x')).toMatchObject({ status: 'at north' });
    expect(await views.count(VIEW, { status: { eq: 'shipped' } })).toBe(1);
    const found = await views.find(VIEW, {
      where: {},
      sort: [{ field: 'status', direction: 'desc' }],
      limit: 2,
    });
    expect(found.map(({ _id }) => _id)).toEqual(['y', 'z']);
    expect(await views.groupCount(VIEW, {}, ['status'])).toHaveLength(3);
  });

  it('shows a tombstone as gone, and a document whose first event is parked not at all', async () => {
    await world.append(shipped('x'), forgotten('x'), { ...shippedLongAgo('y'), data: {} });
    const { take, collection } = await feedOf(world.store, tracker);
    await take(await world.events());
    expect((await world.store.get(collection, ['y'])).size).toBe(1);
    const docs = await reader().get(VIEW, ['x', 'y']);
    expect([...docs.values()]).toEqual([{ _id: 'x', at: positionOf(2), gone: true }]);
    expect(await reader().count(VIEW, {})).toBe(0);
  });

  it('goes on with the generation it knows for half a second at most', async () => {
    await world.append(shipped('x'));
    const events = await world.events();
    const old = await feedOf(world.store, tracker);
    await old.take(events);
    const clock = stillClock();
    const views = reader(world.store, clock);
    expect((await views.lag(VIEW)).generation).toBe(1);
    const generation = await addGeneration(context(world.store), tracker);
    await (await feedOf(world.store, tracker, { generation })).take(events);
    await flip(context(world.store), tracker, 2);
    clock.moved(499);
    expect((await views.lag(VIEW)).generation).toBe(1);
    clock.moved(1);
    expect((await views.lag(VIEW)).generation).toBe(2);
  });

  it('looks for the generation again when the one it knows has been dropped', async () => {
    await world.append(shipped('x'));
    const events = await world.events();
    const old = await feedOf(world.store, tracker);
    await old.take(events);
    const views = reader();
    await views.get(VIEW, ['x']);
    const generation = await addGeneration(context(world.store), tracker);
    await (await feedOf(world.store, tracker, { generation })).take(events);
    await flip(context(world.store), tracker, 2);
    await world.store.dropCollection(old.collection);
    expect((await views.get(VIEW, ['x'])).size).toBe(1);
  });

  it('of a view that nobody feeds says so', async () => {
    await feedOf(world.store, tracker);
    await expect(reader().get('unheardOf', ['x'])).rejects.toMatchObject({ view: 'unheardOf' });
  });
});

describe('waiting for a position', () => {
  it('ends as soon as the view has passed it', async () => {
    const last = await world.append(shipped('x'));
    const { take } = await feedOf(world.store, tracker);
    const progress = new Progress();
    const views = reader(world.store, stillClock(), progress);
    const waiting = views.waitFor(VIEW, last, 1_000);
    await take(await world.events());
    progress.notify();
    await waiting;
    await views.waitFor(VIEW, last, 0);
  });

  it('sees the progress of another process by itself', async () => {
    const last = await world.append(shipped('x'));
    const { take } = await feedOf(world.store, tracker);
    const waiting = reader().waitFor(VIEW, last, 1_000);
    await take(await world.events());
    await waiting;
  });

  it('ends with the position reached when the time is over', async () => {
    const first = await world.append(shipped('x'));
    const { take } = await feedOf(world.store, tracker);
    await take(await world.events());
    const last = await world.append(scanned('x'));
    const clock = stillClock();
    const waiting = reader(world.store, clock).waitFor(VIEW, last, 300);
    clock.moved(300);
    await expect(waiting).rejects.toMatchObject({ name: 'ViewBehind', view: VIEW, reached: first });
  });

  it('for one document asks its slice only, for a list the lowest', async () => {
    const last = await world.append(shipped('x'), shipped('y'));
    const slices = { count: 64, owned: [sliceOf('x', 64)] };
    const { take } = await feedOf(world.store, tracker, { slices });
    await take(await world.events());
    await reader().waitFor(VIEW, last, 0, 'x');
    await expect(reader().waitFor(VIEW, last, 0, 'y')).rejects.toMatchObject({ reached: null });
    await expect(reader().waitFor(VIEW, last, 0)).rejects.toMatchObject({ reached: null });
  });
});

describe('the lag of a view', () => {
  it('is nothing while the view is level with the log', async () => {
    const last = await world.append(shipped('x'));
    await (await feedOf(world.store, tracker)).take(await world.events());
    expect(await reader().lag(VIEW)).toEqual({
      view: VIEW,
      generation: 1,
      position: last,
      eventsBehind: 0,
      secondsBehind: 0,
    });
  });

  it('is the number of events not read yet, and the age of the oldest', async () => {
    await world.append(shipped('x'));
    const { take } = await feedOf(world.store, tracker);
    await take(await world.events());
    await world.append(scanned('x'), delivered('x'));
    const clock = stillClock();
    clock.moved(2_500);
    expect(await reader(world.store, clock).lag(VIEW)).toMatchObject({ eventsBehind: 2, secondsBehind: 2.5 });
  });

  it('counts ignored events as read', async () => {
    await world.append(shipped('x'), { parcel: 'x', type: 'ParcelScanned', data: { depot: 'north' } });
    const uninterested: View = { ...tracker, name: 'nothing', keys: () => [] };
    const { take, feed } = await feedOf(world.store, uninterested);
    await take(await world.events());
    expect(feed.checkpoint.read).toBe(2);
    expect(await reader().lag('nothing')).toMatchObject({ eventsBehind: 0 });
  });
});

it('a destruction waits for the generation that is furthest behind, whether it serves or not', async () => {
  const last = await world.append(shipped('x'));
  const events = await world.events();
  await (await feedOf(world.store, tracker)).take(events);
  expect(await reader().passedByAll()).toBe(last);
  const generation = await addGeneration(context(world.store), tracker);
  expect(await reader().passedByAll()).toBeNull();
  await (await feedOf(world.store, tracker, { generation })).take(events);
  expect(await reader().passedByAll()).toBe(last);
});
