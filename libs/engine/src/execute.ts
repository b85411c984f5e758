import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { v5 as uuidv5 } from 'uuid';
import { OutcomeUnknown, type CommandMeta, type Outcome } from './command.js';
import { isRefusal, type CommandShape, type Decider, type DecisionContext } from './decider.js';
import type { Box, EventDraft, EventShape, Recorded, StoredEvent } from './event.js';
import { KeyedMutex } from './keyed-mutex.js';
import type { Clock } from './ports/clock.js';
import {
  LogBusy,
  UnknownOutcome,
  WrongExpectedRevision,
  type AppendResult,
  type EventLog,
} from './ports/event-log.js';
import { HASH_VERSION, hashOf } from './proof/chain.js';
import type { Registry } from './registry.js';
import { isRepeatOf, withBodyMacs } from './repeat.js';
import { KeyDestroyed } from './sealing/data-keys.js';
import type { Sealer } from './sealing/sealer.js';
import { StreamCache, type Loaded } from './stream-cache.js';

/** Times that a command is decided anew after somebody else's append came first. */
const CONFLICT_TRIES = 5;
/** Times that an append of unknown outcome is sent again, unchanged. */
const RESEND_TRIES = 4;
/** Commands that may wait for their turn on one stream. */
const MAX_WAITING = 1_000;
/** Changes named by a failed `If-Match`, and events read at once to find them. */
const MAX_CHANGES = 100;
const PAGE = 500;

/**
 * The write path: load, has this command been here, decide, validate, seal, chain, append.
 * Commands on one stream take turns within this process; between processes the expected revision decides.
 */
export class CommandExecutor {
  readonly #turns = new KeyedMutex();
  readonly #streams: StreamCache;

  constructor(
    private readonly log: EventLog,
    private readonly registry: Registry,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {
    this.#streams = new StreamCache(log, registry);
  }

  /** The state of a stream at its present head. */
  load<State, Command extends CommandShape, Event extends EventShape>(
    decider: Decider<State, Command, Event>,
    stream: string,
  ): Promise<Loaded<State>> {
    return this.#streams.load(decider, stream);
  }

  /**
   * Carries out one command on one stream.
   * @throws OutcomeUnknown, LogBusy, LogUnavailable, AppendTooLarge; InvalidDraft (a bug in the decision)
   */
  execute<State, Command extends CommandShape, Event extends EventShape>(
    decider: Decider<State, Command, Event>,
    stream: string,
    command: Command,
    meta: CommandMeta,
  ): Promise<Outcome> {
    if (this.#turns.length(stream) >= MAX_WAITING) return Promise.reject(new LogBusy());
    return this.#turns.run(stream, async () => {
      for (let attempt = 1; ; attempt++) {
        const loaded = await this.#streams.load(decider, stream);
        const answered = await this.#answered(stream, loaded, meta);
        if (answered) return answered;
        const stale = await this.#stale(decider, stream, command, loaded, meta);
        if (stale) return stale;
        const context = decisionContext(loaded, meta, this.clock.now());
        const decision = decider.decide(command, loaded.state, context);
        if (isRefusal(decision)) return { kind: 'refused', refusal: decision };
        if (decision.length === 0) throw new Error(`${command.type} was accepted without an event`);
        let events: StoredEvent[];
        try {
          events = await this.#events(stream, loaded, decision, context.now, meta);
        } catch (error) {
          if (error instanceof KeyDestroyed) return { kind: 'erased' };
          throw error;
        }
        // Folded first: an event that its own fold cannot take must not get into the log.
        const next = this.#streams.fold(decider, loaded, events);
        try {
          const result = await this.#append(stream, loaded.revision, events, meta.commandId);
          this.#streams.keep(stream, next, events);
          return { kind: 'done', events, stream, ...result, repeated: false };
        } catch (error) {
          if (!(error instanceof WrongExpectedRevision)) throw error;
          if (attempt >= CONFLICT_TRIES) return { kind: 'contended' };
          await sleep(Math.random() * 2 ** attempt);
        }
      }
    });
  }

