import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { openSqliteKeyVault } from '#infra/key-vault/sqlite/sqlite-key-vault.js';
import { openSqliteViewStore } from '#infra/view-store/sqlite/sqlite-view-store.js';
import { storedEvent } from '../builders/stored-event.js';

describe('The files of the embedded stores', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are for their owner alone, in a folder that others may look into, too', async () => {
    chmodSync(folder, 0o755);
    const log = openSqliteEventLog({ path: join(folder, 'log.db') });
    await log.append('thing-1', -1, [storedEvent({ stream: 'thing-1', revision: 0 })]);
    const views = openSqliteViewStore({ path: join(folder, 'views.db') });
    await views.ensureCollection('things', []);
    const vault = openSqliteKeyVault({ path: join(folder, 'vault.db') });
    await vault.replaceSecret('log', null, 'l-1');

    const files = readdirSync(folder);
    const open = files.filter((file) => (statSync(join(folder, file)).mode & 0o077) !== 0);
    await Promise.all([log.close(), views.close(), vault.close()]);
    expect(files).toEqual(expect.arrayContaining(['log.db', 'log.db-wal', 'views.db', 'vault.db']));
    expect(open).toEqual([]);
  });
});
