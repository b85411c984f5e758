import { v5 as uuidv5 } from 'uuid';
import type { CommandMeta, Outcome } from '../command.js';
import { SYSTEM, type Actor } from '../decider.js';
import { idOf, type SealedValues, type StoredEvent } from '../event.js';
import type { CommandExecutor } from '../execute.js';
import type { EventLog } from '../ports/event-log.js';
import type { Sealer } from '../sealing/sealer.js';
import {
  processDecider,
  type ItemOutcome,
  type ProcessCommand,
  type ProcessItem,
  type ProcessState,
} from './process-decider.js';

/** One kind of process: what it does with an item. */
export interface ProcessKind {
  readonly kind: string;
  /** Stream category, without a dash. */
  readonly category: string;
  /**
   * Carries out one item. Called again with the same command id after a crash, so it must be one command or none.
   * @returns `done`, or the code of a refusal with its facts
   */
  run(item: ProcessItem, run: ItemRun): Promise<Omit<ItemOutcome, 'item'>>;
}

/** What an item's command is given by the process. */
export interface ItemRun {
  /** Acts for whoever began the process; the command id derives from (process, item). */
  readonly meta: CommandMeta;
  /** Sealed values that the process was begun with. */
  readonly sealed: SealedValues;
}

/** Outcomes are written down this many items at a time. */
const STRIDE = 50;

/**
 * Work over many streams that a crash cannot lose. It does not matter how often or from where a process is driven:
 * every item has a command id of its own, so an item done twice is done once.
 */
export class ProcessRunner {
  readonly #kinds: ReadonlyMap<string, ProcessKind>;
  readonly #running = new Map<string, Promise<ProcessState>>();
  #stopping = false;

  constructor(
    private readonly executor: CommandExecutor,
    private readonly log: EventLog,
    private readonly sealer: Sealer,
    kinds: readonly ProcessKind[],
  ) {
    this.#kinds = new Map(kinds.map((kind) => [kind.category, kind]));
  }

  /** Writes the list down. Nothing has been done to the items yet: call `drive`. */
  begin(
    stream: string,
    command: Extract<ProcessCommand, { type: 'BeginProcess' }>,
    meta: CommandMeta,
  ): Promise<Outcome> {
    return this.executor.execute(processDecider(this.#kindOf(stream).category), stream, command, meta);
  }

  async state(stream: string): Promise<ProcessState> {
    return (await this.executor.load(processDecider(this.#kindOf(stream).category), stream)).state;
  }

  /** Does what is left of a process. Resolves when it has finished, or when the runner is stopping. */
  drive(stream: string): Promise<ProcessState> {
    let running = this.#running.get(stream);
    if (!running) {
      running = this.#drive(stream).finally(() => this.#running.delete(stream));
      this.#running.set(stream, running);
    }
    return running;
  }

  /** Lets each process finish its present item; the rest is resumed at the next start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.allSettled(this.#running.values());
  }

  async #drive(stream: string): Promise<ProcessState> {
    const kind = this.#kindOf(stream);
    const [begun] = await this.log.readStream(stream, { from: 0, maxCount: 1 });
    if (!begun) throw new Error(`process ${stream} was never begun`);
    const sealed = await this.sealer.valuesOf(begun);
    const state = await this.state(stream);
    let pending: ItemOutcome[] = [];
    for (const item of state.items) {
      if (this.#stopping) break;
      if (state.outcomes.has(item.id)) continue;
      const outcome = await kind.run(item, { meta: itemMeta(begun, item), sealed });
      pending.push({ item: item.id, ...outcome });
      if (pending.length >= STRIDE) {
        await this.#record(stream, begun, { type: 'RecordItems', outcomes: pending });
        pending = [];
      }
    }
    if (pending.length > 0) await this.#record(stream, begun, { type: 'RecordItems', outcomes: pending });
    const after = await this.state(stream);
    if (!after.finished && after.outcomes.size === after.items.length) {
      await this.#record(stream, begun, { type: 'FinishProcess' });
    }
    return this.state(stream);
  }

  async #record(stream: string, begun: StoredEvent, command: ProcessCommand): Promise<void> {
    // Named after all its items: another runner's list may begin with the same item and end elsewhere.
    const name =
      command.type === 'RecordItems'
        ? `items ${command.outcomes.map(({ item }) => item).join(' ')}`
        : 'finish';
    const meta = { ...metaOf(begun, SYSTEM), commandId: uuidv5(name, idOf(stream)) };
    const outcome = await this.executor.execute(
      processDecider(this.#kindOf(stream).category),
      stream,
      command,
      meta,
    );
    // A refusal means that another worker has written the same down already.
    if (outcome.kind !== 'done' && outcome.kind !== 'refused') {
      throw new Error(`process ${stream} could not write down its progress: ${outcome.kind}`);
    }
  }

  #kindOf(stream: string): ProcessKind {
    const category = stream.slice(0, stream.indexOf('-'));
    const kind = this.#kinds.get(category);
    if (!kind) throw new Error(`no process is kept in streams ${category}-...`);
    return kind;
  }
}

function itemMeta(begun: StoredEvent, item: ProcessItem): CommandMeta {
  const actor = { id: begun.actorId, roles: begun.actorRoles };
  return { ...metaOf(begun, actor), commandId: uuidv5(item.id, idOf(begun.stream)) };
}

function metaOf(begun: StoredEvent, actor: Actor): Omit<CommandMeta, 'commandId'> {
  return {
    actor,
    correlationId: begun.correlationId,
    causationId: begun.id,
    channel: 'engine',
    policies: begun.policies,
    ...(begun.onBehalfOf === null ? {} : { onBehalfOf: begun.onBehalfOf }),
  };
}
