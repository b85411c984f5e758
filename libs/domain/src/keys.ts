import { categoryOf, idOf } from '#engine/event.js';
import type { PartKey } from '#engine/registry.js';

const OF_A_CUSTOMER = new Set(['customerRecord', 'customerActivity', 'customerTier']);

/**
 * The data key that seals a part of a stream's events. A customer's streams share his keys, so that a part of him
 * (the record, a contact, a sensitive field, an attachment) dies everywhere at once; what staff wrote or read is under
 * the key of that member of staff; all else, policies and processes, under the system's.
 */
export function keyOf(stream: string, part: string): PartKey {
  const category = categoryOf(stream);
  const id = idOf(stream);
  if (OF_A_CUSTOMER.has(category)) {
    const owner = `customer-${id}`;
    return { keyId: part === 'record' ? owner : `${owner}/${part}`, owner };
  }
  if (category === 'staff') return { keyId: stream, owner: stream };
  if (category === 'staffAccess') {
    const owner = `staff-${id.replace(/-\d{6}$/, '')}`;
    return { keyId: owner, owner };
  }
  return { keyId: 'system', owner: 'system' };
}
