/** Wakes whoever waits for the next ring. */
export class Bell {
  readonly #sleepers = new Set<() => void>();

  /** Resolves at the next ring, or when the signal is aborted. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        this.#sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#sleepers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  ring(): void {
    for (const wake of [...this.#sleepers]) wake();
  }
}
