import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SqliteFile } from '#infra/embedded/sqlite-file.js';
import { allDocs, pageSql } from '#infra/view-store/sqlite/query-sql.js';
import { openSqliteViewStore } from '#infra/view-store/sqlite/sqlite-view-store.js';
import { readCatalogue } from '#infra/view-store/sqlite/tables.js';
import { viewStoreContract } from './view-store.js';

viewStoreContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'views-'));
  return {
    open: async () => openSqliteViewStore({ path: join(folder, 'views.db') }),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});

describe('The SQLite view store', () => {
  let folder: string;
  const path = () => join(folder, 'views.db');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'views-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('works in memory', async () => {
    const store = openSqliteViewStore({ path: ':memory:' });
    await store.ensureCollection('books', []);
    await store.write('books', [{ doc: { _id: 'a', at: '1' }, from: null }]);
    await store.scrub();
    expect(await store.count('books', {})).toBe(1);
    await store.close();
  });

  it('holds no byte of a replaced or erased document in any file after a scrub', async () => {
    const store = openSqliteViewStore({ path: path() });
    await store.ensureCollection('books', [
      { name: 'byName', fields: ['name'] },
      { name: 'byTag', fields: ['tags'], list: true },
    ]);
    const doc = (i: number, at: string, marker: string) => ({
      _id: `k${i}`,
      at,
      name: `${marker}-${i}-name`,
      tags: [`${marker}-${i}-tag`],
      text: `${marker}-${i}-text ${'.'.repeat((i * 37) % 1500)}`,
    });
    const all = Array.from({ length: 400 }, (_, i) => i);
    await store.write(
      'books',
      all.map((i) => ({ doc: doc(i, '1', 'first'), from: null })),
    );
    await store.write(
      'books',
      all.map((i) => ({ doc: doc(i, '2', 'second'), from: '1' })),
    );
    const erased = all.filter((i) => i % 2 === 0);
    await store.write(
      'books',
      erased.map((i) => ({ doc: { _id: `k${i}`, at: '3', gone: true }, from: '2' })),
    );

    await store.scrub();

    const bytes = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name)).toString('latin1'))
      .join('\n');
    expect(bytes.match(/first-\d+-\w+/g)).toBeNull();
    expect(erased.filter((i) => bytes.includes(`second-${i}-`))).toEqual([]);
    expect(bytes).toContain('second-1-text');
    expect((await store.get('books', ['k1'])).get('k1')).toEqual(doc(1, '2', 'second'));
    await store.close();
  });

  it('reads every page of an indexed order from the index, without sorting', async () => {
    const store = openSqliteViewStore({ path: path() });
    await store.ensureCollection('books', [
      { name: 'byRegion', fields: ['region', 'amount', 'holder.id'], descending: ['amount'] },
    ]);
    await store.close();
    const file = new SqliteFile({ path: path(), synchronous: 'NORMAL' });
    const books = readCatalogue(file).get('books')!;
    file.close();
    const pages = pageSql(books, allDocs(books), {
      where: { region: { eq: 'CN' } },
      sort: [
        { field: 'amount', direction: 'desc' },
        { field: 'holder.id', direction: 'asc' },
      ],
      after: { values: [5, 'a'], id: 'k1' },
    });
    const db = new Database(path());
    const plans = pages.map((page) =>
      db
        .prepare(`EXPLAIN QUERY PLAN ${page.text}`)
        .all(...page.params, 50)
        .map((step) => (step as { detail: string }).detail),
    );
    db.close();
    expect(pages).toHaveLength(3);
    expect(plans).toEqual([
      ['SEARCH d USING INDEX books$byRegion (doc.region=? AND doc.amount=? AND doc.holder.id=? AND _id>?)'],
      ['SEARCH d USING INDEX books$byRegion (doc.region=? AND doc.amount=? AND doc.holder.id>?)'],
      ['SEARCH d USING INDEX books$byRegion (doc.region=? AND doc.amount<?)'],
    ]);
  });
});
