import type { RecordedEvent, StoredEvent } from '../event.js';

/** Where an append landed: the revision and position of its last event. */
export interface AppendResult {
  readonly revision: number;
  readonly position: string;
}

export interface ReadStreamOptions {
  /** First revision of the page, itself included. Default: 0 forwards, the last one backwards. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** At most this many events; a shorter page means that there are no more. */
  readonly maxCount: number;
}

export interface ReadAllOptions {
  /** Position to go on from, itself excluded; `null` is the start forwards, the end backwards. */
  readonly after: string | null;
  readonly direction?: 'forwards' | 'backwards';
  readonly maxCount: number;
}

export interface SubscribeOptions {
  /** Position of the last event handled; `null` for all events. */
  readonly after: string | null;
  /** Greatest length of a batch; a live batch is usually shorter. */
  readonly maxCount: number;
  readonly signal: AbortSignal;
}

/**
 * An append-only log of events in streams, with one global order.
 *
 * Every adapter gives the same answers (`test/contracts/event-log.ts`):
 * - `append` is atomic and durable before it resolves. It checks the exact expected revision (-1: the stream must
 *   not exist). The identical batch (same ids, same place) sent again gets the first answer and writes nothing.
 * - readers never see a position that a slower writer could still fill a hole before.
 */
export interface EventLog {
  /**
   * @param expectedRevision revision of the stream's last event; -1 where there is none
   * @param events revisions continue `expectedRevision`; at least one
   * @throws WrongExpectedRevision, AppendTooLarge: nothing was written
   * @throws LogBusy: the bounded queue is full, nothing was written
   * @throws UnknownOutcome: send the identical batch again
   * @throws LogUnavailable: nothing was written, or the log takes no more appends
   */
  append(stream: string, expectedRevision: number, events: readonly StoredEvent[]): Promise<AppendResult>;

  /** One page of a stream; empty where the stream does not exist. */
  readStream(stream: string, options: ReadStreamOptions): Promise<RecordedEvent[]>;

  /** One page of the whole log. */
  readAll(options: ReadAllOptions): Promise<RecordedEvent[]>;

  /** Catches up from a position, then waits for what comes. Batches are pulled, so a slow reader slows nobody. */
  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]>;

  /** Position of the last event; `null` while the log is empty. */
  head(): Promise<string | null>;

  close(): Promise<void>;
}

/** Greatest size of one append, in bytes of stored JSON. */
export const MAX_APPEND_BYTES = 512 * 1024;

export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: number,
    /** Revision that the stream is at; -1 where it does not exist. */
    readonly actual: number,
  ) {
    super(`${stream} is at revision ${actual}, not ${expected}`);
  }
}

export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
  constructor(
    readonly bytes: number,
    readonly limit: number = MAX_APPEND_BYTES,
  ) {
    super(`an append of ${bytes} bytes is over the limit of ${limit}`);
  }
}

export class LogBusy extends Error {
  override readonly name = 'LogBusy';
  constructor() {
    super('the log has more appends waiting than it may hold; try again shortly');
  }
}

export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome';
  constructor(cause?: unknown) {
    super('it is not known whether the append was written; send the identical batch again', { cause });
  }
}

export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
  constructor(message = 'the event log cannot be reached', cause?: unknown) {
    super(message, { cause });
  }
}
