import type { RecordedEvent } from '../event.js';
import { CollectionMissing, type ViewStore } from '../ports/view-store.js';
import type { Registry } from '../registry.js';
import { ChainWatch } from './chain-watch.js';
import { isBefore, raiseCheckpoints } from './checkpoints.js';
import type { Feed } from './feed.js';
import { upcastAll } from './prepare.js';
import type { Progress } from './progress.js';
import { ViewStopped } from './stopped.js';

export interface LaneContext {
  readonly store: ViewStore;
  readonly registry: Registry;
  readonly progress: Progress;
  /** Runs work against a store again until it succeeds. */
  readonly trying: <T>(work: () => Promise<T>) => Promise<T>;
  /** Whether the feed's generation is still one to feed. */
  readonly isListed: (feed: Feed) => Promise<boolean>;
  readonly onStopped: (feed: Feed, error: ViewStopped) => void;
}

/** Feeds that read the log together, batch by batch. */
export class Lane {
  readonly #feeds = new Set<Feed>();
  readonly #chain = new ChainWatch();
  #broken: RecordedEvent | null = null;

  constructor(
    private readonly context: LaneContext,
    /** Position of the last event taken in hand; the next batch goes on from here. */
    public pulled: string | null,
  ) {}

  get feeds(): readonly Feed[] {
    return [...this.#feeds];
  }

  get broken(): boolean {
    return this.#broken !== null;
  }

  /** A feed may join once it has read at least as far as the lane has pulled: then no event lies between. */
  join(feed: Feed): void {
    if (this.#broken) this.#stop(feed, new ViewStopped('broken-chain', feed.view.name, this.#broken));
    else this.#feeds.add(feed);
  }

  leave(feed: Feed): void {
    this.#feeds.delete(feed);
  }

  /** Takes one batch to the documents and checkpoints of all feeds. */
  async take(batch: readonly RecordedEvent[]): Promise<void> {
    const last = batch.at(-1);
    if (!last) return;
    if (isBefore(this.pulled, last.position)) this.pulled = last.position;
    const feeds = this.feeds;
    this.#broken = this.#chain.firstBroken(batch);
    if (this.#broken) {
      for (const feed of feeds) {
        this.#stop(feed, new ViewStopped('broken-chain', feed.view.name, this.#broken));
      }
      return;
    }
    try {
      const done = await this.#apply(feeds, batch);
      await this.#raise(done, batch);
    } catch (error) {
      this.pulled = feeds.reduce(
        (low, { position }) => (isBefore(position, low) ? position : low),
        this.pulled,
      );
      throw error;
    }
  }

  async #apply(feeds: readonly Feed[], batch: readonly RecordedEvent[]): Promise<readonly Feed[]> {
    const upcast = upcastAll(this.context.registry, batch);
    const done = await Promise.all(
      feeds.map(async (feed) => {
        try {
          await feed.apply(upcast);
          return [feed];
        } catch (error) {
          if (error instanceof ViewStopped) this.#stop(feed, error);
          else if (error instanceof CollectionMissing) await this.#missing(feed, batch[0]!);
          else throw error;
          return [];
        }
      }),
    );
    return done.flat();
  }

  async #raise(feeds: readonly Feed[], batch: readonly RecordedEvent[]): Promise<void> {
    const { store, trying, progress } = this.context;
    const raised = feeds.map((feed) => feed.raised(batch));
    const standing = await trying(() => raiseCheckpoints(store, raised));
    for (const feed of feeds) {
      const checkpoint = standing.get(feed.generation.collection);
      if (checkpoint) feed.checkpoint = checkpoint;
      else await this.#missing(feed, batch[0]!);
    }
    progress.notify();
  }

  /** Dropped by somebody: that is all right. Listed, yet not there: that is not. */
  async #missing(feed: Feed, event: RecordedEvent): Promise<void> {
    if (await this.context.trying(() => this.context.isListed(feed))) {
      this.#stop(feed, new ViewStopped('missing-collection', feed.view.name, event));
    } else this.leave(feed);
  }

  #stop(feed: Feed, error: ViewStopped): void {
    feed.stopped = error;
    this.leave(feed);
    this.context.onStopped(feed, error);
  }
}
