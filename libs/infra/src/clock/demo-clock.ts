import type { Clock } from '#engine/ports/clock.js';
import { systemClock } from './system-clock.js';

/** The clock of a demo log: runs on from where it was set, and can be moved forward, so that weeks pass in seconds. */
export class DemoClock implements Clock {
  #offset: number;

  /** @param start UTC instant that it is now */
  constructor(start: string) {
    this.#offset = Date.parse(start) - systemClock.monotonic();
  }

  now(): string {
    return new Date(this.#offset + systemClock.monotonic()).toISOString();
  }

  monotonic(): number {
    return systemClock.monotonic();
  }

  /**
   * Moves the clock forward.
   * @returns whether it did: an instant that has passed moves nothing
   */
  moveTo(instant: string): boolean {
    const by = Date.parse(instant) - Date.parse(this.now());
    if (!(by > 0)) return false;
    this.#offset += by;
    return true;
  }
}
