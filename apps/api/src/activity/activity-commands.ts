import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { v5 as uuidv5 } from 'uuid';
import type { CommandBody, Done } from '#engine/command.js';
import type { StoredEvent } from '#engine/event.js';
import type { Version } from '#domain/activity/activity.js';
import { activityDecider, type ActivityCommand } from '#domain/activity/decider.js';
import type { NewEntry } from '#domain/activity/record.js';
import { recordFacts, type RecordFacts } from '#domain/activity/rules.js';
import { recordDecider } from '#domain/records/decider.js';
import type { ActivityRow } from '#domain/views/activity.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { POLICIES_IN_FORCE } from '../commands/commands.js';
import { RunCommand } from '../commands/run-command.js';
import { commandIdOf, commandMeta, doneOrProblem } from '../http/command-request.js';
import { Problem } from '../http/problem.js';
import type { AuthenticatedRequest } from '../http/request-context.js';

/**
 * Most entries of one append. With all that a request body may hold they stay below what an append may hold, so no
 * entry has to be measured.
 */
export const ENTRIES_PER_APPEND = 100;
/** How long a correction waits until the entry it is about can be found, in milliseconds. */
const WAIT_MS = 2_000;

type WithoutFacts = ActivityCommand extends infer C ? (C extends object ? Omit<C, 'record'> : never) : never;

/** Commands on a customer's activity, with the facts that they are decided by. */
@Injectable()
export class ActivityCommands {
  constructor(
    private readonly kernel: Kernel,
    private readonly bus: CommandBus,
  ) {}

  /**
   * Enters a list in as many appends as it takes. Each has a command id that derives from the list's and its place,
   * and the next one begins where the last one's events end: sent again under the same key, a list goes on where a
   * crash cut it off.
   * @returns the events of all entries, and the last of the appends
   * @throws Problem; where something had been entered before, its member `recorded` says how many entries
   */
  async recordAll(
    request: AuthenticatedRequest,
    id: string,
    entries: readonly NewEntry[],
    body: CommandBody,
  ): Promise<{ events: readonly StoredEvent[]; last: Done }> {
    const events: StoredEvent[] = [];
    for (let append = 0; ; append++) {
      const part = entries.slice(events.length, events.length + ENTRIES_PER_APPEND);
      const commandId = commandIdOf(request);
      const last = await this.run(request, id, { type: 'RecordActivity', entries: part }, body, {
        commandId: append === 0 ? commandId : uuidv5(`append/${append}`, commandId),
      }).catch((error: unknown) => {
        throw error instanceof Problem && append > 0 ? withRecorded(error, events.length) : error;
      });
      events.push(...last.events);
      if (events.length >= entries.length) return { events, last };
    }
  }

  /** A command about a customer's activity, decided by what his record says now. */
  async run(
    request: AuthenticatedRequest,
    id: string,
    command: WithoutFacts,
    body: CommandBody,
    more: { readonly commandId?: string } = {},
  ): Promise<Done> {
    const meta = { ...commandMeta(request, POLICIES_IN_FORCE, body), ...more };
    const decided = { ...command, record: await this.#recordFacts(id) } as ActivityCommand;
    return doneOrProblem(
      await this.bus.execute(new RunCommand(activityDecider, activityStream(id), decided, meta)),
    );
  }

  /** The last version of an entry, opened for the decision alone; `null` where the customer has no such entry. */
  async versionOf(id: string, entryId: string): Promise<Version | null> {
    const { reader, log, sealer } = this.kernel;
    const head = await log.head();
    if (head !== null) await reader.waitFor('activity', head, WAIT_MS, entryId);
    const row = (await reader.get('activity', [entryId])).get(entryId) as unknown as ActivityRow | undefined;
    if (row?.record !== id) return null;
    const { revision } = row.versions.at(-1)!;
    const [event] = await log.readStream(activityStream(id), { from: revision, maxCount: 1 });
    return { revision, kind: row.kind, values: await sealer.valuesOf(event!) };
  }

  async #recordFacts(id: string): Promise<RecordFacts> {
    const { executor, clock } = this.kernel;
    const { state, revision } = await executor.load(recordDecider, `customerRecord-${id}`);
    return recordFacts(state, revision, clock.now());
  }
}

export function activityStream(id: string): string {
  return `customerActivity-${id}`;
}

function withRecorded({ code, params, more }: Problem, recorded: number): Problem {
  return new Problem(code, params, { ...more, members: { ...more.members, recorded } });
}
