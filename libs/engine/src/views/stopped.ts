import type { RecordedEvent } from '../event.js';

/**
 * Why a view cannot go on:
 * - `missing-base`: an event that does not begin a document came to a missing one; documents have been lost
 * - `key-failed`: the keys of an event cannot be computed
 * - `broken-chain`: a stream does not continue where it was left
 * - `reserved-member`: the fold set a member that the engine keeps (`_id`, `at`, `gone`, `parked`)
 * - `missing-collection`: the documents or the checkpoint of a generation in use are gone
 * - `key-missing`: a data key is neither in the vault nor marked destroyed
 */
export type StopCode =
  'missing-base' | 'key-failed' | 'broken-chain' | 'reserved-member' | 'missing-collection' | 'key-missing';

/** A view stops loudly rather than go on with documents that may be wrong. Names places, never values. */
export class ViewStopped extends Error {
  override readonly name = 'ViewStopped';
  readonly stream: string;
  readonly revision: number;
  readonly position: string;

  constructor(
    readonly code: StopCode,
    readonly view: string,
    event: Pick<RecordedEvent, 'stream' | 'revision' | 'position'>,
  ) {
    super(`view ${view} stopped at ${event.stream}@${event.revision}: ${code}`);
    this.stream = event.stream;
    this.revision = event.revision;
    this.position = event.position;
  }
}
