import { performance } from 'node:perf_hooks';
import type { Clock } from '#engine/ports/clock.js';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  monotonic: () => performance.now(),
};
