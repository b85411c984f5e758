import { z } from 'zod';
import { categoryOf, idOf, type RecordedEvent, type StoredEvent } from '#engine/event.js';
import type { JsonObject } from '#engine/json.js';
import { eventType, Registry } from '#engine/registry.js';
import { GONE, type View } from '#engine/views/view.js';
import { chainedEvent } from './stored-event.js';

/** Version 1 knew one service only. */
export const parcelShipped = eventType(
  'ParcelShipped',
  z.strictObject({ to: z.string(), service: z.enum(['standard', 'express']) }),
  { version: 2, seals: ['recipient'], upcasters: { 1: upcastShipped } },
);
export const parcelScanned = eventType('ParcelScanned', z.strictObject({ depot: z.string() }));
/** Touches two documents of the depots' view. */
export const parcelMoved = eventType('ParcelMoved', z.strictObject({ from: z.string(), to: z.string() }));
export const parcelDelivered = eventType('ParcelDelivered', z.strictObject({}));
export const parcelLost = eventType('ParcelLost', z.strictObject({}));
/** What is known of the parcel is destroyed. */
export const parcelForgotten = eventType('ParcelForgotten', z.strictObject({}));

function upcastShipped(data: JsonObject): JsonObject {
  if (typeof data.to !== 'string') throw new Error('version 1 always names a town');
  return { ...data, service: 'standard' };
}

export const parcelTypes = [
  parcelShipped,
  parcelScanned,
  parcelMoved,
  parcelDelivered,
  parcelLost,
  parcelForgotten,
];

export const parcelKeyOf = (stream: string, part: string) => ({ keyId: `${stream}/${part}`, owner: stream });

export const parcelRegistry = new Registry(parcelTypes, parcelKeyOf);

export type ParcelRow = {
  readonly status: string;
  readonly to: string;
  readonly service: string;
  readonly recipient: string | null;
  /** Every event, in the order it was folded: a fold that loses, repeats or swaps one shows. */
  readonly story: readonly string[];
};

/** A depot where a scan makes the fold of the parcels throw, as a bug would. */
export const POISON_DEPOT = 'poison';

/** Where each parcel is. One document a stream. */
export const parcelTracker: View<ParcelRow> = {
  name: 'parcelTracker',
  version: 1,
  indexes: [{ name: 'status', fields: ['status'] }],
  begins: ['ParcelShipped'],
  keys: ({ stream }) => (categoryOf(stream) === 'parcel' ? [idOf(stream)] : []),
  opens: ({ type }) => (type === 'ParcelShipped' ? ['/recipient'] : []),
  evolve(row, event, _key, { opened, token }) {
    const story = [...(row?.story ?? []), `${event.type}@${event.revision}`];
    switch (event.type) {
      case 'ParcelShipped': {
        const { to, service } = event.data as { to: string; service: string };
        const name = opened.get('/recipient');
        return {
          status: 'shipped',
          to,
          service,
          recipient: typeof name === 'string' ? token(name) : null,
          story,
        };
      }
      case 'ParcelScanned':
        if (event.data.depot === POISON_DEPOT) throw new Error('this depot was not thought of');
        return { ...row!, status: `at ${event.data.depot as string}`, story };
      case 'ParcelDelivered':
      case 'ParcelLost':
        return { ...row!, status: event.type.slice('Parcel'.length).toLowerCase(), story };
      case 'ParcelForgotten':
        return GONE;
      default:
        return { ...row!, story };
    }
  },
};

export type DepotRow = { readonly scans: number; readonly story: readonly string[] };

/** What passes through each depot. One document for events of many streams. */
export const depotTraffic: View<DepotRow> = {
  name: 'depotTraffic',
  version: 1,
  indexes: [{ name: 'scans', fields: ['scans'] }],
  begins: ['ParcelScanned', 'ParcelMoved'],
  keys({ type, data }) {
    if (type === 'ParcelScanned') return [data.depot as string];
    return type === 'ParcelMoved' ? [data.from as string, data.to as string] : [];
  },
  evolve(row, event, key) {
    const step = event.type === 'ParcelScanned' ? 'scan' : event.data.from === key ? 'out' : 'in';
    const story = [...(row?.story ?? []), `${step} ${event.stream}@${event.revision}`];
    return { scans: (row?.scans ?? 0) + (step === 'scan' ? 1 : 0), story };
  },
};

/** What happens to a parcel: enough to store it. */
export interface ParcelStep {
  readonly parcel: string;
  readonly type: string;
  readonly data?: JsonObject;
  readonly schemaVersion?: number;
}

export const shipped = (parcel: string, to = 'Hangzhou'): ParcelStep => ({
  parcel,
  type: 'ParcelShipped',
  schemaVersion: 2,
  data: { to, service: 'express' },
});
/** As version 1 stored it. */
export const shippedLongAgo = (parcel: string, to = 'Suzhou'): ParcelStep => ({
  parcel,
  type: 'ParcelShipped',
  schemaVersion: 1,
  data: { to },
});
export const scanned = (parcel: string, depot = 'north'): ParcelStep => ({
  parcel,
  type: 'ParcelScanned',
  data: { depot },
});
export const moved = (parcel: string, from: string, to: string): ParcelStep => ({
  parcel,
  type: 'ParcelMoved',
  data: { from, to },
});
export const delivered = (parcel: string): ParcelStep => ({ parcel, type: 'ParcelDelivered' });
export const lost = (parcel: string): ParcelStep => ({ parcel, type: 'ParcelLost' });
export const forgotten = (parcel: string): ParcelStep => ({ parcel, type: 'ParcelForgotten' });

/**
 * Steps as stored events, in order, each chained to the one before in its stream.
 * @param last the last event of each stream so far; kept up to date
 */
export function parcelEvents(
  steps: readonly ParcelStep[],
  last = new Map<string, StoredEvent>(),
): StoredEvent[] {
  return steps.map(({ parcel, type, data = {}, schemaVersion = 1 }) => {
    const stream = `parcel-${parcel}`;
    const event = chainedEvent(last.get(stream) ?? null, { stream, type, data, schemaVersion });
    last.set(stream, event);
    return event;
  });
}

/** The same, with places in a log of their own. */
export function recordedParcels(steps: readonly ParcelStep[]): RecordedEvent[] {
  return parcelEvents(steps).map((event, i) => ({ ...event, position: positionOf(i + 1) }));
}

export function positionOf(place: number): string {
  return String(place).padStart(20, '0');
}
