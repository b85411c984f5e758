import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { JsonObject } from '#engine/json.js';
import { canonical } from '#engine/proof/canonical.js';
import { Problem } from '../http/problem.js';

const VERSION = 1;

/**
 * An opaque cursor: a place in one list, good only with the filters and the sort that it was made under.
 * @param scope the list's name, its filters and its sort
 */
export function encodeCursor(scope: JsonObject, place: JsonObject): string {
  return Buffer.from(JSON.stringify({ v: VERSION, s: fingerprint(scope), ...place })).toString('base64url');
}

/**
 * The place that a cursor names.
 * @throws Problem `request.bad-cursor` for one that was not made here, or under another scope
 */
export function decodeCursor<T>(scope: JsonObject, text: string, shape: z.ZodType<T>): T {
  const cursor = parsed(text);
  const place = shape.safeParse(cursor);
  if (cursor?.['v'] !== VERSION || cursor['s'] !== fingerprint(scope) || !place.success) {
    throw new Problem('request.bad-cursor');
  }
  return place.data;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

function fingerprint(scope: JsonObject): string {
  return createHash('sha256').update(canonical(scope)).digest('base64url').slice(0, 16);
}
