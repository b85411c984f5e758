import type { Json } from '../json.js';

/**
 * A document of a view: a pure fold of the events of its key, in log order.
 * It knows how far it has read, so that any write can be checked against what it was folded from.
 */
export interface ViewDoc {
  readonly _id: string;
  /** Position of the last event folded in (a rising counter in control documents). */
  readonly at: string;
  /** A tombstone: absorbs every later event of its key. */
  readonly gone?: true;
  /** Set while an event of this key could not be folded. */
  readonly parked?: { readonly from: string; readonly through: string };
  readonly [member: string]: Json | undefined;
}

/** A conditional write: succeeds only where the document still is what it was folded from. */
export interface DocWrite {
  readonly doc: ViewDoc;
  /** `at` of the document that this one replaces; `null` inserts where there is none. */
  readonly from: string | null;
}

export type Scalar = string | number | boolean | null;

/**
 * A condition on one member. A member that is a list matches when any of its elements does, each bound of a range by
 * itself. Absent and null are the same; kinds are never mixed (a number equals no text); a range has numbers or texts.
 */
export type Condition =
  | { readonly eq: Scalar }
  | { readonly in: readonly Scalar[] }
  | { readonly gt?: Scalar; readonly gte?: Scalar; readonly lt?: Scalar; readonly lte?: Scalar }
  | { readonly prefix: string }
  | { readonly exists: boolean };

/**
 * All conditions must hold. Member names come from code, never from a client; dots lead into nested objects, but not
 * into the elements of a list.
 */
export type Filter = Readonly<Record<string, Condition>>;

export interface SortKey {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

export interface Query {
  readonly where: Filter;
  /** The document id is always the last key, ascending, so that the order is total. Absent members sort first. */
  readonly sort: readonly SortKey[];
  /** Sort values and id of the last row of the page before (keyset paging). */
  readonly after?: { readonly values: readonly Scalar[]; readonly id: string };
  readonly limit: number;
}

/** An index that a collection needs: the members in order. `list` where the (only) member is a list. */
export interface IndexSpec {
  readonly name: string;
  readonly fields: readonly string[];
  readonly list?: true;
  /** Those of `fields` that pages are sorted downwards by. */
  readonly descending?: readonly string[];
}

/**
 * Documents in named collections, within what every MongoDB-compatible server has.
 * Contract: `test/contracts/view-store.ts`.
 */
export interface ViewStore {
  /** Creates the collection and its indexes where they are missing. */
  ensureCollection(name: string, indexes: readonly IndexSpec[]): Promise<void>;
  dropCollection(name: string): Promise<void>;
  collections(): Promise<readonly string[]>;

  /** The documents of these ids, tombstones included; missing ones are absent from the map. */
  get(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, ViewDoc>>;

  /** Writes each document on its own condition; resolves to the ids that lost. No order, no transaction promised. */
  write(collection: string, writes: readonly DocWrite[]): Promise<readonly string[]>;

  /** Living documents (no tombstones) that match, in order. A missing collection is an error. */
  find(collection: string, query: Query): Promise<readonly ViewDoc[]>;

  /** Number of living documents that match, counted up to `limit`. */
  count(collection: string, where: Filter, limit?: number): Promise<number>;

  /** Living documents per combination of values of these members; a list counts once per element. */
  groupCount(
    collection: string,
    where: Filter,
    by: readonly string[],
  ): Promise<readonly { readonly key: readonly Scalar[]; readonly count: number }[]>;

  /** All documents in id order, tombstones included, a page at a time: dumps and digests. */
  scan(collection: string, afterId: string | null, limit: number): Promise<readonly ViewDoc[]>;

  /** Removes what the store still holds of overwritten bytes (write-ahead log, free pages). */
  scrub(): Promise<void>;

  close(): Promise<void>;
}

export class CollectionMissing extends Error {
  override readonly name = 'CollectionMissing';
  constructor(readonly collection: string) {
    super(`there is no collection ${collection}`);
  }
}
