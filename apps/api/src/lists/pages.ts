import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { JsonObject } from '#engine/json.js';
import type { Filter, Scalar, SortKey, ViewDoc } from '#engine/ports/view-store.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { memberOf } from '#infra/view-store/grammar.js';
import { Problem } from '../http/problem.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { freshness } from './list-answer.js';
import { DEFAULT_LIMIT, type PageQuery } from './page-query.js';

/** Documents that match any of some filters, no two of which match the same, in one order. */
export interface Phase {
  readonly anyOf: readonly Filter[];
  readonly sort: readonly SortKey[];
}

/** A list over one view: its phases come one after the other. */
export interface Listing {
  readonly view: string;
  /** What a cursor is bound to: filters and sort, as the caller gave them. */
  readonly scope: JsonObject;
  /**
   * What is listed, as of an instant: what depends on the time stays as it was on the first page, so that nothing is
   * listed twice or left out because time went by.
   */
  readonly phases: (at: string) => readonly Phase[];
}

export interface Page<Row> {
  readonly rows: readonly (Row & { readonly _id: string })[];
  /** The instant that the first page was read at. */
  readonly at: string;
  /** The members that every list answers. */
  readonly list: {
    next: string | null;
    position: string | null;
    lag: { events: number | null; seconds: number };
  };
}

/** How long a list waits for `after`, in milliseconds. */
const WAIT_MS = 2_000;

const place = z.object({
  p: z.number().int().min(0),
  k: z.array(z.union([z.string(), z.number(), z.null()])),
  i: z.string(),
  at: z.iso.datetime(),
});
type Place = z.infer<typeof place>;

interface Found {
  readonly phase: number;
  readonly doc: ViewDoc;
}

/** Pages of lists, by keyset: a page costs the same however deep it is, and inserts move nothing. */
@Injectable()
export class Pages {
  constructor(private readonly kernel: Kernel) {}

  /** @throws Problem `request.bad-cursor`; ViewBehind */
  async read<Row>(listing: Listing, query: PageQuery): Promise<Page<Row>> {
    const { view, scope } = listing;
    const limit = query.limit ?? DEFAULT_LIMIT;
    const bound: JsonObject = { view, ...scope };
    const from = query.cursor == null ? null : decodeCursor(bound, query.cursor, place);
    await this.waitFor(view, query.after);
    const at = from?.at ?? this.kernel.clock.now();
    // Taken first: what is read after it is at least as new.
    const fresh = freshness(await this.kernel.reader.lag(view));
    const found = await this.#from(view, listing.phases(at), from, limit + 1);
    const shown = found.slice(0, limit);
    const next =
      found.length > limit ? encodeCursor(bound, placeOf(shown.at(-1)!, listing.phases(at), at)) : null;
    return {
      rows: shown.map(({ doc }) => doc as unknown as Row & { _id: string }),
      at,
      list: { next, ...fresh },
    };
  }

  /** Waits, boundedly, until the view has come as far as the caller asks. */
  async waitFor(view: string, after: string | null | undefined, key?: string): Promise<void> {
    if (after != null) await this.kernel.reader.waitFor(view, after, WAIT_MS, key);
  }

  async #from(view: string, phases: readonly Phase[], from: Place | null, wanted: number): Promise<Found[]> {
    if (from && from.k.length !== phases[from.p]?.sort.length) throw new Problem('request.bad-cursor');
    const found: Found[] = [];
    for (let p = from?.p ?? 0; p < phases.length && found.length < wanted; p++) {
      const after = from?.p === p ? { after: { values: from.k, id: from.i } } : {};
      const docs = await this.#anyOf(view, phases[p]!, wanted - found.length, after);
      found.push(...docs.map((doc) => ({ phase: p, doc })));
    }
    return found;
  }

  async #anyOf(
    view: string,
    { anyOf, sort }: Phase,
    limit: number,
    after: { after?: { values: readonly Scalar[]; id: string } },
  ): Promise<readonly ViewDoc[]> {
    const lists = await Promise.all(
      anyOf.map((where) => this.kernel.reader.find(view, { where, sort, limit, ...after })),
    );
    if (lists.length === 1) return lists[0]!;
    return lists
      .flat()
      .sort((a, b) => inOrder(a, b, sort))
      .slice(0, limit);
  }
}

function placeOf({ phase, doc }: Found, phases: readonly Phase[], at: string): JsonObject {
  const values = phases[phase]!.sort.map(({ field }) => memberOf(doc, field));
  return { p: phase, k: values, i: doc._id, at };
}

function inOrder(a: ViewDoc, b: ViewDoc, sort: readonly SortKey[]): number {
  for (const { field, direction } of sort) {
    const order = compare(memberOf(a, field) as Scalar, memberOf(b, field) as Scalar);
    if (order !== 0) return direction === 'asc' ? order : -order;
  }
  return compare(a._id, b._id);
}

/** As view stores order scalars: absent first, then numbers, then texts by code point. */
function compare(a: Scalar, b: Scalar): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return rank(a) - rank(b);
}

function rank(value: Scalar): number {
  return value === null ? 0 : typeof value === 'number' ? 1 : 2;
}
