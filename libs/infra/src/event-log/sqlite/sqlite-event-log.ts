import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { RecordedEvent, StoredEvent } from '#engine/event.js';
import {
  LogUnavailable,
  type AppendResult,
  type EventLog,
  type ReadAllOptions,
  type ReadStreamOptions,
  type SubscribeOptions,
} from '#engine/ports/event-log.js';
import { batchOf } from '../batch.js';
import { Bell } from './bell.js';
import { Checkpointer, type CheckpointTimes } from './checkpointer.js';
import { openEventTable, type CheckpointMode, type EventRow, type EventTable } from './event-table.js';
import { isHarmless } from './failure.js';
import { GroupCommit, type QueueLimits } from './group-commit.js';
import { fromPosition, toPosition } from './position.js';

export interface SqliteEventLogOptions {
  /** Called once when the disk can no longer be trusted: the program must exit non-zero and recover from disk. */
  readonly onFatal?: (reason: LogUnavailable) => void;
  /** What may wait at once. Default: 10,000 appends, 64 MiB. */
  readonly queue?: QueueLimits;
  /** Default: after a second without appends, or about 16 MiB. */
  readonly checkpoints?: CheckpointTimes;
}

const QUEUE: QueueLimits = { appends: 10_000, bytes: 64 * 1024 * 1024 };
const CHECKPOINTS: CheckpointTimes = { idleMs: 1_000, bytes: 16 * 1024 * 1024 };

/**
 * Opens the embedded event log, creating it where there is none.
 * One process at a time: that is the data folder's to ensure (`openDataFolder`).
 *
 * @throws Error where the file cannot be used: not a log, of a newer format, SQLite too old
 */
export function openSqliteEventLog(
  options: SqliteEventLogOptions & { /** A file, or `:memory:`. */ readonly path: string },
): SqliteEventLog {
  return new SqliteEventLog(openEventTable(options.path), options);
}

/**
 * The event log on SQLite: appends that wait together share one flush; reads see what is committed.
 *
 * When writing fails: a full disk rolls the group back, answers it with `LogUnavailable`, and the log goes on when
 * there is room again. Any other failure (a failed flush above all) ends all acknowledgements: appends whose
 * commit failed get `UnknownOutcome`, the others and all later ones `LogUnavailable`, and `onFatal` is called.
 */
export class SqliteEventLog implements EventLog {
  readonly #appends: GroupCommit;
  readonly #checkpointer: Checkpointer;
  readonly #news = new Bell();
  #closed = false;

  constructor(
    private readonly table: EventTable,
    options: SqliteEventLogOptions = {},
  ) {
    this.#checkpointer = new Checkpointer(options.checkpoints ?? CHECKPOINTS, () =>
      this.#checkpoint('passive'),
    );
    this.#appends = new GroupCommit(table, options.queue ?? QUEUE, {
      committed: (group) => {
        this.#news.ring();
        this.#checkpointer.committed(group);
      },
      fatal: (reason) => {
        this.#checkpointer.stop();
        options.onFatal?.(reason);
      },
    });
  }

  async append(
    stream: string,
    expectedRevision: number,
    events: readonly StoredEvent[],
  ): Promise<AppendResult> {
    return this.#appends.add(batchOf(stream, expectedRevision, events));
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<RecordedEvent[]> {
    this.#assertOpen();
    const direction = options.direction ?? 'forwards';
    const from = options.from ?? (direction === 'forwards' ? 0 : Number.MAX_SAFE_INTEGER);
    return this.table.ofStream(stream, from, direction, checked(options.maxCount)).map(toEvent);
  }

  async readAll(options: ReadAllOptions): Promise<RecordedEvent[]> {
    this.#assertOpen();
    const direction = options.direction ?? 'forwards';
    const start = direction === 'forwards' ? 0 : Number.MAX_SAFE_INTEGER;
    const after = options.after === null ? start : fromPosition(options.after);
    return this.table.all(after, direction, checked(options.maxCount)).map(toEvent);
  }

  /** Ends when the signal is aborted or the log is closed. */
  async *subscribe({ after, maxCount, signal }: SubscribeOptions): AsyncGenerator<readonly RecordedEvent[]> {
    let row = after === null ? 0 : fromPosition(after);
    while (!signal.aborted && !this.#closed) {
      const rows = this.table.all(row, 'forwards', checked(maxCount));
      const last = rows.at(-1);
      if (last) {
        row = last[0];
        yield rows.map(toEvent);
        await yieldToOthers();
      } else {
        await this.#news.next(signal);
      }
    }
  }

  async head(): Promise<string | null> {
    this.#assertOpen();
    const row = this.table.lastRow();
    return row === 0 ? null : toPosition(row);
  }

  /**
   * Folds the write-ahead log back into the file, at a moment of the caller's choice.
   * @returns whether all of it could be folded; `truncate` then has emptied the write-ahead log as well
   */
  async checkpoint(mode: CheckpointMode): Promise<boolean> {
    this.#assertOpen();
    return this.#checkpoint(mode);
  }

  /** Writes what waits, ends the subscriptions, and leaves one file. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#appends.close(new LogUnavailable('the event log is closed'));
    this.#closed = true;
    this.#checkpointer.stop();
    this.#news.ring();
    this.table.close();
  }

  #assertOpen(): void {
    if (this.#closed) throw new LogUnavailable('the event log is closed');
  }

  /** Nothing is lost when it fails on a full disk: the write-ahead log holds it all, and a later one tries again. */
  #checkpoint(mode: CheckpointMode): boolean {
    try {
      return this.table.checkpoint(mode);
    } catch (error) {
      if (!isHarmless(error)) this.#appends.halt(error);
      return false;
    }
  }
}

function checked(maxCount: number): number {
  if (!Number.isSafeInteger(maxCount) || maxCount < 1)
    throw new RangeError(`maxCount ${maxCount} is not positive`);
  return maxCount;
}

function toEvent([row, text]: EventRow): RecordedEvent {
  const event = JSON.parse(text) as RecordedEvent & { position: string };
  event.position = toPosition(row);
  return event;
}
