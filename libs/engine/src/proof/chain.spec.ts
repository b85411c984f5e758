import fc from 'fast-check';
import { GENESIS, type StoredEvent } from '../event.js';
import { chainFault, hashOf } from './chain.js';

function event(change: Partial<StoredEvent> = {}): StoredEvent {
  const { hash, ...rest } = {
    id: '0b9e3b1c-1a58-4f0e-8d3c-6f2a7b5c4d10',
    type: 'CounterOpened',
    schemaVersion: 1,
    stream: 'counter-1',
    revision: 0,
    recordedAt: '2025-03-03T01:00:00.000Z',
    effectiveAt: '2025-03-03T01:00:00.000Z',
    actorId: 'a',
    actorRoles: ['collector'],
    onBehalfOf: null,
    commandId: '3e6b6c4f-4d8b-4c3b-9a6f-9c5dae8f7a43',
    correlationId: '5a4d8e61-6fad-4a5d-9c81-be7fc0a19c65',
    causationId: null,
    channel: 'api' as const,
    policies: { limits: 'default@1' },
    bodyMac: null,
    prev: GENESIS,
    hashVersion: 1,
    data: { limit: 3 },
    boxes: { note: { k: 'k', c: 'AAAA', m: 'b'.repeat(64) } },
    hash: undefined,
    ...change,
  };
  return { ...rest, hash: hash ?? hashOf(rest) };
}

/** One altered copy per member of the event, with the hash left as it was. */
function alterations(original: StoredEvent): [string, StoredEvent][] {
  const altered = (value: unknown): unknown => {
    if (typeof value === 'string') return value === 'api' ? 'cli' : `${value.slice(0, -1)}~`;
    if (typeof value === 'number') return value + 1;
    if (Array.isArray(value)) return [...(value as unknown[]), 'manager'];
    return value === null ? 'something' : { ...(value as object), added: 1 };
  };
  return Object.entries(original).map(([name, value]) => [name, { ...original, [name]: altered(value) }]);
}

describe('The hash chain', () => {
  const first = event();
  const second = event({ revision: 1, prev: first.hash });

  it('holds for an event that continues the one before it', () => {
    expect([chainFault(null, first), chainFault(first, second)]).toEqual([null, null]);
  });

  it.each(alterations(event()))('breaks when %s is altered', (_, altered) => {
    expect(chainFault(null, altered)).not.toBeNull();
  });

  it('covers every byte of a box and of the clear data', () => {
    const { boxes } = first;
    const swapped = { ...first, boxes: { other: boxes['note']! } };
    const rooted = { ...first, boxes: { note: { ...boxes['note']!, m: 'c'.repeat(64) } } };
    expect([swapped, rooted].map((one) => chainFault(null, one))).toEqual(['hash', 'hash']);
  });

  it('does not cover the position, which is the place in one log only', () => {
    expect(hashOf({ ...first, position: '42' } as StoredEvent)).toBe(first.hash);
  });

  it('does not depend on the order of members', () => {
    const members = Object.entries(first);
    fc.assert(
      fc.property(fc.shuffledSubarray(members, { minLength: members.length }), (entries) => {
        expect(hashOf(Object.fromEntries(entries) as unknown as StoredEvent)).toBe(first.hash);
      }),
    );
  });

  it('breaks when an event is left out, comes twice, follows another one, or goes back in time', () => {
    const third = event({ revision: 2, prev: second.hash });
    const earlier = event({ revision: 1, prev: first.hash, recordedAt: '2025-03-03T00:59:59.999Z' });
    const strange = event({ revision: 1, prev: event({ data: { limit: 4 } }).hash });
    expect(chainFault(first, third)).toBe('revision');
    expect(chainFault(first, first)).toBe('revision');
    expect(chainFault(null, second)).toBe('revision');
    expect(chainFault(first, strange)).toBe('prev');
    expect(chainFault(first, earlier)).toBe('recordedAt');
  });

  it('reports an event altered into something without a canonical form, instead of failing on it', () => {
    expect(chainFault(null, { ...first, data: { limit: 1.5 } })).toBe('hash');
  });
});
