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

/**
 * Folded streams, least recently used first out. A baseline only saves work: the head of the log is always checked,
 * so a state is never older than the call that asked for it.
 */
export class StreamCache {
  readonly #entries = new Map<string, Loaded<unknown>>();

  constructor(
    private readonly log: EventLog,
    private readonly registry: Registry,
    private readonly size = 5_000,
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
      loaded = this.advance(decider, stream, loaded, page);
      if (page.length < PAGE) return loaded;
    }
  }

  /** Folds events that follow a baseline, and keeps the result as the new one. */
  advance<State, Command extends CommandShape, Event extends EventShape>(
    decider: Decider<State, Command, Event>,
    stream: string,
    base: Loaded<State>,
    events: readonly StoredEvent[],
  ): Loaded<State> {
    const last = events.at(-1);
    const next = last ? this.#fold(decider, base, events, last) : base;
    this.#keep(stream, next);
    return next;
  }

  #fold<State, Command extends CommandShape, Event extends EventShape>(
    decider: Decider<State, Command, Event>,
    base: Loaded<State>,
    events: readonly StoredEvent[],
    last: StoredEvent,
  ): Loaded<State> {
    let state = base.state;
    // The map is shared by the baselines of a stream: entries beyond a baseline's revision do it no harm,
    // because the events behind them stand in the log.
    const commands = base.commands as Map<string, { from: number; to: number }>;
    for (const event of events) {
      state = decider.evolve(state, this.registry.upcast(event) as unknown as Recorded<Event>);
      const seen = commands.get(event.commandId);
      if (seen) seen.to = Math.max(seen.to, event.revision);
      else commands.set(event.commandId, { from: event.revision, to: event.revision });
    }
    return { state, revision: last.revision, hash: last.hash, recordedAt: last.recordedAt, commands };
  }

  #keep(stream: string, loaded: Loaded<unknown>): void {
    const known = this.#entries.get(stream);
    this.#entries.delete(stream);
    this.#entries.set(stream, known && known.revision > loaded.revision ? known : loaded);
    if (this.#entries.size > this.size) this.#entries.delete(this.#entries.keys().next().value as string);
  }
}
