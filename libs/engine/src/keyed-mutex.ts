/** Lets calls with the same key take turns; calls with other keys do not wait for them. */
export class KeyedMutex {
  readonly #lines = new Map<string, { tail: Promise<unknown>; length: number }>();

  /** How many calls with this key are running or waiting. */
  length(key: string): number {
    return this.#lines.get(key)?.length ?? 0;
  }

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(key) ?? { tail: Promise.resolve(), length: 0 };
    this.#lines.set(key, line);
    line.length++;
    const own = line.tail.then(work);
    line.tail = own.catch(() => undefined);
    try {
      return await own;
    } finally {
      if (--line.length === 0) this.#lines.delete(key);
    }
  }
}
