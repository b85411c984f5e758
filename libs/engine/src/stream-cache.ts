import type { Decider, CommandShape } from './decider.js';
import { GENESIS, type EventShape, type Recorded, type StoredEvent } from './event.js';
import type { EventLog } from './ports/event-log.js';
import type { Registry } from './registry.js';

/** A stream as a decider sees it, at its head. Never changed in place. */
export interface Loaded<State> {
  readonly state: State;
  /** -1 where the stream does not exist. */
  readonly revision: number;
  /** Hash of the last event. */
  readonly hash: string;
  /** `recordedAt` of the last event; '' where there is none. */
  readonly recordedAt: string;
  /** Command id -> revisions of its first and last event. */
  readonly commands: ReadonlyMap<string, { readonly from: number; readonly to: number }>;
}

const PAGE = 500;

/** What the cache may hold: streams, and the events folded into them (about 200 bytes each with their command ids). */
export interface CacheLimits {
  readonly streams: number;
  readonly events: number;
}

/**
 * Folded streams, least recently used first out. A baseline only saves work: the head of the log is always checked,
 * so a state is never older than the call that asked for it.
 */
export class StreamCache {
  readonly #entries = new Map<string, Loaded<unknown>>();
  #events = 0;

  constructor(
    private readonly log: EventLog,
    private readonly registry: Registry,
    private readonly limits: CacheLimits = { streams: 5_000, events: 200_000 },
  ) {}

  /** Folds a stream up to its present head. */
  async load<State, Command extends CommandShape, Event extends EventShape>(
    decider: Decider<State, Command, Event>,
    stream: string,
  ): Promise<Loaded<State>> {
    let loaded = this.#entries.get(stream) as Loaded<State> | undefined;
    loaded ??= { state: decider.initial(), revision: -1, hash: GENESIS, recordedAt: '', commands: new Map() };
    for (;;) {
      const page = await this.log.readStream(stream, { from: loaded.revision + 1, maxCount: PAGE });
      loaded = this.fold(decider, loaded, page);
      this.keep(stream, loaded, page);
      if (page.length < PAGE) return loaded;
    }
  }

  /** Folds events that follow a baseline. Nothing is kept yet: see `keep`. */
  fold<State, Command extends CommandShape, Event extends EventShape>(
    decider: Decider<State, Command, Event>,
    base: Loaded<State>,
    events: readonly StoredEvent[],
  ): Loaded<State> {
    const last = events.at(-1);
    if (!last) return base;
    const state = events.reduce(
      (folded, event) => decider.evolve(folded, this.registry.upcast(event) as unknown as Recorded<Event>),
      base.state,
    );
    return { ...base, state, revision: last.revision, hash: last.hash, recordedAt: last.recordedAt };
  }

  /** Keeps what `fold` made of events, once they stand in the log. */
  keep(stream: string, folded: Loaded<unknown>, events: readonly StoredEvent[]): void {
    // The map is shared by the baselines of a stream: entries beyond a baseline's revision do it no harm,
    // because the events behind them stand in the log.
    const commands = folded.commands as Map<string, { from: number; to: number }>;
    for (const { commandId, revision } of events) {
      const seen = commands.get(commandId);
      if (seen) seen.to = Math.max(seen.to, revision);
      else commands.set(commandId, { from: revision, to: revision });
    }
    if (folded.revision < 0) return;
    const known = this.#entries.get(stream);
    if (known) this.#drop(stream, known);
    const newest = known && known.revision > folded.revision ? known : folded;
    this.#entries.set(stream, newest);
    this.#events += newest.revision + 1;
    if (this.#holdsAtMost(1)) return;
    // Some at a time: a map that loses its first entry again and again is slow to find the next one.
    for (const [oldest, loaded] of this.#entries) {
      if (this.#holdsAtMost(7 / 8)) return;
      if (oldest !== stream) this.#drop(oldest, loaded);
    }
  }

  #holdsAtMost(share: number): boolean {
    const { streams, events } = this.limits;
    return this.#entries.size <= Math.ceil(streams * share) && this.#events <= events * share;
  }

  #drop(stream: string, loaded: Loaded<unknown>): void {
    this.#entries.delete(stream);
    this.#events -= loaded.revision + 1;
  }
}
