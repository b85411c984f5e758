import {
  LogBusy,
  LogUnavailable,
  UnknownOutcome,
  WrongExpectedRevision,
  type AppendResult,
} from '#engine/ports/event-log.js';
import type { Batch } from '../batch.js';
import type { EventTable } from './event-table.js';
import { isHarmless } from './failure.js';
import { toPosition } from './position.js';
import { StreamHeads, type Head } from './stream-heads.js';

/** What may wait at once; an append beyond either is refused with `LogBusy`. */
export interface QueueLimits {
  readonly appends: number;
  readonly bytes: number;
}

export interface GroupCommitEvents {
  /** A group is on disk and answered. */
  committed(group: { readonly appends: number; readonly bytes: number }): void;
  /** The disk can no longer be trusted; called once. */
  fatal(reason: LogUnavailable): void;
}

interface Waiting {
  readonly batch: Batch;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: Error) => void;
}

/** A commit blocks the thread while it lasts, so one group is no larger than this. */
const GROUP: QueueLimits = { appends: 1_000, bytes: 4 * 1024 * 1024 };

const CACHED_STREAMS = 50_000;

/**
 * Appends that wait while the thread is busy share one transaction and one flush.
 * Each is checked on its own against what stands before it, members of its own group included.
 */
export class GroupCommit {
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #scheduled = false;
  #stopped: LogUnavailable | null = null;
  readonly #heads = new StreamHeads(CACHED_STREAMS);

  constructor(
    private readonly table: EventTable,
    private readonly limits: QueueLimits,
    private readonly events: GroupCommitEvents,
  ) {}

  add(batch: Batch): Promise<AppendResult> {
    if (this.#stopped) return Promise.reject(this.#stopped);
    if (this.#waiting.length >= this.limits.appends || this.#waitingBytes + batch.bytes > this.limits.bytes) {
      return Promise.reject(new LogBusy());
    }
    this.#waitingBytes += batch.bytes;
    this.#schedule();
    return new Promise((resolve, reject) => this.#waiting.push({ batch, resolve, reject }));
  }

  /** Commits those that wait, and takes no more. */
  close(reason: LogUnavailable): void {
    while (this.#waiting.length > 0) this.#commitGroup();
    this.#stopped ??= reason;
  }

  /** Ends all acknowledgements, for good. */
  halt(cause: unknown): void {
    if (this.#stopped) return;
    this.#stopped = new LogUnavailable('the event log takes no more appends until it is reopened', cause);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#stopped);
    this.#waitingBytes = 0;
    this.events.fatal(this.#stopped);
  }

  /** After the events that are ready have been handled, so that all of their appends are in. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#waiting.length > 0) this.#commitGroup();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #commitGroup(): void {
    const group = this.#takeGroup();
    const answers: (AppendResult | WrongExpectedRevision)[] = [];
    let committing = false;
    try {
      this.table.begin();
      if (this.table.changedElsewhere()) this.#heads.clear();
      for (const { batch } of group) answers.push(this.#write(batch));
      committing = true;
      this.table.commit();
    } catch (error) {
      this.#fail(group, error, committing);
      return;
    }
    let bytes = 0;
    for (const [place, { batch, resolve, reject }] of group.entries()) {
      const answer = answers[place] as AppendResult | WrongExpectedRevision;
      bytes += batch.bytes;
      if (answer instanceof WrongExpectedRevision) reject(answer);
      else resolve(answer);
    }
    this.events.committed({ appends: group.length, bytes });
  }

  #takeGroup(): Waiting[] {
    let count = 0;
    let bytes = 0;
    for (const { batch } of this.#waiting) {
      if (count === GROUP.appends || (count > 0 && bytes + batch.bytes > GROUP.bytes)) break;
      count++;
      bytes += batch.bytes;
    }
    this.#waitingBytes -= bytes;
    return this.#waiting.splice(0, count);
  }

  #write(batch: Batch): AppendResult | WrongExpectedRevision {
    const head = this.#headOf(batch.stream);
    const actual = head?.revision ?? -1;
    if (batch.expectedRevision !== actual) {
      return (
        this.#earlierAnswer(batch) ?? new WrongExpectedRevision(batch.stream, batch.expectedRevision, actual)
      );
    }
    const key = head?.key ?? this.table.addStream(batch.stream);
    let revision = actual;
    let row = 0;
    for (const text of batch.texts) row = this.table.insert(key, ++revision, text);
    this.#heads.set(batch.stream, { key, revision });
    return { revision, position: toPosition(row) };
  }

  #headOf(stream: string): Head | undefined {
    const known = this.#heads.get(stream);
    if (known) return known;
    const found = this.table.headOf(stream);
    if (found) this.#heads.set(stream, found);
    return found;
  }

  /** The first answer, where this very batch already stands at its place. */
  #earlierAnswer({ stream, expectedRevision, ids }: Batch): AppendResult | null {
    const rows = this.table.ofStream(stream, expectedRevision + 1, 'forwards', ids.length);
    const same = ids.every((id, i) => {
      const row = rows[i];
      return row !== undefined && (JSON.parse(row[1]) as { id: string }).id === id;
    });
    const last = rows.at(-1);
    return same && last ? { revision: expectedRevision + ids.length, position: toPosition(last[0]) } : null;
  }

  #fail(group: readonly Waiting[], error: unknown, committing: boolean): void {
    this.#heads.clear();
    let harmless = isHarmless(error);
    try {
      this.table.rollback();
    } catch {
      harmless = false;
    }
    const reason = new LogUnavailable('the append could not be written, and nothing of it was', error);
    const unsure = !harmless && committing;
    for (const { reject } of group) reject(unsure ? new UnknownOutcome(error) : reason);
    if (!harmless) this.halt(error);
  }
}
