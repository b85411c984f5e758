/** When the write-ahead log is folded back into the file. */
export interface CheckpointTimes {
  /** After this long without an append, in milliseconds. */
  readonly idleMs: number;
  /** Once about this much has been written to the write-ahead log, in bytes. */
  readonly bytes: number;
}

const PAGE_BYTES = 4_096;

/**
 * Keeps the write-ahead log short without slowing a commit: it runs when nothing is appended, or, under a steady
 * load, behind the answers of the group that filled the log.
 */
export class Checkpointer {
  #written = 0;
  #idle: NodeJS.Timeout | undefined;
  #due: NodeJS.Immediate | undefined;

  constructor(
    private readonly times: CheckpointTimes,
    /** Must not throw. */
    private readonly run: () => void,
  ) {}

  /** To be told of every group that was committed. */
  committed(group: { readonly appends: number; readonly bytes: number }): void {
    // An append dirties about one page of the index; a group the last pages of the tables.
    this.#written += group.bytes + (group.appends + 2) * PAGE_BYTES;
    if (this.#written >= this.times.bytes) this.#due ??= setImmediate(() => this.#checkpoint());
    else if (this.#idle) this.#idle.refresh();
    else this.#idle = setTimeout(() => this.#checkpoint(), this.times.idleMs).unref();
  }

  stop(): void {
    clearTimeout(this.#idle);
    clearImmediate(this.#due);
  }

  #checkpoint(): void {
    this.stop();
    this.#idle = undefined;
    this.#due = undefined;
    this.#written = 0;
    this.run();
  }
}
