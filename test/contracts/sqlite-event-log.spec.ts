import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { eventLogContract } from './event-log.js';

eventLogContract('SQLite in a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-log-'));
  let log = openSqliteEventLog({ path: join(folder, 'log.db') });
  return {
    log,
    async reopen() {
      await log.close();
      log = openSqliteEventLog({ path: join(folder, 'log.db') });
      return log;
    },
    async close() {
      await log.close();
      rmSync(folder, { recursive: true });
    },
  };
});

eventLogContract('SQLite in memory', async () => {
  const log = openSqliteEventLog({ path: ':memory:' });
  return { log, reopen: async () => log, close: () => log.close() };
});