  async #answered(stream: string, loaded: Loaded<unknown>, meta: CommandMeta): Promise<Outcome | null> {
    const seen = loaded.commands.get(meta.commandId);
    if (!seen) return null;
    const events = await this.log.readStream(stream, { from: seen.from, maxCount: seen.to - seen.from + 1 });
    const verdict = await isRepeatOf(events, meta.body, this.sealer);
    if (verdict !== 'same') return { kind: verdict };
    const position = events.at(-1)!.position;
    return { kind: 'done', events, stream, revision: seen.to, position, repeated: true };
  }

  async #stale<State, Command extends CommandShape, Event extends EventShape>(
    decider: Decider<State, Command, Event>,
    stream: string,
    command: Command,
    loaded: Loaded<State>,
    meta: CommandMeta,
  ): Promise<Outcome | null> {
    const { ifMatch } = meta;
    if (ifMatch === undefined || ifMatch === loaded.revision) return null;
    if (ifMatch > loaded.revision) return { kind: 'stale', revision: loaded.revision, changes: [] };
    const types: readonly string[] | undefined = decider.dependsOn?.[command.type as Command['type']];
    const matters = (event: StoredEvent) =>
      (types?.includes(event.type) ?? true) &&
      (decider.touches?.(command, this.registry.upcast(event) as unknown as Recorded<Event>, loaded.state) ??
        true);
    const changes: StoredEvent[] = [];
    for (let from = ifMatch + 1; from <= loaded.revision && changes.length < MAX_CHANGES; from += PAGE) {
      const since = await this.log.readStream(stream, {
        from,
        maxCount: Math.min(PAGE, loaded.revision - from + 1),
      });
      changes.push(...since.filter(matters));
    }
    if (changes.length === 0) return null;
    return { kind: 'stale', revision: loaded.revision, changes: changes.slice(0, MAX_CHANGES) };
  }

  async #events(
    stream: string,
    loaded: Loaded<unknown>,
    decision: readonly EventDraft[],
    now: string,
    meta: CommandMeta,
  ): Promise<StoredEvent[]> {
    const drafts = withBodyMacs(decision, meta.body, this.sealer).map((draft) => ({
      ...draft,
      id: randomUUID(),
      schemaVersion: this.registry.validate(stream, draft),
    }));
    const parts = drafts.flatMap(({ id, contents }) =>
      Object.entries(contents).map(([part, content]) => ({
        stream,
        eventId: id,
        part,
        content,
        ...this.registry.keyOf(stream, part),
      })),
    );
    const boxes = new Map<string, Record<string, Box>>(drafts.map(({ id }) => [id, {}]));
    for (const [i, box] of (await this.sealer.seal(parts)).entries()) {
      boxes.get(parts[i]!.eventId)![parts[i]!.part] = box;
    }
    const bodyMac = meta.body ? this.sealer.mac(meta.body.clear) : null;
    let { revision, hash: prev } = loaded;
    return drafts.map((draft) => {
      const event = {
        id: draft.id,
        type: draft.type,
        schemaVersion: draft.schemaVersion,
        stream,
        revision: ++revision,
        recordedAt: now,
        effectiveAt: draft.effectiveAt ?? now,
        actorId: meta.actor.id,
        actorRoles: meta.actor.roles,
        onBehalfOf: meta.onBehalfOf ?? null,
        commandId: meta.commandId,
        correlationId: meta.correlationId,
        causationId: meta.causationId ?? null,
        channel: meta.channel,
        policies: meta.policies,
        bodyMac,
        prev,
        hashVersion: HASH_VERSION,
        data: draft.data,
        boxes: boxes.get(draft.id)!,
      };
      prev = hashOf(event);
      return { ...event, hash: prev };
    });
  }

  async #append(
    stream: string,
    revision: number,
    events: StoredEvent[],
    commandId: string,
  ): Promise<AppendResult> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.log.append(stream, revision, events);
      } catch (error) {
        if (!(error instanceof UnknownOutcome)) throw error;
        if (attempt >= RESEND_TRIES) throw new OutcomeUnknown(commandId, error);
        await sleep(25 * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  }
}

function decisionContext(loaded: Loaded<unknown>, meta: CommandMeta, clockNow: string): DecisionContext {
  return {
    now: clockNow > loaded.recordedAt ? clockNow : loaded.recordedAt,
    actor: meta.actor,
    onBehalfOf: meta.onBehalfOf ?? null,
    mint: (name) => uuidv5(name, meta.commandId),
    revision: loaded.revision,
  };
}
