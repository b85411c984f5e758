import { createHmac } from 'node:crypto';
import type { Box, SealedValues, StoredEvent } from '../event.js';
import type { Json } from '../json.js';
import { canonical } from '../proof/canonical.js';
import type { PartKey } from '../registry.js';
import { openBox, sealBox, type BoxContent, type BoxPlace } from './box.js';
import type { DataKeys } from './data-keys.js';

/** One part to seal, with its place and key. */
export interface PartToSeal extends BoxPlace, PartKey {
  readonly content: BoxContent;
}

/** A box with the place that it opens at: how documents keep it. */
export interface PlacedBox extends BoxPlace {
  readonly box: Box;
}

/** The boxes of an event, with the place that each opens at. */
export function boxesOf(event: StoredEvent): PlacedBox[] {
  const { stream, id: eventId } = event;
  return Object.entries(event.boxes).map(([part, box]) => ({ stream, eventId, part, box }));
}

const SYSTEM_OWNER = 'system';

/** Seals and opens, and makes the MACs that stand in for values outside the sealed area. */
export class Sealer {
  // Hard private: whatever prints an object that holds a sealer prints no key.
  readonly #keys: DataKeys;
  readonly #macKey: Buffer;
  readonly #indexKey: Buffer;

  private constructor(keys: DataKeys, macKey: Buffer, indexKey: Buffer) {
    this.#keys = keys;
    this.#macKey = macKey;
    this.#indexKey = indexKey;
  }

  /** Loads the system's own keys, making them on first use. */
  static async create(keys: DataKeys): Promise<Sealer> {
    const ids = { mac: 'system/mac', index: 'system/index' };
    const own = await keys.forSealing(Object.values(ids).map((keyId) => ({ keyId, owner: SYSTEM_OWNER })));
    return new Sealer(keys, own.get(ids.mac)!, own.get(ids.index)!);
  }

  /**
   * Seals parts, in the order given.
   * @throws KeyDestroyed
   */
  async seal(parts: readonly PartToSeal[]): Promise<Box[]> {
    if (parts.length === 0) return [];
    const keys = await this.#keys.forSealing(parts);
    return parts.map((part) => sealBox(keys.get(part.keyId)!, part.keyId, part, part.content));
  }

  /**
   * Opens boxes, in the order given; `null` where the key has been destroyed.
   * @throws KeyMissing, BoxForged
   */
  async open(boxes: readonly PlacedBox[]): Promise<(BoxContent | null)[]> {
    const keys = await this.#keys.forOpening(boxes.map(({ box }) => box.k));
    return boxes.map((placed) => {
      const key = keys.get(placed.box.k);
      return key ? openBox(key, placed, placed.box) : null;
    });
  }

  /** All sealed values of an event by pointer; destroyed ones are absent. */
  async valuesOf(event: StoredEvent): Promise<SealedValues> {
    const opened = await this.open(boxesOf(event));
    return Object.assign({}, ...opened.map((content) => content?.values ?? {})) as SealedValues;
  }

  /** HMAC-SHA-256 (hex) under the system key: compares bodies and binds values without being an oracle for outsiders. */
  mac(value: Json): string {
    return createHmac('sha256', this.#macKey).update(canonical(value)).digest('hex');
  }

  /** A blind index token (HMAC-SHA-256, base64url, 128 bits): equal texts meet, nothing can be read. */
  token(text: string): string {
    return createHmac('sha256', this.#indexKey).update(text).digest().subarray(0, 16).toString('base64url');
  }
}
