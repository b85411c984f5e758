import { createHash, type Hash } from 'node:crypto';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { JsonObject } from '../json.js';
import type { ViewDoc, ViewStore } from '../ports/view-store.js';
import { isBefore, lowest, readCheckpoints } from './checkpoints.js';
import { differingPaths, dumpLine } from './dump.js';
import { readThrough } from './fold.js';
import type { Progress } from './progress.js';

/** Where two generations differ: the document's id and the places in it. No values. */
export interface Difference {
  readonly key: string;
  /** JSON pointers; the empty one where only one generation has the document. */
  readonly paths: readonly string[];
}

/** Two generations of one view, row by row, each row compared at the same position. */
export interface ParityReport {
  readonly holds: boolean;
  /** Every event up to here is part of the comparison; rows that changed meanwhile were compared later on. */
  readonly position: string | null;
  readonly serving: { readonly rows: number; readonly digest: string };
  readonly candidate: { readonly rows: number; readonly digest: string };
  readonly differing: number;
  /** The first of them. */
  readonly differences: readonly Difference[];
}

const PAGE = 200;
const SHOWN = 100;
/** Waits granted to one comparison for generations to draw level, and the length of each in milliseconds. */
const WAITS = 500;
const WAIT_MS = 20;

/**
 * Compares two generations while both are being fed. A document at a position holds every event of its key up to
 * there, so two documents at the same `at` must be the same; where one is ahead, both are read again.
 *
 * @param position one that both generations have passed
 */
export async function compareGenerations(
  store: ViewStore,
  serving: string,
  candidate: string,
  position: string | null,
  progress: Progress,
): Promise<ParityReport> {
  const sides = [side(), side()] as const;
  const level = leveller(store, [serving, candidate], progress);
  const differences: Difference[] = [];
  let differing = 0;
  let after: string | null = null;
  for (;;) {
    const pages: [readonly ViewDoc[], readonly ViewDoc[]] = [
      await store.scan(serving, after, PAGE),
      await store.scan(candidate, after, PAGE),
    ];
    const until = endOf(pages);
    const [one, other] = pages.map((page) => rowsUntil(page, until)) as [Rows, Rows];
    for (const key of [...new Set([...one.keys(), ...other.keys()])].sort(byBytes)) {
      const pair = await level(key, [one.get(key), other.get(key)]);
      const lines = pair.map((doc) => (doc ? dumpLine(doc) : null));
      lines.forEach((line, i) => line !== null && sides[i]!.take(line));
      if (lines[0] === lines[1]) continue;
      differing += 1;
      if (differences.length < SHOWN) differences.push({ key, paths: pathsOf(...pair) });
    }
    if (until === null) break;
    after = until;
    await yieldToOthers();
  }
  return {
    holds: differing === 0,
    position,
    serving: sides[0].result(),
    candidate: sides[1].result(),
    differing,
    differences,
  };
}

type Rows = ReadonlyMap<string, ViewDoc>;
type Pair = readonly [ViewDoc | undefined, ViewDoc | undefined];

/** Reads two documents again until both have read as far, or it is certain that they never will. */
function leveller(store: ViewStore, collections: readonly [string, string], progress: Progress) {
  let waits = WAITS;
  const read = async (key: string): Promise<Pair> => {
    const [one, other] = await Promise.all(collections.map((name) => store.get(name, [key])));
    return [one!.get(key), other!.get(key)];
  };
  const havePassed = async (position: string) => {
    const found = [...(await readCheckpoints(store, collections)).values()];
    return found.every((checkpoint) => !isBefore(lowest(checkpoint), position));
  };

  return async (key: string, pair: Pair): Promise<Pair> => {
    let seen = pair;
    while (seen[0]?.at !== seen[1]?.at) {
      const furthest = seen.map((doc) => (doc ? readThrough(doc) : '')).sort()[1]!;
      while (waits > 0 && !(await havePassed(furthest))) {
        waits -= 1;
        await progress.next(WAIT_MS);
      }
      const now = await read(key);
      if (now[0]?.at === seen[0]?.at && now[1]?.at === seen[1]?.at) return now;
      seen = now;
    }
    return seen;
  };
}

/** Up to which id both pages are complete; `null` once both collections have ended. */
function endOf(pages: readonly (readonly ViewDoc[])[]): string | null {
  const ends = pages.filter((page) => page.length === PAGE).map((page) => page.at(-1)!._id);
  return ends.sort(byBytes)[0] ?? null;
}

function rowsUntil(page: readonly ViewDoc[], until: string | null): Rows {
  return new Map(
    page.filter(({ _id }) => until === null || byBytes(_id, until) <= 0).map((doc) => [doc._id, doc]),
  );
}

/** The order of ids in every store. */
function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function pathsOf(one: ViewDoc | undefined, other: ViewDoc | undefined): readonly string[] {
  return one && other ? differingPaths(one as JsonObject, other as JsonObject) : [''];
}

function side(): { take(line: string): void; result(): { rows: number; digest: string } } {
  const hash: Hash = createHash('sha256');
  let rows = 0;
  return {
    take(line) {
      hash.update(line).update('\n');
      rows += 1;
    },
    result: () => ({ rows, digest: hash.digest('hex') }),
  };
}
