import { createHash } from 'node:crypto';
import { GENESIS, type StoredEvent } from '../event.js';
import { canonical } from './canonical.js';

/** Version of the rule by which `hash` is made; named in `LogOpened` and in every event. */
export const HASH_VERSION = 1;

/**
 * The hash of an event: SHA-256 (hex) of the UTF-8 bytes of the canonical form of the whole stored event
 * (sealed as it is) without `hash`. The position is no part of it.
 */
export function hashOf(event: Omit<StoredEvent, 'hash'>): string {
  const {
    hash: _hash,
    position: _position,
    ...rest
  } = event as Omit<StoredEvent, 'hash'> & {
    hash?: string;
    position?: string;
  };
  return createHash('sha256').update(canonical(rest)).digest('hex');
}

/** What is wrong with a link, if anything. */
export type ChainFault = 'revision' | 'prev' | 'hash' | 'recordedAt';

/**
 * Checks one event against the one before it in its stream (`null` at the start of a stream).
 */
export function chainFault(previous: StoredEvent | null, event: StoredEvent): ChainFault | null {
  if (event.revision !== (previous ? previous.revision + 1 : 0)) return 'revision';
  if (event.prev !== (previous ? previous.hash : GENESIS)) return 'prev';
  if (previous && event.recordedAt < previous.recordedAt) return 'recordedAt';
  return hashOf(event) === event.hash ? null : 'hash';
}
