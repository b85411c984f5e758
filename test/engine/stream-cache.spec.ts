import type { EventLog, ReadStreamOptions } from '#engine/ports/event-log.js';
import { Registry } from '#engine/registry.js';
import { StreamCache } from '#engine/stream-cache.js';
import { openSqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { counterDecider, counterEventTypes, counterKeyOf } from '../builders/counter.js';
import { storedEvent } from '../builders/stored-event.js';

const registry = new Registry(counterEventTypes, counterKeyOf);

describe('The cache of folded streams', () => {
  let log: EventLog;
  let reads: [string, number][];
  beforeEach(() => {
    log = openSqliteEventLog({ path: ':memory:' });
    reads = [];
  });
  afterEach(() => log.close());

  function cacheOf(limits?: ConstructorParameters<typeof StreamCache>[2]) {
    const readStream = (stream: string, options: ReadStreamOptions) => {
      reads.push([stream, options.from!]);
      return log.readStream(stream, options);
    };
    return new StreamCache({ readStream } as EventLog, registry, limits);
  }

  /** Appends `count` raises by one behind `revision`; revision 0 opens the counter. */
  async function raise(stream: string, revision: number, count: number): Promise<void> {
    const events = Array.from({ length: count }, (_, i) => {
      const at = revision + 1 + i;
      return at === 0
        ? storedEvent({ stream, revision: at, type: 'CounterOpened', data: { limit: 9, ticket: 't' } })
        : storedEvent({ stream, revision: at, type: 'CounterRaised', data: { amount: 1 } });
    });
    await log.append(stream, revision, events);
  }

  const valueIn = async (cache: StreamCache, stream: string) =>
    (await cache.load(counterDecider, stream)).state.value;

  it('reads a stream from its start once, then only what is new', async () => {
    const cache = cacheOf();
    await raise('counter-1', -1, 3);
    expect(await valueIn(cache, 'counter-1')).toBe(2);
    await raise('counter-1', 2, 1);
    expect(await valueIn(cache, 'counter-1')).toBe(3);
    expect(reads).toEqual([
      ['counter-1', 0],
      ['counter-1', 3],
    ]);
  });

  it('folds a stream of many pages whole', async () => {
    await raise('counter-1', -1, 600);
    await raise('counter-1', 599, 401);
    expect(await valueIn(cacheOf(), 'counter-1')).toBe(1_000);
    expect(reads.map(([, from]) => from)).toEqual([0, 500, 1_000]);
  });

  it.each([
    ['streams', { streams: 2, events: 1_000 }, 1],
    ['events', { streams: 1_000, events: 25 }, 10],
  ])('holds no more %s than it may: what was not used the longest goes first', async (_, limits, length) => {
    const cache = cacheOf(limits);
    for (const stream of ['counter-1', 'counter-2', 'counter-3']) await raise(stream, -1, length);
    for (const id of [1, 2, 1, 3]) await valueIn(cache, `counter-${id}`);
    reads = [];
    await valueIn(cache, 'counter-1');
    await valueIn(cache, 'counter-2');
    expect(reads).toEqual([
      ['counter-1', length],
      ['counter-2', 0],
    ]);
  });

  it('keeps the stream in use even where it alone is over the limit', async () => {
    const cache = cacheOf({ streams: 10, events: 5 });
    await raise('counter-1', -1, 50);
    await valueIn(cache, 'counter-1');
    expect(await valueIn(cache, 'counter-1')).toBe(49);
    expect(reads.at(-1)).toEqual(['counter-1', 50]);
  });

  it('is not crowded out by streams that do not exist', async () => {
    const cache = cacheOf({ streams: 2, events: 1_000 });
    await raise('counter-1', -1, 2);
    for (const id of [1, 7, 8, 9]) await valueIn(cache, `counter-${id}`);
    await valueIn(cache, 'counter-1');
    expect(reads.at(-1)).toEqual(['counter-1', 2]);
  });

  it('gives every caller a state that stays as it was', async () => {
    const cache = cacheOf();
    await raise('counter-1', -1, 2);
    const before = await cache.load(counterDecider, 'counter-1');
    await raise('counter-1', 1, 2);
    const [one, two] = await Promise.all([1, 2].map(() => cache.load(counterDecider, 'counter-1')));
    expect([before.state.value, one!.state.value, two!.state.value]).toEqual([1, 3, 3]);
    expect([before.revision, one!.revision, two!.revision]).toEqual([1, 3, 3]);
  });
});
