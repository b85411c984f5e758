import { randomUUID } from 'node:crypto';
import type { CommandMeta, Done, Outcome } from '#engine/command.js';
import type { RecordedEvent } from '#engine/event.js';
import { CommandExecutor } from '#engine/execute.js';
import type { EventLog } from '#engine/ports/event-log.js';
import { processEventTypes } from '#engine/process/process-decider.js';
import { Registry } from '#engine/registry.js';
import { DataKeys } from '#engine/sealing/data-keys.js';
import type { MasterKeys } from '#engine/sealing/master-keys.js';
import { Sealer } from '#engine/sealing/sealer.js';
import { openSqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { openSqliteKeyVault } from '#infra/key-vault/sqlite/sqlite-key-vault.js';
import { ManualClock } from '../doubles/manual-clock.js';
import { counterDecider, counterEventTypes, counterKeyOf, type CounterCommand } from './counter.js';

/** Master keys of these names, each 32 bytes of its own; the first one wraps. */
export function masterKeys(...ids: [string, ...string[]]): MasterKeys {
  const all = ids.map((id) => ({ id, bytes: Buffer.alloc(32, id) }));
  return { current: all[0]!, all, byId: (id) => all.find((key) => key.id === id) };
}

/** What a command comes with, where a test does not care. */
export function someMeta(more: Partial<CommandMeta> = {}): CommandMeta {
  return {
    commandId: randomUUID(),
    actor: { id: 'staff-1', roles: ['collector'] },
    correlationId: '5a4d8e61-6fad-4a5d-9c81-be7fc0a19c65',
    channel: 'api',
    policies: { limits: 'default@1' },
    ...more,
  };
}

/** The write path on SQLite in memory: one log, one vault, and as many processes (executors) as a test needs. */
export async function openKernel() {
  const clock = new ManualClock();
  const log = openSqliteEventLog({ path: ':memory:' });
  const vault = openSqliteKeyVault({ path: ':memory:' });
  const masters = masterKeys('m1');
  const registry = new Registry([...counterEventTypes, ...processEventTypes], counterKeyOf);
  const process = async (through: EventLog = log) => {
    const keys = new DataKeys(vault, masters, clock);
    const sealer = await Sealer.create(keys);
    return { keys, sealer, executor: new CommandExecutor(through, registry, sealer, clock) };
  };
  const first = await process();
  return {
    ...first,
    clock,
    log,
    vault,
    masters,
    /** Another process on the same log and vault, with caches of its own. */
    process,
    send: (stream: string, command: CounterCommand, more: Partial<CommandMeta> = {}) =>
      first.executor.execute(counterDecider, stream, command, someMeta(more)),
    eventsOf: (stream: string): Promise<RecordedEvent[]> => log.readStream(stream, { maxCount: 1_000 }),
    /** Destroys keys as a destruction does: tombstones in the vault, and the caches have expired. */
    async destroy(...keyIds: string[]) {
      await vault.destroyKeys(keyIds, clock.now());
      clock.pass(500);
    },
    async close() {
      await log.close();
      await vault.close();
    },
  };
}

export type Kernel = Awaited<ReturnType<typeof openKernel>>;

/** The answer, where it must be that the command was carried out. */
export function done(outcome: Outcome): Done {
  if (outcome.kind !== 'done') throw new Error(`the answer is ${JSON.stringify(outcome)}`);
  return outcome;
}
