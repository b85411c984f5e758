/** Where a stream ends. */
export interface Head {
  /** Key of the stream in the tables. */
  readonly key: number;
  /** Revision of its last event. */
  readonly revision: number;
}

/**
 * Heads of the streams in use, so that an append needs no query.
 * Two generations bound it: when the young one is full it becomes the old one, and what the old one held is forgotten.
 */
export class StreamHeads {
  #young = new Map<string, Head>();
  #old = new Map<string, Head>();

  /** @param perGeneration at most twice as many heads are kept */
  constructor(private readonly perGeneration: number) {}

  get(stream: string): Head | undefined {
    return this.#young.get(stream) ?? this.#old.get(stream);
  }

  set(stream: string, head: Head): void {
    if (this.#young.size >= this.perGeneration && !this.#young.has(stream)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(stream, head);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
