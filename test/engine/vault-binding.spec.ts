import { identify } from '#engine/log-identity.js';
import type { EventLog } from '#engine/ports/event-log.js';
import type { KeyVault } from '#engine/ports/key-vault.js';
import { bindVault, WrongVault } from '#engine/sealing/vault-binding.js';
import { openSqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { openSqliteKeyVault } from '#infra/key-vault/sqlite/sqlite-key-vault.js';
import { storedEvent } from '../builders/stored-event.js';
import { ManualClock } from '../doubles/manual-clock.js';

describe('A vault', () => {
  let log: EventLog;
  let vault: KeyVault;
  let logId: string;
  beforeEach(async () => {
    log = openSqliteEventLog({ path: ':memory:' });
    vault = openSqliteKeyVault({ path: ':memory:' });
    ({ logId } = await identify(log, new ManualClock(), false));
  });
  afterEach(async () => {
    await log.close();
    await vault.close();
  });
  const somethingHappens = () => log.append('thing-1', -1, [storedEvent({ stream: 'thing-1', revision: 0 })]);

  it('belongs to the log that it was first opened with, from then on', async () => {
    await bindVault(vault, log, logId);
    await somethingHappens();
    await bindVault(vault, log, logId);
    const other = openSqliteEventLog({ path: ':memory:' });
    const { logId: otherId } = await identify(other, new ManualClock(), false);
    await expect(bindVault(vault, other, otherId)).rejects.toThrow(WrongVault);
    await other.close();
  });

  it('that is new is refused by a log whose values need the keys of another', async () => {
    await somethingHappens();
    await expect(bindVault(vault, log, logId)).rejects.toThrow(WrongVault);
    expect(await vault.secretsLike('')).toEqual(new Map());
  });

  it('is found bound by the next start, whether or not anything has happened since', async () => {
    await bindVault(vault, log, logId);
    await expect(bindVault(vault, log, logId)).resolves.toBeUndefined();
    await somethingHappens();
    await expect(bindVault(vault, log, logId)).resolves.toBeUndefined();
  });

  it('is bound once, also where a second process starts while the first one works already', async () => {
    const slow: EventLog = Object.create(log, {
      readAll: {
        value: async (...options: Parameters<EventLog['readAll']>) => {
          const page = await log.readAll(...options);
          await bindVault(vault, log, logId);
          await somethingHappens();
          return page;
        },
      },
    }) as EventLog;
    await expect(bindVault(vault, slow, logId)).resolves.toBeUndefined();
  });
});
