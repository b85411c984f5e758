import type { Clock } from '#engine/ports/clock.js';

const LONGEST_WAIT_MS = 15 * 60_000;
const SIZE = 10_000;

/**
 * Slows down guessing: from a number of failures on, each one doubles the wait, up to a quarter of an hour. Counted per key
 * (a staff id, a client address) and forgotten after a success or a quiet half-hour. Bounded, least recent first out.
 */
export class FailureThrottle {
  readonly #failures = new Map<string, { count: number; at: number }>();

  /** @param free failures that cost nothing yet */
  constructor(
    private readonly clock: Clock,
    private readonly free: number,
  ) {}

  /** Milliseconds to wait before the next try; 0 where there is no need. */
  waitFor(key: string): number {
    const known = this.#failures.get(key);
    if (!known || known.count < this.free) return 0;
    const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (known.count - this.free));
    return Math.max(0, known.at + wait - this.clock.monotonic());
  }

  /**
   * Counts a failure. Count a try before it is checked, and take it back if it was right: of many tries at the same
   * moment, only the free ones are then checked.
   */
  failed(key: string): void {
    const now = this.clock.monotonic();
    const known = this.#failures.get(key);
    const count = known && now - known.at < 2 * LONGEST_WAIT_MS ? known.count + 1 : 1;
    this.#failures.delete(key);
    this.#failures.set(key, { count, at: now });
    if (this.#failures.size > SIZE) this.#failures.delete(this.#failures.keys().next().value as string);
  }

  /** Takes one failure back. */
  takeBack(key: string): void {
    const known = this.#failures.get(key);
    if (known) this.#failures.set(key, { ...known, count: known.count - 1 });
  }

  /** Forgets all failures. */
  succeeded(key: string): void {
    this.#failures.delete(key);
  }
}
