import { createCipheriv, createDecipheriv, createHash, createHmac, hash } from 'node:crypto';
import type { Box, SealedValues } from '../event.js';
import type { Json } from '../json.js';
import { canonical, NotCanonical } from '../proof/canonical.js';

/** Version of the rule by which boxes are made; named in `LogOpened`. */
export const SEALING_VERSION = 1;

/** Where a box belongs: bound into it as additional data, so that it opens nowhere else. */
export interface BoxPlace {
  readonly stream: string;
  readonly eventId: string;
  readonly part: string;
}

/** What was sealed: the values, and the HMAC of the command body's members that belong to the part. */
export interface BoxContent {
  readonly values: SealedValues;
  readonly bodyMac: string | null;
}

/** The proof that one value was in a box, without the others. */
export interface Disclosure {
  readonly pointer: string;
  readonly value: Json;
  /** Hex. */
  readonly salt: string;
  /** Hex, in pointer order, this value's own included. */
  readonly commitments: readonly string[];
}

/** A box that does not open under its key and place: altered, or moved. */
export class BoxForged extends Error {
  override readonly name = 'BoxForged';
}

const NONCE = Buffer.alloc(12);
const TAG_BYTES = 16;
const SALT_BYTES = 16;
const COMMITMENT_BYTES = 32;

/**
 * Seals the values of one part of one event.
 *
 * The box key is HMAC-SHA-256(data key, canonical [event id, part]) and is used once, so the nonce is constant
 * (RFC 5116, section 3.2 asks for a unique pair of key and nonce). Plaintext: canonical {pointer: value}, with
 * `bodyMac` beside the pointers, which all begin with a slash.
 */
export function sealBox(dataKey: Buffer, keyId: string, place: BoxPlace, content: BoxContent): Box {
  const key = boxKey(dataKey, place);
  const plain = content.bodyMac === null ? content.values : { ...content.values, bodyMac: content.bodyMac };
  const cipher = createCipheriv('aes-256-gcm', key, NONCE);
  cipher.setAAD(additionalData(place));
  const sealed = Buffer.concat([
    cipher.update(canonical(plain), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return { k: keyId, c: sealed.toString('base64'), m: root(commitments(key, content.values)) };
}

/**
 * Opens a box.
 * @throws BoxForged
 */
export function openBox(dataKey: Buffer, place: BoxPlace, box: Box): BoxContent {
  const key = boxKey(dataKey, place);
  const bytes = Buffer.from(box.c, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, NONCE, { authTagLength: TAG_BYTES });
  try {
    decipher.setAAD(additionalData(place));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const text =
      decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES), undefined, 'utf8') +
      decipher.final('utf8');
    const { bodyMac = null, ...values } = JSON.parse(text) as Record<string, Json> & { bodyMac?: string };
    return { values, bodyMac };
  } catch {
    throw new BoxForged(`the box of part ${place.part} in event ${place.eventId} does not open`);
  }
}

/** Discloses one value of an opened box; `undefined` where the box has no such pointer. */
export function disclose(
  dataKey: Buffer,
  place: BoxPlace,
  values: SealedValues,
  pointer: string,
): Disclosure | undefined {
  const index = pointersOf(values).indexOf(pointer);
  if (index < 0) return undefined;
  const key = boxKey(dataKey, place);
  return {
    pointer,
    value: values[pointer]!,
    salt: salts(key, index + 1)[index]!.toString('hex'),
    commitments: commitments(key, values).map((one) => one.toString('hex')),
  };
}

/** Whether a disclosed value is one of those that a box's root was made over. Needs no key. */
export function isDisclosedIn(root_: string, disclosure: Disclosure): boolean {
  const salt = Buffer.from(disclosure.salt, 'hex');
  const all = disclosure.commitments.map((hex) => Buffer.from(hex, 'hex'));
  if (salt.length !== SALT_BYTES || all.some((one) => one.length !== COMMITMENT_BYTES)) return false;
  if (root(all) !== root_) return false;
  try {
    const own = commitment(salt, disclosure.pointer, disclosure.value);
    return all.some((one) => one.equals(own));
  } catch (error) {
    if (error instanceof NotCanonical) return false;
    throw error;
  }
}

function boxKey(dataKey: Buffer, place: BoxPlace): Buffer {
  return createHmac('sha256', dataKey)
    .update(canonical([place.eventId, place.part]))
    .digest();
}

function additionalData(place: BoxPlace): Buffer {
  return Buffer.from(canonical([place.stream, place.eventId, place.part]));
}

function pointersOf(values: SealedValues): string[] {
  return Object.keys(values).sort();
}

/** Salts of the values in pointer order: a stream of SHAKE256 keyed by the box key, so that each stays secret alone. */
function salts(key: Buffer, count: number): Buffer[] {
  const bytes = createHash('shake256', { outputLength: Math.max(1, count) * SALT_BYTES })
    .update('salts')
    .update(key)
    .digest();
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES));
}

function commitment(salt: Buffer, pointer: string, value: Json): Buffer {
  return hash('sha256', Buffer.concat([salt, Buffer.from(canonical([pointer, value]))]), 'buffer');
}

function commitments(key: Buffer, values: SealedValues): Buffer[] {
  const pointers = pointersOf(values);
  const salt = salts(key, pointers.length);
  return pointers.map((pointer, i) => commitment(salt[i]!, pointer, values[pointer]!));
}

function root(all: readonly Buffer[]): string {
  return hash('sha256', Buffer.concat(all), 'hex');
}
