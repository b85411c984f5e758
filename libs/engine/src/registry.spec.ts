import { z } from 'zod';
import type { StoredEvent } from './event.js';
import { eventType, InvalidDraft, Registry, UnreadableEvent } from './registry.js';

const moved = eventType('ThingMoved', z.strictObject({ to: z.string(), by: z.string() }), {
  version: 3,
  seals: ['note', 'person-*'],
  upcasters: {
    1: (data) => ({ to: (data['place'] as string).trim() }),
    2: (data) => ({ ...data, by: 'unknown' }),
  },
});
const registry = new Registry([moved], (stream, part) => ({ keyId: `${stream}/${part}`, owner: stream }));
const stored = (schemaVersion: number, data: StoredEvent['data'], type = 'ThingMoved') =>
  ({ stream: 'thing-1', revision: 4, type, schemaVersion, data, id: 'e1' }) as unknown as StoredEvent;
const data = { to: 'shelf', by: 'staff-1' };

describe('The registry of event types', () => {
  it('brings an event of any older version to the newest, one step after the other', () => {
    expect(registry.upcast(stored(1, { place: ' shelf ' }))).toEqual(stored(3, { ...data, by: 'unknown' }));
    expect(registry.upcast(stored(2, { to: 'shelf' })).data).toEqual({ ...data, by: 'unknown' });
  });

  it('gives an event of the newest version back as it is', () => {
    const event = stored(3, data);
    expect(registry.upcast(event)).toBe(event);
  });

  it.each([
    ['a type that it does not know', stored(1, data, 'ThingBurnt'), 'unknown-type'],
    ['a version newer than its own', stored(4, data), 'newer-version'],
    ['data that an upcaster cannot take', stored(1, {}), 'undecodable'],
  ])('says which event it cannot read, and why: %s', (_, event, code) => {
    const reading = () => registry.upcast(event);
    expect(reading).toThrow(UnreadableEvent);
    expect(reading).toThrow(expect.objectContaining({ code, event }) as Error);
    expect(reading).toThrow(`thing-1@4: ${event.type} v${event.schemaVersion} is ${code}`);
  });

  it('stores a draft as the newest version', () => {
    const sealed = { note: { '/text': 'a' }, 'person-71d0': { '/name': 'b' } };
    expect(registry.validate('thing-1', { type: 'ThingMoved', data, sealed })).toBe(3);
  });

  it.each([
    ['note-2', 'it does not seal a part note-2'],
    ['person', 'it does not seal a part person'],
  ])('lets a type seal the parts it names, and no others: %s', (part, fault) => {
    const validate = () => registry.validate('thing-1', { type: 'ThingMoved', data, sealed: { [part]: {} } });
    expect(validate).toThrow(InvalidDraft);
    expect(validate).toThrow(fault);
  });

  it('names every fault of a draft at once', () => {
    const draft = { type: 'ThingMoved', data: { to: 1, by: 2 }, sealed: { other: { text: 1 } } };
    expect(() => registry.validate('thing-1', draft)).toThrow(
      /to: .*; by: .*; .* part other; .* not named by a JSON pointer/,
    );
  });

  it('refuses to start with a type registered twice, or an upcaster missing', () => {
    const keyOf = registry.keyOf;
    expect(() => new Registry([moved, moved], keyOf)).toThrow('ThingMoved is registered twice');
    const gap = { ...moved, upcasters: { 1: moved.upcasters[1]! } };
    expect(() => new Registry([gap], keyOf)).toThrow('ThingMoved has no upcaster from version 2');
  });
});
