import type { DocWrite, ViewDoc, ViewStore } from '../ports/view-store.js';

/** Collection of the checkpoints: one document a generation. */
export const CHECKPOINTS = 'dossier_checkpoints';

/** How far one generation of a view has read. It only rises. */
export interface Checkpoint extends ViewDoc {
  /** The log that the positions belong to. */
  readonly logId: string;
  /** Slice -> position of the last event that all its documents account for; `null` before the first. */
  readonly slices: Readonly<Record<string, string | null>>;
  /** Events read up to the highest slice, ignored ones included. */
  readonly read: number;
}

/** The position that all slices have passed; `null` while one has not begun. */
export function lowest(checkpoint: Checkpoint): string | null {
  return Object.values(checkpoint.slices).reduce((low, at) => (isBefore(at, low) ? at : low));
}

/** The furthest position of any slice. */
export function highest(checkpoint: Checkpoint): string | null {
  return Object.values(checkpoint.slices).reduce((high, at) => (isBefore(high, at) ? at : high));
}

/** Whether one position comes before another; `null` is before the first event. */
export function isBefore(one: string | null, other: string | null): boolean {
  return other !== null && (one === null || one < other);
}

/** Creates the checkpoint of a generation where there is none. */
export async function createCheckpoint(
  store: ViewStore,
  collection: string,
  logId: string,
  sliceCount: number,
): Promise<void> {
  const slices = Object.fromEntries(Array.from({ length: sliceCount }, (_, slice) => [String(slice), null]));
  const doc: Checkpoint = { _id: collection, at: counter(1), logId, slices, read: 0 };
  await store.write(CHECKPOINTS, [{ doc, from: null }]);
}

/** The checkpoints of these collections; dropped and unknown ones are absent. */
export async function readCheckpoints(
  store: ViewStore,
  collections: readonly string[],
): Promise<ReadonlyMap<string, Checkpoint>> {
  const docs = await store.get(CHECKPOINTS, collections);
  return new Map([...docs].filter(([, doc]) => !doc.gone)) as Map<string, Checkpoint>;
}

/**
 * Raises checkpoints together. Whoever is overtaken takes the further of both, slice by slice.
 * @returns what then stands; a checkpoint whose generation has been dropped is absent
 */
export async function raiseCheckpoints(
  store: ViewStore,
  raised: readonly Checkpoint[],
): Promise<ReadonlyMap<string, Checkpoint>> {
  const standing = new Map<string, Checkpoint>();
  let pending = raised;
  while (pending.length > 0) {
    const writes = pending.map(next) as (DocWrite & { doc: Checkpoint })[];
    const lost = new Set(await store.write(CHECKPOINTS, writes));
    for (const { doc } of writes) if (!lost.has(doc._id)) standing.set(doc._id, doc);
    if (lost.size === 0) break;
    const found = await readCheckpoints(store, [...lost]);
    const again: Checkpoint[] = [];
    for (const mine of pending.filter(({ _id }) => found.has(_id))) {
      const theirs = found.get(mine._id)!;
      const both = further(theirs, mine);
      if (both === theirs) standing.set(theirs._id, theirs);
      else again.push(both);
    }
    pending = again;
  }
  return standing;
}

/** The counter of a control document, raised by one. */
export function counterAfter(at: string): string {
  return counter(Number(at) + 1);
}

function counter(value: number): string {
  return String(value).padStart(12, '0');
}

function next(checkpoint: Checkpoint): DocWrite {
  return { doc: { ...checkpoint, at: counterAfter(checkpoint.at) }, from: checkpoint.at };
}

/** `theirs` itself where `mine` adds nothing. */
function further(theirs: Checkpoint, mine: Checkpoint): Checkpoint {
  const slices = { ...theirs.slices };
  let rises = false;
  for (const [slice, position] of Object.entries(mine.slices)) {
    if (!isBefore(slices[slice] ?? null, position)) continue;
    slices[slice] = position;
    rises = true;
  }
  return rises ? { ...theirs, slices, read: Math.max(theirs.read, mine.read) } : theirs;
}
