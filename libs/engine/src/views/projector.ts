import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { LogUnavailable } from '../ports/event-log.js';
import { pause, retrying } from './backoff.js';
import { isBefore, lowest, readCheckpoints } from './checkpoints.js';
import { Feed } from './feed.js';
import type { Generation } from './generation.js';
import {
  checkPositions,
  ensureControl,
  ensureGeneration,
  fedBy,
  finishDrop,
  flip,
  ProjectionRefused,
  readControl,
  readControls,
  servingOf,
  type GenerationsContext,
  type ViewControl,
} from './generations.js';
import { Lane } from './lane.js';
import {
  dropGeneration,
  flipTo,
  rebuild,
  retryView,
  type RebuildProgress,
  type RebuildResult,
} from './maintenance.js';
import type { FeedStatus, ProjectorOptions } from './projector-options.js';
import type { RetryReport } from './retry-parked.js';
import type { Slices } from './slices.js';
import { ViewStopped } from './stopped.js';
import type { View } from './view.js';

/**
 * Feeds views from the log: read in order, upcast, fold, write, checkpoint. All generations that are level share one
 * reading of the log; one that is behind reads on its own until it is level, so that it holds up nobody.
 */
export class Projector {
  readonly context: GenerationsContext;
  readonly #slices: Slices;
  readonly #batchSize: number;
  readonly #abort = new AbortController();
  readonly #tasks = new Set<Promise<void>>();
  /** By collection. */
  readonly #feeds = new Map<string, Feed>();
  readonly #filling = new Set<Lane>();
  readonly #removing = new Set<string>();
  #live: Lane;
  #refreshing: Promise<void> = Promise.resolve();

  constructor(readonly options: ProjectorOptions) {
    this.#slices = options.slices ?? { count: 1 };
    this.#batchSize = options.batchSize ?? 500;
    this.context = { store: options.store, logId: options.logId, sliceCount: this.#slices.count };
    this.#live = this.#lane(null);
  }

  /**
   * Gives every view its generations, checks that they belong to this log, and begins to feed them.
   * @throws ProjectionRefused before anything is fed
   */
  async start(): Promise<void> {
    const { store, views, log } = this.options;
    await ensureControl(store);
    const controls = await readControls(store);
    for (const control of controls) await checkPositions(this.context, control, () => log.head());
    for (const view of views) await ensureGeneration(this.context, view);

    const feeds = await this.#newFeeds(await readControls(store));
    this.#live = this.#lane(furthest(feeds));
    const behind = feeds.filter(({ position }) => isBefore(position, this.#live.pulled));
    for (const feed of feeds) if (!behind.includes(feed)) this.#joinLive(feed);
    this.#run(() => this.#follow());
    this.#fill(behind);
    this.#run(async () => {
      await pause(this.options.refreshMs ?? 1_000, this.#abort.signal);
      if (!this.stopping) await this.refresh();
    });
  }

  /** Ends after the batch in hand: its documents and checkpoints are written when this resolves. */
  async stop(): Promise<void> {
    this.#abort.abort();
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  get stopping(): boolean {
    return this.#abort.signal.aborted;
  }

  status(): readonly FeedStatus[] {
    const live = new Set(this.#live.feeds);
    return [...this.#feeds.values()].map((feed) => ({
      view: feed.view.name,
      generation: feed.generation.number,
      version: feed.view.version,
      state: feed.stopped ? 'stopped' : live.has(feed) ? 'live' : 'filling',
      position: lowest(feed.checkpoint),
      stopped: feed.stopped,
    }));
  }

  /** Looks at the generations once more: feeds new ones, lets go of dropped ones, finishes what a crash left. */
  async refresh(): Promise<void> {
    const turn = this.#refreshing.then(async () => {
      const controls = await readControls(this.options.store);
      const listed = new Set(this.#listed(controls).map(({ generation }) => generation.collection));
      for (const [collection, feed] of this.#feeds) if (!listed.has(collection)) this.#letGo(feed);
      this.#fill(await this.#newFeeds(controls));
    });
    this.#refreshing = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Waits until a generation has passed a position.
   * @throws ViewStopped where this worker has stopped feeding it; ProjectionRefused where it has been dropped
   */
  async reach(
    view: View,
    { collection, number }: Generation,
    position: string | null,
    onProgress?: (read: number) => void,
  ): Promise<void> {
    for (;;) {
      const checkpoint = (await readCheckpoints(this.options.store, [collection])).get(collection);
      if (!checkpoint) {
        throw new ProjectionRefused('unknown-generation', view.name, `generation ${number} has been dropped`);
      }
      onProgress?.(checkpoint.read);
      if (!isBefore(lowest(checkpoint), position)) return;
      const stopped = this.#feeds.get(collection)?.stopped;
      if (stopped) throw stopped;
      if (this.stopping) throw new ProjectionRefused('behind', view.name, 'the projector is being stopped');
      await this.options.progress.next(50);
    }
  }

  /** See `rebuild` in maintenance.ts. */
  rebuild(view: string, onProgress?: (progress: RebuildProgress) => void): Promise<RebuildResult> {
    return rebuild(this, view, onProgress);
  }

  /** See `flipTo` in maintenance.ts. */
  flip(view: string, generation: number): Promise<void> {
    return flipTo(this, view, generation);
  }

  /** See `dropGeneration` in maintenance.ts. */
  drop(view: string, generation: number): Promise<void> {
    return dropGeneration(this, view, generation);
  }

  /** See `retryView` in maintenance.ts. */
  retryParked(view: string): Promise<readonly RetryReport[]> {
    return retryView(this, view);
  }

  /** Follows the live log; resolves when the subscription has ended, which is a drop unless we asked for it. */
  async #follow(): Promise<'done' | void> {
    const { signal } = this.#abort;
    const from = { after: this.#live.pulled, maxCount: this.#batchSize, signal };
    for await (const batch of this.options.log.subscribe(from)) {
      await this.#live.take(batch);
      if (this.#live.broken) return 'done';
      if (this.stopping) return;
      await yieldToOthers();
    }
    if (!this.stopping) throw new LogUnavailable('the subscription to the log has ended');
  }

  /** Reads the log for feeds that are behind, until they are level with the live ones and join them. */
  #fill(feeds: readonly Feed[]): void {
    if (feeds.length === 0) return;
    const start = feeds.reduce((low, feed) => (isBefore(feed.position, low.position) ? feed : low));
    const lane = this.#lane(start.position);
    this.#filling.add(lane);
    for (const feed of feeds) lane.join(feed);
    this.#run(async () => {
      if (!isBefore(lane.pulled, this.#live.pulled) || lane.feeds.length === 0) {
        this.#filling.delete(lane);
        for (const feed of lane.feeds) this.#joinLive(feed);
        return 'done';
      }
      const page = await this.options.log.readAll({ after: lane.pulled, maxCount: this.#batchSize });
      await lane.take(page);
      await yieldToOthers();
    });
  }

  #joinLive(feed: Feed): void {
    this.#live.join(feed);
    this.#run(() => this.#promote(feed));
  }

  /** A newer version of a view serves as soon as it has caught up. The old fold is gone: there is no parity to ask. */
  async #promote({ view, generation }: Feed): Promise<'done'> {
    const { store, log } = this.options;
    const control = await readControl(store, view.name);
    const serving = control && servingOf(control);
    if (!serving || serving.version >= generation.version) return 'done';
    await this.reach(view, generation, await log.head());
    await flip(this.context, view, generation.number);
    await this.refresh();
    return 'done';
  }

  /** Feeds for the generations that have none yet; begins to remove those that are marked to drop. */
  async #newFeeds(controls: readonly ViewControl[]): Promise<Feed[]> {
    for (const control of controls) {
      for (const generation of control.generations)
        if (generation.dropping) this.#remove(control._id, generation);
    }
    const missing = this.#listed(controls).filter(
      ({ generation }) => !this.#feeds.has(generation.collection),
    );
    const collections = missing.map(({ generation }) => generation.collection);
    const checkpoints = await readCheckpoints(this.options.store, collections);
    return missing.flatMap(({ view, generation }) => {
      const checkpoint = checkpoints.get(generation.collection);
      if (!checkpoint) return [];
      const { openValues, token, store, onRetry } = this.options;
      const context = { store, slices: this.#slices, openValues, token, signal: this.#abort.signal };
      const feed = new Feed(view, generation, checkpoint, { ...context, ...(onRetry && { onRetry }) });
      this.#feeds.set(generation.collection, feed);
      return [feed];
    });
  }

  #listed(controls: readonly ViewControl[]): { view: View; generation: Generation }[] {
    return this.options.views.flatMap((view) => {
      const control = controls.find(({ _id }) => _id === view.name);
      return control ? fedBy(view, control).map((generation) => ({ view, generation })) : [];
    });
  }

