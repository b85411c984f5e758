import { createHash } from 'node:crypto';
import type { Box, RecordedEvent, SealedValues, StoredEvent } from '#engine/event.js';
import type { Json, JsonObject } from '#engine/json.js';
import { Registry } from '#engine/registry.js';
import { openBox, sealBox } from '#engine/sealing/box.js';
import { activityEventTypes } from '#domain/activity/events.js';
import { auditCaseEventTypes } from '#domain/audit-cases/audit-case.js';
import { FileNumberReserved } from '#domain/file-numbers/file-numbers.js';
import { keyOf } from '#domain/keys.js';
import { recordEventTypes } from '#domain/records/events.js';
import { staffAccessEventTypes } from '#domain/staff-access/staff-access.js';
import { staffEventTypes } from '#domain/staff/events.js';
import { chainedEvent } from './stored-event.js';

/** Every event type that the domain's views may meet. */
export const domainEventTypes = [
  ...recordEventTypes,
  ...staffEventTypes,
  ...staffAccessEventTypes,
  ...auditCaseEventTypes,
  ...activityEventTypes,
  FileNumberReserved,
];

/** One event of a log, with what the reader cares about. */
export interface Entry {
  readonly stream: string;
  readonly type: string;
  readonly data?: JsonObject;
  /** Part -> values to seal. */
  readonly sealed?: Readonly<Record<string, SealedValues>>;
  readonly by: string;
  readonly roles?: readonly string[];
  readonly onBehalfOf?: string;
  readonly at: string;
  readonly effectiveAt?: string;
}

const registry = new Registry(domainEventTypes, keyOf);
/** One fixed data key for all parts, so that a log is the same byte for byte in every run. */
const DATA_KEY = createHash('sha256').update('fixed data key of the tests').digest();

/**
 * A log as it would stand in a store: each event fit to be stored by its type, sealed and chained, with ids and
 * positions that follow from its place alone.
 */
export function recordedLog(entries: readonly Entry[]): RecordedEvent[] {
  const heads = new Map<string, StoredEvent>();
  return entries.map((entry, place) => {
    const { stream, type, data = {}, sealed = {}, by, roles = [], onBehalfOf, at, effectiveAt } = entry;
    const schemaVersion = registry.validate(stream, { type, data, sealed });
    const id = `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;
    const boxes = Object.entries(sealed).map(([part, values]): [string, Box] => {
      const where = { stream, eventId: id, part };
      return [part, sealBox(DATA_KEY, keyOf(stream, part).keyId, where, { values, bodyMac: null })];
    });
    const event = chainedEvent(heads.get(stream) ?? null, {
      ...{ stream, id, type, schemaVersion, data, boxes: Object.fromEntries(boxes) },
      ...{ recordedAt: at, effectiveAt: effectiveAt ?? at, actorId: by, actorRoles: roles },
      ...{ onBehalfOf: onBehalfOf ?? null, commandId: id, correlationId: id },
    });
    heads.set(stream, event);
    return { ...event, position: String(place + 1).padStart(20, '0') };
  });
}

/** All sealed values of an event by pointer. */
export function sealedValues({ stream, id, boxes }: RecordedEvent): Record<string, Json> {
  const opened = Object.entries(boxes).map(
    ([part, box]) => openBox(DATA_KEY, { stream, eventId: id, part }, box).values,
  );
  return Object.assign({}, ...opened) as Record<string, Json>;
}
