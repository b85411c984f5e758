import type { Actor, CommandShape, Refusal } from './decider.js';
import type { Channel, RecordedEvent } from './event.js';
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
  /** The body as the caller sent it, split by the part that its members belong to: how a repeat is told from another command. */
  readonly body?: CommandBody;
}

export interface CommandBody {
  readonly clear: Json;
  /** Part name -> its members of the body. */
  readonly sealed?: Readonly<Record<string, Json>>;
}

/** An answer to a command. Only `done` has changed anything. */
export type Outcome =
  | {
      readonly kind: 'done';
      /** The events of this command, as recorded: an answer is built from these alone. */
      readonly events: readonly RecordedEvent[];
      readonly stream: string;
      readonly revision: number;
      readonly position: string;
      /** Whether an earlier call with the same command id had done it already. */
      readonly repeated: boolean;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** `If-Match` failed: what has come since, by whom (412). */
  | { readonly kind: 'stale'; readonly revision: number; readonly changes: readonly RecordedEvent[] }
  /** Still in conflict after all tries (409, try again). */
  | { readonly kind: 'contended' }
  /** The command id was used for another body (422). */
  | { readonly kind: 'reused' }
  /** The command id was used, and what it was about has been destroyed (410). */
  | { readonly kind: 'erased' };

/** A stream as a decider sees it, at its head. */
export interface Loaded<State> {
  readonly state: State;
  /** -1 where the stream does not exist. */
  readonly revision: number;
  /** Hash of the last event. */
  readonly hash: string;
  readonly recordedAt: string | null;
}

export type { CommandShape };
