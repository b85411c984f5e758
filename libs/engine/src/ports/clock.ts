/** Time, passed in. Rules and tokens go by `now`; caches, leases and time-outs by `monotonic`. */
export interface Clock {
  /** UTC instant, ISO 8601 with milliseconds. */
  now(): string;
  /** Milliseconds from an arbitrary start; never goes back and is not moved by a demo clock. */
  monotonic(): number;
}
