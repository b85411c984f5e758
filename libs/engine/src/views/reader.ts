import type { Clock } from '../ports/clock.js';
import type { EventLog } from '../ports/event-log.js';
import {
  CollectionMissing,
  type Filter,
  type Query,
  type Scalar,
  type ViewDoc,
  type ViewStore,
} from '../ports/view-store.js';
import { isBefore, lowest, readCheckpoints, type Checkpoint } from './checkpoints.js';
import { hasBegun } from './fold.js';
import type { Generation } from './generation.js';
import { readControl, readControls, servingOf } from './generations.js';
import type { Progress } from './progress.js';
import { sliceOf } from './slices.js';

/** The view has not read far enough within the time allowed (409). */
export class ViewBehind extends Error {
  override readonly name = 'ViewBehind';
  constructor(
    readonly view: string,
    /** The position it has reached; `null` where it has read nothing. */
    readonly reached: string | null,
  ) {
    super(`view ${view} has read to ${reached ?? 'the start'} only`);
  }
}

/** No generation of this view serves: it is unknown here, or retired. */
export class ViewMissing extends Error {
  override readonly name = 'ViewMissing';
  constructor(readonly view: string) {
    super(`no generation of view ${view} serves`);
  }
}

/** How far a view is behind the log. */
export interface Lag {
  readonly view: string;
  readonly generation: number;
  /** Position that all its slices have passed; `null` where it has read nothing. */
  readonly position: string | null;
  /** Absent where there are more than `COUNTED`. */
  readonly eventsBehind?: number;
  /** Age of the oldest event not yet read, by the clock that events are recorded by; 0 when level with the log. */
  readonly secondsBehind: number;
}

/** A reader may go on with the serving generation that it knows for this long, in milliseconds. */
export const SERVING_CACHE_MS = 500;
/** Events behind are counted up to this many. */
export const COUNTED = 500;
/** How often another process's progress is looked at, in milliseconds. */
const POLL_MS = 25;

export interface ViewReaderOptions {
  readonly store: ViewStore;
  readonly log: EventLog;
  readonly clock: Clock;
  /** The progress of the projector in this process, if there is one. Without it waiting polls. */
  readonly progress: Progress;
}

/** Reads views by name: finds the generation that serves and says how fresh it is. */
export class ViewReader {
  readonly #serving = new Map<string, { generation: Generation; until: number }>();

  constructor(private readonly options: ViewReaderOptions) {}

  /** Documents by id, tombstones (`gone`) included; a document that has not begun is absent. */
  async get(view: string, ids: readonly string[]): Promise<ReadonlyMap<string, ViewDoc>> {
    const docs = await this.#on(view, (collection) => this.options.store.get(collection, ids));
    return new Map([...docs].filter(([, doc]) => hasBegun(doc)));
  }

  async find(view: string, query: Query): Promise<readonly ViewDoc[]> {
    return this.#on(view, (collection) => this.options.store.find(collection, query));
  }

  async count(view: string, where: Filter, limit?: number): Promise<number> {
    return this.#on(view, (collection) => this.options.store.count(collection, where, limit));
  }

  async groupCount(
    view: string,
    where: Filter,
    by: readonly string[],
  ): Promise<readonly { readonly key: readonly Scalar[]; readonly count: number }[]> {
    return this.#on(view, (collection) => this.options.store.groupCount(collection, where, by));
  }

  /**
   * Waits until the serving generation has passed a position, so that a caller reads his own write.
   * @param timeoutMs greatest wait, by the monotonic clock
   * @param key waits for this document's slice only; without it for all of them, as a list needs
   * @throws ViewBehind
   */
  async waitFor(view: string, position: string, timeoutMs: number, key?: string): Promise<void> {
    const { clock, progress } = this.options;
    const until = clock.monotonic() + timeoutMs;
    for (;;) {
      const checkpoint = await this.#checkpoint(await this.#generation(view));
      const reached = key === undefined ? lowest(checkpoint) : sliceReached(checkpoint, key);
      if (!isBefore(reached, position)) return;
      const left = until - clock.monotonic();
      if (left <= 0) throw new ViewBehind(view, reached);
      await progress.next(Math.min(left, POLL_MS));
    }
  }

  /** The position that the serving generation has passed: what is read from it next is at least as new. */
  async reached(view: string): Promise<string | null> {
    return lowest(await this.#checkpoint(await this.#generation(view)));
  }

  /** How far the serving generation is behind the log. */
  async lag(view: string): Promise<Lag> {
    const { log, clock } = this.options;
    const generation = await this.#generation(view);
    const position = lowest(await this.#checkpoint(generation));
    const place = { view, generation: generation.number, position };
    if (!isBefore(position, await log.head())) return { ...place, eventsBehind: 0, secondsBehind: 0 };
    const unread = await log.readAll({ after: position, maxCount: COUNTED });
    const age = unread[0] ? Date.parse(clock.now()) - Date.parse(unread[0].recordedAt) : 0;
    return {
      ...place,
      ...(unread.length < COUNTED && { eventsBehind: unread.length }),
      secondsBehind: Math.max(0, age / 1000),
    };
  }

  /**
   * The position that every generation of every view has passed, those that fill or are being dropped included:
   * what a destruction waits for. `null` while one has read nothing.
   */
  async passedByAll(): Promise<string | null> {
    const { store } = this.options;
    const generations = (await readControls(store)).flatMap((control) => control.generations);
    const found = await readCheckpoints(
      store,
      generations.map(({ collection }) => collection),
    );
    const reached = generations.map(({ collection }) => {
      const checkpoint = found.get(collection);
      return checkpoint ? lowest(checkpoint) : null;
    });
    return reached.length === 0 ? null : reached.reduce((low, at) => (isBefore(at, low) ? at : low));
  }

  async #on<T>(view: string, read: (collection: string) => Promise<T>): Promise<T> {
    try {
      return await read((await this.#generation(view)).collection);
    } catch (error) {
      if (!(error instanceof CollectionMissing)) throw error;
      this.#serving.delete(view);
      return read((await this.#generation(view)).collection);
    }
  }

  async #generation(view: string): Promise<Generation> {
    const now = this.options.clock.monotonic();
    const cached = this.#serving.get(view);
    if (cached && now < cached.until) return cached.generation;
    const control = await readControl(this.options.store, view);
    const generation = control && servingOf(control);
    if (!generation) throw new ViewMissing(view);
    this.#serving.set(view, { generation, until: now + SERVING_CACHE_MS });
    return generation;
  }

  async #checkpoint({ collection }: Generation): Promise<Checkpoint> {
    const checkpoint = (await readCheckpoints(this.options.store, [collection])).get(collection);
    if (!checkpoint) throw new CollectionMissing(collection);
    return checkpoint;
  }
}

function sliceReached(checkpoint: Checkpoint, key: string): string | null {
  const slice = sliceOf(key, Object.keys(checkpoint.slices).length);
  return checkpoint.slices[slice] ?? null;
}
