import type { Clock } from '#engine/ports/clock.js';

/** A clock that moves only when a test says so; both of its hands can be set apart. */
export class ManualClock implements Clock {
  #monotonic = 1_000;

  constructor(private instant = '2025-03-03T01:00:00.000Z') {}

  now(): string {
    return this.instant;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  /** Sets the clock on the wall, backwards too. */
  set(instant: string): void {
    this.instant = instant;
  }

  /** Lets time pass, in milliseconds. */
  pass(ms: number): void {
    this.#monotonic += ms;
    this.instant = new Date(Date.parse(this.instant) + ms).toISOString();
  }
}
