import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ViewStore } from '#engine/ports/view-store.js';
import { openSqliteViewStore } from '#infra/view-store/sqlite/sqlite-view-store.js';
import { viewStoreContract } from './view-store.js';

viewStoreContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'views-'));
  return {
    open: async () => openSqliteViewStore({ path: join(folder, 'views.db') }),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});
