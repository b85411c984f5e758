import { setTimeout as sleep } from 'node:timers/promises';

/** How transient failures are tried again. Times in milliseconds. */
export interface Backoff {
  /** Longest first wait; doubles with each attempt. Default 50. */
  readonly firstMs?: number;
  /** Longest wait of all. Default 5,000. */
  readonly mostMs?: number;
  /** Errors that another attempt cannot mend: thrown at once. */
  readonly final: (error: unknown) => boolean;
  /** Told of every failure that is tried again, so that none is silent. */
  readonly onRetry?: (error: unknown, attempt: number) => void;
  /** Ends the waiting: the last error is thrown. */
  readonly signal?: AbortSignal;
}

/** Runs work until it succeeds, waiting longer after each failure, with full jitter (Brooker, AWS, 2015). */
export async function retrying<T>(work: () => Promise<T>, backoff: Backoff): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (backoff.final(error) || backoff.signal?.aborted) throw error;
      backoff.onRetry?.(error, attempt);
      const longest = Math.min(backoff.mostMs ?? 5_000, (backoff.firstMs ?? 50) * 2 ** (attempt - 1));
      await pause(Math.random() * longest, backoff.signal);
      if (backoff.signal?.aborted) throw error;
    }
  }
}

/** Waits, or returns early once the signal is given. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
}
