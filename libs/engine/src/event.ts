import type { Json, JsonObject } from './json.js';

/** Sealed content: one AEAD ciphertext for all values of one part of an event. */
export interface Box {
  /** Id of the data key in the vault. */
  readonly k: string;
  /** Base64 of AES-256-GCM ciphertext followed by its 16-byte tag. */
  readonly c: string;
  /** Hex SHA-256 over one salted commitment per value, so that one value can be disclosed alone. */
  readonly m: string;
}

/** What a box holds once opened: JSON pointer (RFC 6901) -> value. */
export type SealedValues = Readonly<Record<string, Json>>;

/**
 * Everything about an event but its content. Set by the engine in one place;
 * a member is `null` where nothing applies and never missing.
 */
export interface Envelope {
  /** UUID, random, made once and kept when the batch is resent. */
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** Logical stream name, `<category>-<id>`. */
  readonly stream: string;
  /** Zero-based place in the stream. */
  readonly revision: number;
  /** UTC instant, ISO 8601 with milliseconds: the very `now` that the decision saw. Never falls within a stream. */
  readonly recordedAt: string;
  /** Business time, the second as-of axis: an instant, or a date where no time is known. */
  readonly effectiveAt: string;
  /** Staff id, or `system` for work that the engine resumes. Names are never here. */
  readonly actorId: string;
  /** Roles that the actor held at that moment. */
  readonly actorRoles: readonly string[];
  readonly onBehalfOf: string | null;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly channel: Channel;
  /** Policy name -> version in force for the decision. */
  readonly policies: Readonly<Record<string, string>>;
  /** HMAC under the system key over the command's clear body, to tell a repeat from another command under the same id. */
  readonly bodyMac: string | null;
  /** `hash` of the event before it in the stream; 64 zeros at revision 0. */
  readonly prev: string;
  /** SHA-256 (hex) over the RFC 8785 form of the stored event without `hash`. */
  readonly hash: string;
  readonly hashVersion: number;
}

/** The way a command came in; the channel that a customer's data came by is content. */
export type Channel = 'api' | 'cli' | 'import' | 'engine';

/** An event as it stands in the log. */
export interface StoredEvent extends Envelope {
  /** Clear content: ids, facets, states and open fields. */
  readonly data: JsonObject;
  /** Sealed content: part name -> box. */
  readonly boxes: Readonly<Record<string, Box>>;
}

/** A stored event with its place in the log's global order. */
export interface RecordedEvent extends StoredEvent {
  /** Opaque; compares as a string in log order; valid within one log only. */
  readonly position: string;
}

/** The shape that a domain gives its events: a type and the clear data. */
export interface EventShape {
  readonly type: string;
  readonly data: JsonObject;
}

/** A stored event whose type and data are known, upcast to the newest version: what a decider folds. */
export type Recorded<E extends EventShape> = E extends EventShape
  ? Omit<StoredEvent, 'type' | 'data'> & Pick<E, 'type' | 'data'>
  : never;

/** What a decision wants to have happened; the engine adds the envelope. */
export type EventDraft<E extends EventShape = EventShape> = E extends EventShape
  ? Pick<E, 'type' | 'data'> & {
      /** Part name -> values to seal under that part's key. */
      readonly sealed?: Readonly<Record<string, SealedValues>>;
      /** Business time where it differs from the time of recording. */
      readonly effectiveAt?: string;
    }
  : never;

/** `prev` of the first event of a stream. */
export const GENESIS = '0'.repeat(64);

/** The category of a stream: what stands before its first dash. */
export function categoryOf(stream: string): string {
  const dash = stream.indexOf('-');
  return dash < 0 ? stream : stream.slice(0, dash);
}

/** The id of a stream: what stands behind its first dash. */
export function idOf(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}
