import type { EventLog } from '#engine/ports/event-log.js';
import type { KeyVault } from '#engine/ports/key-vault.js';
import type { ViewStore } from '#engine/ports/view-store.js';
import { BadSettings, type Settings } from '../config/settings.js';
import { openSqliteEventLog } from '../event-log/sqlite/sqlite-event-log.js';
import { openSqliteKeyVault } from '../key-vault/sqlite/sqlite-key-vault.js';
import { openSqliteViewStore } from '../view-store/sqlite/sqlite-view-store.js';

export interface Stores {
  readonly log: EventLog;
  readonly vault: KeyVault;
  readonly views: ViewStore;
}

/**
 * Opens the stores that the settings name.
 * @param onFatal the log's disk can no longer be trusted
 * @throws BadSettings for a store that this version has no adapter for
 */
export function openStores(settings: Settings, onFatal: (reason: Error) => void): Stores {
  const paths = sqlitePaths({
    EVENT_LOG_URL: settings.eventLogUrl,
    KEY_VAULT_URL: settings.keyVaultUrl,
    VIEW_STORE_URL: settings.viewStoreUrl,
  });
  return {
    log: openSqliteEventLog({ path: paths.EVENT_LOG_URL!, onFatal }),
    vault: openSqliteKeyVault({ path: paths.KEY_VAULT_URL! }),
    views: openSqliteViewStore({ path: paths.VIEW_STORE_URL! }),
  };
}

function sqlitePaths(urls: Readonly<Record<string, string>>): Record<string, string> {
  const faults: string[] = [];
  const paths: Record<string, string> = {};
  for (const [name, url] of Object.entries(urls)) {
    if (url.startsWith('sqlite:')) paths[name] = url.slice('sqlite:'.length);
    else faults.push(`${name}: this version opens sqlite: stores only`);
  }
  if (faults.length > 0) throw new BadSettings(faults);
  return paths;
}
