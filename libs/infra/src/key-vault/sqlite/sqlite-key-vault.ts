import type { KeyVault, VaultEntry, WrappedKey } from '#engine/ports/key-vault.js';
import { SqliteFile } from '../../embedded/sqlite-file.js';

/** A destroyed key has a date in place of its wrapping, and keeps its row for good. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    master_key_id TEXT,
    wrapped TEXT,
    destroyed_at TEXT,
    CHECK ((wrapped IS NULL) = (master_key_id IS NULL) AND (wrapped IS NULL) = (destroyed_at IS NOT NULL))
  );
  CREATE INDEX IF NOT EXISTS live_keys_by_owner ON keys (owner, id) WHERE destroyed_at IS NULL;
  CREATE INDEX IF NOT EXISTS live_keys_by_master ON keys (master_key_id, id) WHERE destroyed_at IS NULL;
  CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL);
`;

interface Row {
  readonly id: string;
  readonly owner: string;
  readonly master_key_id: string;
  readonly wrapped: string | null;
  readonly destroyed_at: string;
}

/**
 * Data keys and secrets in a SQLite file of their own, so that backups of the log do not hold them. A commit is on
 * disk (`synchronous = FULL`) before anything resolves.
 *
 * @param options.path a file, or `:memory:`
 */
export function openSqliteKeyVault(options: { readonly path: string }): KeyVault {
  return new SqliteKeyVault(new SqliteFile({ path: options.path, synchronous: 'FULL' }));
}

class SqliteKeyVault implements KeyVault {
  readonly #file: SqliteFile;
  /** Inserts that share the next commit, as many may come in one turn of the event loop. */
  #inserts: { readonly run: () => VaultEntry; settle(entries: VaultEntry | Error): void }[] = [];

  constructor(file: SqliteFile) {
    this.#file = file;
    file.exec(TABLES);
  }

  async keys(ids: readonly string[]): Promise<ReadonlyMap<string, VaultEntry>> {
    const entries = ids.map((id) => this.#entry(id)).filter((entry) => entry !== undefined);
    return new Map(entries.map((entry) => [entry.id, entry]));
  }

  insertKeyIfAbsent(id: string, owner: string, wrapped: WrappedKey): Promise<VaultEntry> {
    const run = () => {
      this.#run(
        `INSERT INTO keys (id, owner, master_key_id, wrapped) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
        [id, owner, wrapped.masterKeyId, wrapped.bytes],
      );
      return this.#entry(id)!;
    };
    return new Promise((resolve, reject) => {
      const settle = (outcome: VaultEntry | Error) =>
        outcome instanceof Error ? reject(outcome) : resolve(outcome);
      if (this.#inserts.push({ run, settle }) === 1) setImmediate(() => this.#commitInserts());
    });
  }

  async liveKeysOf(owner: string): Promise<readonly string[]> {
    const select = 'SELECT id FROM keys WHERE owner = ? AND destroyed_at IS NULL ORDER BY id';
    return this.#file.prepare(select).pluck().all(owner) as string[];
  }

  async destroyKeys(ids: readonly string[], at: string): Promise<void> {
    // An id that was never seen gets a tombstone too: whatever had been wrapped under it is to stay closed.
    const destroy = `INSERT INTO keys (id, owner, destroyed_at) VALUES (?, '', ?)
      ON CONFLICT (id) DO UPDATE SET master_key_id = NULL, wrapped = NULL, destroyed_at = excluded.destroyed_at
      WHERE destroyed_at IS NULL`;
    this.#file.transaction(() => ids.forEach((id) => this.#run(destroy, [id, at])));
  }

  async keysNotWrappedBy(masterKeyId: string, maxCount: number): Promise<readonly VaultEntry[]> {
    // Two ranges of the index, so that a page costs the same however many keys are done already.
    const live = 'SELECT * FROM keys WHERE destroyed_at IS NULL AND master_key_id';
    const select = `${live} < ? UNION ALL ${live} > ? LIMIT ?`;
    const rows = this.#file.prepare(select).all(masterKeyId, masterKeyId, maxCount) as Row[];
    return rows.map(toEntry);
  }

  async rewrapKey(id: string, from: WrappedKey, to: WrappedKey): Promise<boolean> {
    const update =
      'UPDATE keys SET master_key_id = ?, wrapped = ? WHERE id = ? AND master_key_id = ? AND wrapped = ?';
    return this.#run(update, [to.masterKeyId, to.bytes, id, from.masterKeyId, from.bytes]) === 1;
  }

  async secret(name: string): Promise<string | null> {
    const value = this.#file.prepare('SELECT value FROM secrets WHERE name = ?').pluck().get(name);
    return (value as string | undefined) ?? null;
  }

  async replaceSecret(name: string, from: string | null, to: string | null): Promise<boolean> {
    if (from === null && to === null) return (await this.secret(name)) === null;
    if (from === null) {
      return this.#run('INSERT INTO secrets VALUES (?, ?) ON CONFLICT (name) DO NOTHING', [name, to]) === 1;
    }
    if (to === null) return this.#run('DELETE FROM secrets WHERE name = ? AND value = ?', [name, from]) === 1;
    return this.#run('UPDATE secrets SET value = ? WHERE name = ? AND value = ?', [to, name, from]) === 1;
  }

  async secretsLike(prefix: string): Promise<ReadonlyMap<string, string>> {
    const select = 'SELECT name, value FROM secrets WHERE substr(name, 1, length(?)) = ? ORDER BY name';
    return new Map(this.#file.prepare(select).raw().all(prefix, prefix) as [string, string][]);
  }

  async scrub(): Promise<void> {
    this.#file.scrub();
  }

  async close(): Promise<void> {
    this.#commitInserts();
    this.#file.close();
  }

  #commitInserts(): void {
    const inserts = this.#inserts;
    this.#inserts = [];
    try {
      const entries = this.#file.transaction(() => inserts.map((insert) => insert.run()));
      inserts.forEach((insert, i) => insert.settle(entries[i]!));
    } catch (error) {
      for (const insert of inserts) insert.settle(error as Error);
    }
  }

  #entry(id: string): VaultEntry | undefined {
    const row = this.#file.prepare('SELECT * FROM keys WHERE id = ?').get(id) as Row | undefined;
    return row && toEntry(row);
  }

  #run(sql: string, params: readonly unknown[]): number {
    return this.#file.prepare(sql).run(...params).changes;
  }
}

function toEntry({ id, owner, master_key_id, wrapped, destroyed_at }: Row): VaultEntry {
  return wrapped === null
    ? { state: 'destroyed', id, owner, destroyedAt: destroyed_at }
    : { state: 'live', id, owner, wrapped: { masterKeyId: master_key_id, bytes: wrapped } };
}
