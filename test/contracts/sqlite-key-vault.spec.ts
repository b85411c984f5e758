import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSqliteKeyVault } from '#infra/key-vault/sqlite/sqlite-key-vault.js';
import { keyVaultContract, wrapping } from './key-vault.js';

keyVaultContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vault-'));
  return {
    open: async () => openSqliteKeyVault({ path: join(folder, 'keys.db') }),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});

describe('The SQLite key vault', () => {
  let folder: string;
  const path = () => join(folder, 'keys.db');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vault-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const everyByte = () =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name)).toString('latin1'))
      .join('\n');

  it('holds no byte of a destroyed or rewrapped key in any file after a scrub', async () => {
    const vault = openSqliteKeyVault({ path: path() });
    const keys = Array.from({ length: 1200 }, (_, i) => ({
      id: `${(i * 7919) % 1200}`.padStart(5, 'k'),
      first: wrapping('mk-1'),
      second: wrapping('mk-20'),
    }));
    await Promise.all(keys.map(({ id, first }) => vault.insertKeyIfAbsent(id, 'c1', first)));
    for (const { id, first, second } of keys.slice(0, 300)) await vault.rewrapKey(id, first, second);
    const destroyed = keys.filter((_, i) => i % 2 === 0);
    await vault.destroyKeys(
      destroyed.map(({ id }) => id),
      '2025-03-01T09:00:00.000Z',
    );

    await vault.scrub();

    const bytes = everyByte();
    const dead = [
      ...destroyed.flatMap(({ first, second }) => [first, second]),
      ...keys.slice(0, 300).map(({ first }) => first),
    ];
    expect(dead.filter((one) => bytes.includes(one.bytes))).toEqual([]);
    expect(bytes).toContain(keys[1]!.second.bytes);
    await vault.close();
  });

  it('has destroyed a key for every other reader before it answers', async () => {
    const vault = openSqliteKeyVault({ path: path() });
    await vault.insertKeyIfAbsent('k1', 'c1', wrapping());
    await vault.destroyKeys(['k1'], '2025-03-01T09:00:00.000Z');
    const other = new Database(path(), { readonly: true });
    expect(other.prepare('SELECT wrapped, destroyed_at FROM keys').all()).toEqual([
      { wrapped: null, destroyed_at: '2025-03-01T09:00:00.000Z' },
    ]);
    other.close();
    await vault.close();
  });

  it('can be read by its owner only', async () => {
    const vault = openSqliteKeyVault({ path: path() });
    await vault.insertKeyIfAbsent('k1', 'c1', wrapping());
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o077);
    expect(new Set(modes)).toEqual(new Set([0]));
    await vault.close();
  });

  it('works in memory', async () => {
    const vault = openSqliteKeyVault({ path: ':memory:' });
    await vault.insertKeyIfAbsent('k1', 'c1', wrapping());
    await vault.scrub();
    expect(await vault.liveKeysOf('c1')).toEqual(['k1']);
    await vault.close();
  });

  it('answers an insert that was waiting when it is closed', async () => {
    const vault = openSqliteKeyVault({ path: path() });
    const waiting = vault.insertKeyIfAbsent('k1', 'c1', wrapping());
    await vault.close();
    expect(await waiting).toMatchObject({ state: 'live' });
  });
});
