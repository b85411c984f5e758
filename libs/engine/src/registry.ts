import { z } from 'zod';
import { categoryOf, type EventDraft, type StoredEvent } from './event.js';
import type { JsonObject } from './json.js';

/** Any object in an event's clear data whose members its type does not name; the canonical form still bounds them. */
export const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** One event type at its newest version: its clear shape, the parts it may seal, and how older versions become it. */
export interface EventType<
  T extends string = string,
  S extends z.ZodType<JsonObject> = z.ZodType<JsonObject>,
> {
  readonly type: T;
  /** Newest version, from 1. */
  readonly version: number;
  /** Strict shape of the clear data: whatever is not listed here cannot be stored in clear. */
  readonly clear: S;
  /** Names of the parts whose values may be sealed; a trailing `*` stands for any rest. Default: none. */
  readonly seals: readonly string[];
  /** Version -> its data as the next version's. */
  readonly upcasters: Readonly<Record<number, (data: JsonObject) => JsonObject>>;
}

/** The shape that an event type gives to deciders and folds. */
export type ShapeOf<E> = E extends EventType<infer T, infer S> ? { type: T; data: z.infer<S> } : never;

/** Declares an event type. */
export function eventType<T extends string, S extends z.ZodType<JsonObject>>(
  type: T,
  clear: S,
  more: {
    version?: number;
    seals?: readonly string[];
    upcasters?: Record<number, (data: JsonObject) => JsonObject>;
  } = {},
): EventType<T, S> {
  return {
    type,
    clear,
    version: more.version ?? 1,
    seals: more.seals ?? [],
    upcasters: more.upcasters ?? {},
  };
}

/** The data key that seals a part of a stream's events, and whose key it is. */
export interface PartKey {
  readonly keyId: string;
  /** Keys of one owner (a customer, a member of staff, `system`) die together when he is destroyed as a whole. */
  readonly owner: string;
}

/** The event's type or version is newer than this code, or its data cannot be read: parked, never dropped. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
  constructor(
    readonly code: 'unknown-type' | 'newer-version' | 'undecodable',
    readonly event: Pick<StoredEvent, 'stream' | 'revision' | 'type' | 'schemaVersion'>,
  ) {
    super(`${event.stream}@${event.revision}: ${event.type} v${event.schemaVersion} is ${code}`);
  }
}

/** A draft that its own event type does not allow: a bug in a decision, found before anything is written. */
export class InvalidDraft extends Error {
  override readonly name = 'InvalidDraft';
}

/** Every event type that this program knows: one place that says what is clear, what is sealed, and under which key. */
export class Registry {
  readonly #types = new Map<string, EventType>();

  constructor(
    types: readonly EventType[],
    /** Which key seals a part of a stream's events. */
    readonly keyOf: (stream: string, part: string) => PartKey,
  ) {
    for (const type of types) {
      if (this.#types.has(type.type)) throw new Error(`event type ${type.type} is registered twice`);
      for (let version = 1; version < type.version; version++) {
        if (!type.upcasters[version]) throw new Error(`${type.type} has no upcaster from version ${version}`);
      }
      this.#types.set(type.type, type);
    }
  }

  types(): readonly EventType[] {
    return [...this.#types.values()];
  }

  /**
   * Checks a draft against its type and returns the version to store it as.
   * @throws InvalidDraft naming each fault, never a value
   */
  validate(stream: string, draft: EventDraft): number {
    const type = this.#types.get(draft.type);
    if (!type) throw new InvalidDraft(`${draft.type} (for ${categoryOf(stream)}) is not registered`);
    const parsed = type.clear.safeParse(draft.data);
    const faults = parsed.success
      ? []
      : parsed.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'data'}: ${issue.code}`);
    for (const [part, values] of Object.entries(draft.sealed ?? {})) {
      if (
        !type.seals.some((name) => (name.endsWith('*') ? part.startsWith(name.slice(0, -1)) : part === name))
      ) {
        faults.push(`it does not seal a part ${part}`);
      }
      for (const pointer of Object.keys(values)) {
        if (!pointer.startsWith('/')) faults.push(`part ${part}: a value is not named by a JSON pointer`);
      }
    }
    if (faults.length > 0) throw new InvalidDraft(`${draft.type}: ${faults.join('; ')}`);
    return type.version;
  }

  /**
   * Brings an event to the newest version of its type.
   * @throws UnreadableEvent
   */
  upcast<E extends StoredEvent>(event: E): E {
    const type = this.#types.get(event.type);
    if (!type) throw new UnreadableEvent('unknown-type', event);
    if (event.schemaVersion > type.version) throw new UnreadableEvent('newer-version', event);
    if (event.schemaVersion === type.version) return event;
    let data = event.data;
    try {
      for (let version = event.schemaVersion; version < type.version; version++) {
        data = (type.upcasters[version] as (data: JsonObject) => JsonObject)(data);
      }
    } catch {
      throw new UnreadableEvent('undecodable', event);
    }
    return { ...event, data, schemaVersion: type.version };
  }
}
