import { createHash } from 'node:crypto';
import type { Json } from '../json.js';
import type { ViewDoc, ViewStore } from '../ports/view-store.js';
import { canonical } from '../proof/canonical.js';
import { markOf } from './fold.js';

const PAGE = 500;

export interface DumpOptions {
  /**
   * Whether positions are part of the dump: `at`, and those of a parking mark. Without them dumps of different logs
   * with the same content are equal. Default: true.
   */
  readonly positions?: boolean;
}

/** All documents of a collection, tombstones included, in id order. */
export async function* documents(store: ViewStore, collection: string): AsyncGenerator<ViewDoc> {
  let after: string | null = null;
  for (;;) {
    const page: readonly ViewDoc[] = await store.scan(collection, after, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)!._id;
  }
}

/** One document as a line of a dump: canonical JSON (RFC 8785), so that member order does not matter. */
export function dumpLine(doc: ViewDoc, { positions = true }: DumpOptions = {}): string {
  if (positions) return canonical(doc);
  const { at: _at, parked: _parked, ...rest } = doc;
  return canonical(markOf(doc) ? { ...rest, parked: true } : rest);
}

/** A generation as canonical JSON lines, in id order, without line ends. */
export async function* dump(
  store: ViewStore,
  collection: string,
  options: DumpOptions = {},
): AsyncGenerator<string> {
  for await (const doc of documents(store, collection)) yield dumpLine(doc, options);
}

/** SHA-256 (hex) of a dump, each line followed by a line feed. */
export async function dumpDigest(
  store: ViewStore,
  collection: string,
  options: DumpOptions = {},
): Promise<{ rows: number; digest: string }> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const line of dump(store, collection, options)) {
    hash.update(line).update('\n');
    rows += 1;
  }
  return { rows, digest: hash.digest('hex') };
}

/** JSON pointers of the places at which two values differ: members and list elements, never what they hold. */
export function differingPaths(one: Json | undefined, other: Json | undefined, path = ''): string[] {
  if (isBranch(one) && isBranch(other) && Array.isArray(one) === Array.isArray(other)) {
    const members = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...members].flatMap((member) =>
      differingPaths(
        (one as Record<string, Json>)[member],
        (other as Record<string, Json>)[member],
        `${path}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      ),
    );
  }
  return one === other ? [] : [path];
}

function isBranch(value: Json | undefined): value is Exclude<Json, null | boolean | number | string> {
  return typeof value === 'object' && value !== null;
}