  #letGo(feed: Feed): void {
    this.#feeds.delete(feed.generation.collection);
    for (const lane of [this.#live, ...this.#filling]) lane.leave(feed);
  }

  #remove(view: string, generation: Generation): void {
    if (this.#removing.has(generation.collection)) return;
    this.#removing.add(generation.collection);
    this.#run(async () => {
      await pause(this.options.dropDelayMs ?? 2_000, this.#abort.signal);
      if (!this.stopping) await finishDrop(this.options.store, view, generation);
      return 'done';
    });
  }

  #lane(pulled: string | null): Lane {
    const { store, registry, progress, onStopped, onRetry } = this.options;
    const backoff = { final: () => false, signal: this.#abort.signal, ...(onRetry && { onRetry }) };
    return new Lane(
      {
        store,
        registry,
        progress,
        trying: (work) => retrying(work, backoff),
        isListed: async ({ view, generation }) => {
          const control = await readControl(store, view.name);
          return control !== null && fedBy(view, control).some(({ number }) => number === generation.number);
        },
        onStopped: (feed, error) => onStopped(error, feed.generation),
      },
      pulled,
    );
  }

  /** Runs a step over and over until it is done or the projector stops; failures are told and waited out. */
  #run(step: () => Promise<'done' | void>): void {
    const { signal } = this.#abort;
    const { onRetry } = this.options;
    // A stopped view has been told of already, and a generation dropped meanwhile needs nothing more.
    const final = (error: unknown) =>
      this.stopping || error instanceof ViewStopped || error instanceof ProjectionRefused;
    const task = (async () => {
      while (!this.stopping) {
        const outcome = await retrying(step, { final, signal, ...(onRetry && { onRetry }) });
        if (outcome === 'done') return;
      }
    })().catch(() => undefined);
    this.#tasks.add(task);
    void task.then(() => this.#tasks.delete(task));
  }
}

function furthest(feeds: readonly Feed[]): string | null {
  return feeds.reduce<string | null>((far, { position }) => (isBefore(far, position) ? position : far), null);
}
