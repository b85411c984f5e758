import type { RecordedEvent } from '../event.js';
import type { Json, JsonObject } from '../json.js';
import type { IndexSpec } from '../ports/view-store.js';

/** What a fold may use beside the document and the event. All of it is the same in every run. */
export interface FoldTools {
  /** The sealed values that the view asked for (`opens`), by JSON pointer; a destroyed value is absent. */
  readonly opened: ReadonlyMap<string, Json>;
  /** A blind index token: an HMAC under the index key, so that equal texts meet without being readable. */
  token(text: string): string;
}

/** Returned by `evolve` when the key is destroyed: the document becomes a tombstone that absorbs what comes later. */
export const GONE = Symbol('gone');

/**
 * A read model, as a pure fold. Given the same log it always gives the same documents, byte for byte.
 * `evolve` sees its own document only: joins and counts happen when the view is read.
 */
export interface View<Body extends JsonObject = JsonObject> {
  /** camelCase; the collection is its snake_case with version and generation. */
  readonly name: string;
  /** Raised whenever the fold, its keys or its document shape changes. */
  readonly version: number;
  readonly indexes: readonly IndexSpec[];
  /** Event types that may begin a document; any other for a missing document stops the view. */
  readonly begins: readonly string[];
  /** Ids of the documents that an event changes, from its clear parts only; none where it is of no interest. */
  keys(event: RecordedEvent): readonly string[];
  /** JSON pointers of sealed values that the fold must see, for this event. Default: none. */
  opens?(event: RecordedEvent): readonly string[];
  evolve(body: Body | null, event: RecordedEvent, key: string, tools: FoldTools): Body | typeof GONE;
}

/** The collection that holds one generation of a view: `borrowing_register_v1_g2`. */
export function collectionName(view: string, version: number, generation: number): string {
  const snake = view.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return `${snake}_v${version}_g${generation}`;
}
