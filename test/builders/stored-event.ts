import { randomUUID } from 'node:crypto';
import { GENESIS, type StoredEvent } from '#engine/event.js';
import { HASH_VERSION, hashOf } from '#engine/proof/chain.js';

/** A stored event with everything that a test does not care about. It is not chained: see `chainedEvent`. */
export function storedEvent(
  about: Partial<StoredEvent> & Pick<StoredEvent, 'stream' | 'revision'>,
): StoredEvent {
  const id = randomUUID();
  return {
    id,
    type: 'ThingHappened',
    schemaVersion: 1,
    recordedAt: '2025-03-01T09:00:00.000Z',
    effectiveAt: '2025-03-01T09:00:00.000Z',
    actorId: 'staff-1',
    actorRoles: ['collector'],
    onBehalfOf: null,
    commandId: id,
    correlationId: id,
    causationId: null,
    channel: 'api',
    policies: {},
    bodyMac: null,
    prev: GENESIS,
    hash: GENESIS,
    hashVersion: HASH_VERSION,
    data: {},
    boxes: {},
    ...about,
  };
}

/** `count` events that continue a stream behind `revision` (-1: from its start). */
export function storedEvents(
  stream: string,
  revision: number,
  count: number,
  about: Partial<StoredEvent> = {},
): StoredEvent[] {
  return Array.from({ length: count }, (_, i) =>
    storedEvent({ ...about, stream, revision: revision + 1 + i }),
  );
}

/** The event that continues a stream, with its link to the one before (`null` at the start) and its hash. */
export function chainedEvent(
  previous: Pick<StoredEvent, 'revision' | 'hash'> | null,
  about: Partial<StoredEvent> & Pick<StoredEvent, 'stream'>,
): StoredEvent {
  const event = storedEvent({
    ...about,
    revision: previous ? previous.revision + 1 : 0,
    prev: previous ? previous.hash : GENESIS,
  });
  return { ...event, hash: hashOf(event) };
}
