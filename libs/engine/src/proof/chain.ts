import { hash } from 'node:crypto';
import { GENESIS, type StoredEvent } from '../event.js';
import { canonical, NotCanonical } from './canonical.js';

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
  return hash('sha256', canonical(rest), 'hex');
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
  return isItsHash(event) ? null : 'hash';
}

// What has no canonical form was never hashed by us: an altered event is a finding, not a crash of the verifier.
function isItsHash(event: StoredEvent): boolean {
  try {
    return hashOf(event) === event.hash;
  } catch (error) {
    if (error instanceof NotCanonical) return false;
    throw error;
  }
}
