import type { RecordedEvent } from '../event.js';
import { CollectionMissing, type ViewStore } from '../ports/view-store.js';
import { BoxForged } from '../sealing/box.js';
import { KeyMissing } from '../sealing/data-keys.js';
import { MasterKeyMissing } from '../sealing/wrapping.js';
import { retrying } from './backoff.js';
import { highest, isBefore, type Checkpoint } from './checkpoints.js';
import { fold, type Prepared } from './fold.js';
import type { Generation } from './generation.js';
import { enter } from './parking.js';
import { prepare, type OpenValues, type Upcast } from './prepare.js';
import { ownedSlices, sliceOf, type Slices } from './slices.js';
import { ViewStopped } from './stopped.js';
import type { View } from './view.js';

/** What every feed of a projector shares. */
export interface FeedContext {
  readonly store: ViewStore;
  readonly slices: Slices;
  readonly openValues: OpenValues;
  /** See `FoldTools.token`. */
  readonly token: (text: string) => string;
  readonly onRetry?: (error: unknown, attempt: number) => void;
  readonly signal?: AbortSignal;
}

/** Feeds one generation of a view: documents first, then its checkpoint. */
export class Feed {
  stopped: ViewStopped | null = null;
  readonly #owned: ReadonlySet<number>;
  readonly #open: OpenValues;

  constructor(
    readonly view: View,
    readonly generation: Generation,
    /** As it stands in the store. */
    public checkpoint: Checkpoint,
    private readonly context: FeedContext,
  ) {
    this.#owned = new Set(ownedSlices(context.slices));
    this.#open = (event, pointers) => this.#trying(() => context.openValues(event, pointers));
  }

  /** The position that all slices of this worker have passed. */
  get position(): string | null {
    const own = [...this.#owned].map((slice) => this.checkpoint.slices[slice] ?? null);
    return own.reduce((low, at) => (isBefore(at, low) ? at : low));
  }

  /**
   * Brings the documents up to the end of a batch: read, fold, write; losers of a write re-read and skip what is in.
   * Safe to repeat, and beside others who do the same.
   * @param batch events in log order that go on from `position`; earlier ones are passed over
   * @throws ViewStopped, CollectionMissing (the generation has been dropped)
   */
  async apply(batch: readonly Upcast[]): Promise<void> {
    const from = this.position;
    const fresh = batch.filter(({ event }) => isBefore(from, event.position));
    let pending = await prepare(this.view, fresh, this.#feeds, this.#open);
    const nameless = pending.filter(({ keys }) => keys.length === 0);
    await this.#enter(nameless.map(({ event, poison }) => ({ key: null, event, code: poison! })));

    for (;;) {
      const keys = new Set(pending.flatMap((prepared) => prepared.keys));
      if (keys.size === 0) return;
      const { store, token } = this.context;
      const { collection } = this.generation;
      const bases = await this.#trying(() => store.get(collection, [...keys]));
      const { writes, parkings } = fold(this.view, pending, bases, token);
      await this.#enter(parkings);
      if (writes.length === 0) return;
      pending = only(pending, await this.#trying(() => store.write(collection, writes)));
    }
  }

  /** The checkpoint as it is to be once the batch is in. */
  raised(batch: readonly RecordedEvent[]): Checkpoint {
    const { checkpoint } = this;
    const slices = { ...checkpoint.slices };
    let { read } = checkpoint;
    let end = highest(checkpoint);
    for (const { position } of batch) {
      if (!isBefore(end, position)) continue;
      end = position;
      read += 1;
    }
    const last = batch.reduce<string | null>(
      (far, { position }) => (isBefore(far, position) ? position : far),
      null,
    );
    for (const slice of this.#owned) {
      if (isBefore(slices[slice] ?? null, last)) slices[slice] = last;
    }
    return { ...checkpoint, slices, read };
  }

  readonly #feeds = (key: string): boolean => this.#owned.has(sliceOf(key, this.context.slices.count));

  async #enter(parkings: Parameters<typeof enter>[3]): Promise<void> {
    if (parkings.length === 0) return;
    await this.#trying(() => enter(this.context.store, this.view.name, this.generation, parkings));
  }

  #trying<T>(work: () => Promise<T>): Promise<T> {
    const { onRetry, signal } = this.context;
    return retrying(work, { final: isFinal, ...(onRetry && { onRetry }), ...(signal && { signal }) });
  }
}

/** Failures that another attempt cannot mend; a store or vault that fails in any other way may be back soon. */
function isFinal(error: unknown): boolean {
  return [CollectionMissing, ViewStopped, BoxForged, KeyMissing, MasterKeyMissing].some(
    (kind) => error instanceof kind,
  );
}

function only(events: readonly Prepared[], keys: readonly string[]): Prepared[] {
  const lost = new Set(keys);
  return events
    .map((prepared) => ({ ...prepared, keys: prepared.keys.filter((key) => lost.has(key)) }))
    .filter(({ keys: left }) => left.length > 0);
}
