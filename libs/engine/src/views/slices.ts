/** How the work of a view is shared: each document belongs to one slice. */
export interface Slices {
  /** 1 embedded, 64 on servers; the same for all workers, for as long as a generation lives. */
  readonly count: number;
  /** Slices that this worker feeds. Default: all. */
  readonly owned?: readonly number[];
}

/** The slice that a document belongs to: FNV-1a (32 bits) over the UTF-16 code units of its id. */
export function sliceOf(key: string, count: number): number {
  if (count === 1) return 0;
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  // The low bits of FNV mix poorly for keys that differ at the end only; fold the high half in.
  return ((hash ^ (hash >>> 16)) >>> 0) % count;
}

export function ownedSlices({ count, owned }: Slices): readonly number[] {
  return owned ?? Array.from({ length: count }, (_, slice) => slice);
}
