import type { Actor, Refusal } from './decider.js';
import type { Channel, StoredEvent } from './event.js';
import type { Json } from './json.js';

/** Everything about a command but what it asks for. */
export interface CommandMeta {
  /** UUID. The same id with the same body gets the first answer again. */
  readonly commandId: string;
  readonly actor: Actor;
  readonly onBehalfOf?: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly channel: Channel;
  /** Policy name -> version used for the decision. */
  readonly policies: Readonly<Record<string, string>>;
  /** Revision from `If-Match`. */
  readonly ifMatch?: number;
  /** The body as the caller sent it: how a repeat is told from another command under the same id. */
  readonly body?: CommandBody;
}

/** A command's body, split by the part that its members belong to, so that no trace of a part outlives its key. */
export interface CommandBody {
  readonly clear: Json;
  /** Part name -> its members of the body. */
  readonly sealed?: Readonly<Record<string, Json>>;
}

/** A command that was carried out: its events, and where they stand. */
export interface Done {
  readonly kind: 'done';
  /** An answer is built from these alone, so that a repeat gets the same one. */
  readonly events: readonly StoredEvent[];
  readonly stream: string;
  /** Revision of the last of the events. */
  readonly revision: number;
  /** Position of the last of the events. */
  readonly position: string;
  /** Whether an earlier call with the same command id had done it already. */
  readonly repeated: boolean;
}

/** An answer to a command. Only `done` has changed anything. */
export type Outcome =
  | Done
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** `If-Match` failed: the events since that matter, oldest first, at most 100 (412). */
  | { readonly kind: 'stale'; readonly revision: number; readonly changes: readonly StoredEvent[] }
  /** In conflict with others on every try; nothing was written, it may be tried again (409). */
  | { readonly kind: 'contended' }
  /** The command id was used for another body (422). */
  | { readonly kind: 'reused' }
  /** What the command is about has been destroyed (410). */
  | { readonly kind: 'erased' };

/** It is still not known whether a command was carried out. The same command id may be sent again. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
  constructor(
    readonly commandId: string,
    cause: unknown,
  ) {
    super(`it is not known whether command ${commandId} was carried out; send it again with the same id`, {
      cause,
    });
  }
}
