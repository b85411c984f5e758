import type { RecordedEvent } from '../event.js';

/** Streams remembered at once; the ones longest unseen are forgotten first, so that memory stays bounded. */
const REMEMBERED = 50_000;

/** Watches that every stream seen in this run continues at the next revision, with `prev` = its last hash. */
export class ChainWatch {
  readonly #last = new Map<string, { revision: number; hash: string }>();
  #position = '';

  /** The first event of the batch that does not continue its stream, if any. Events delivered again are passed over. */
  firstBroken(events: readonly RecordedEvent[]): RecordedEvent | null {
    for (const event of events) {
      if (event.position <= this.#position) continue;
      const last = this.#last.get(event.stream);
      if (last && (event.revision !== last.revision + 1 || event.prev !== last.hash)) return event;
      this.#position = event.position;
      this.#last.delete(event.stream);
      this.#last.set(event.stream, { revision: event.revision, hash: event.hash });
      if (this.#last.size > REMEMBERED) this.#last.delete(this.#last.keys().next().value as string);
    }
    return null;
  }
}
