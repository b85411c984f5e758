import {
  CollectionMissing,
  type DocWrite,
  type Filter,
  type IndexSpec,
  type Query,
  type ViewDoc,
  type ViewStore,
} from '#engine/ports/view-store.js';
import { SqliteFile } from '../../embedded/sqlite-file.js';
import { checkDoc, checkGroup, checkLimit, checkPage } from '../grammar.js';
import { countSql, groupSql, pageSql, type Sql } from './query-sql.js';
import { sourceOf } from './source.js';
import { dropTables, ensureTables, readCatalogue, type Collection } from './tables.js';
import { decode, type SqlValue } from './values.js';
import { put } from './writes.js';

type Row = readonly [id: string, at: string, gone: 0 | 1, doc: string | null];

/** Pages of write-ahead log, 32 MB, between checkpoints: copying back is then a small part of a long replay. */
const CHECKPOINT_PAGES = 8192;

/**
 * Views in one SQLite file: a table a collection, documents as JSON text, indexes on their members.
 *
 * Commits do not wait for the disk (`synchronous = NORMAL`). After a loss of power the last of them may be missing,
 * but never one without those behind it. A checkpoint is written after its documents and into the same file, so it
 * never claims more than they hold, and what is missing is folded from the log again.
 *
 * @param options.path a file, or `:memory:`
 */
export function openSqliteViewStore(options: { readonly path: string }): ViewStore {
  return new SqliteViewStore(
    new SqliteFile({ path: options.path, synchronous: 'NORMAL', checkpointPages: CHECKPOINT_PAGES }),
  );
}

class SqliteViewStore implements ViewStore {
  readonly #file: SqliteFile;
  readonly #collections: Map<string, Collection>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#collections = readCatalogue(file);
  }

  async ensureCollection(name: string, indexes: readonly IndexSpec[]): Promise<void> {
    const known = this.#collections.get(name);
    this.#collections.set(
      name,
      this.#file.transaction(() => ensureTables(this.#file, name, known, indexes)),
    );
  }

  async dropCollection(name: string): Promise<void> {
    const known = this.#collections.get(name);
    if (!known) return;
    this.#file.transaction(() => dropTables(this.#file, known));
    this.#collections.delete(name);
  }

  async collections(): Promise<readonly string[]> {
    return [...this.#collections.keys()].sort();
  }

  async get(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, ViewDoc>> {
    const { name } = this.#known(collection);
    const select = this.#file.prepare(`SELECT _id, at, gone, doc FROM "${name}" WHERE _id = ?`).raw();
    const rows = ids.map((id) => select.get(id) as Row | undefined);
    return new Map(rows.flatMap((row) => (row ? [[row[0], toDoc(row)]] : [])));
  }

  async write(collection: string, writes: readonly DocWrite[]): Promise<readonly string[]> {
    const known = this.#known(collection);
    for (const { doc } of writes) checkDoc(doc);
    const lost = this.#file.transaction(() => writes.filter((write) => !put(this.#file, known, write)));
    return lost.map(({ doc }) => doc._id);
  }

  async find(collection: string, query: Query): Promise<readonly ViewDoc[]> {
    checkPage(query);
    const known = this.#known(collection);
    let rows: Row[] = [];
    for (const sql of pageSql(known, this.#source(known, query.where), query)) {
      rows = rows.concat(this.#rows(sql, query.limit - rows.length) as Row[]);
      if (rows.length === query.limit) break;
    }
    return rows.map(toDoc);
  }

  async count(collection: string, where: Filter, limit?: number): Promise<number> {
    if (limit !== undefined) checkLimit(limit);
    const known = this.#known(collection);
    const [row] = this.#rows(countSql(known, this.#source(known, where), where, limit)) as [number][];
    return row![0];
  }

  async groupCount(collection: string, where: Filter, by: readonly string[]) {
    checkGroup(by);
    const known = this.#known(collection);
    const rows = this.#rows(groupSql(known, this.#source(known, where), where, by)) as [
      number,
      ...SqlValue[],
    ][];
    return rows.map(([count, ...key]) => ({ key: key.map(decode), count }));
  }

  async scan(collection: string, afterId: string | null, limit: number): Promise<readonly ViewDoc[]> {
    checkLimit(limit);
    const { name } = this.#known(collection);
    const text = `SELECT _id, at, gone, doc FROM "${name}" WHERE _id > ? ORDER BY _id LIMIT ?`;
    // The empty text comes before every other and is no document's id.
    return (this.#rows({ text, params: [afterId ?? ''] }, limit) as Row[]).map(toDoc);
  }

  async scrub(): Promise<void> {
    this.#file.scrub();
  }

  async close(): Promise<void> {
    this.#file.close();
  }

  #known(collection: string): Collection {
    const known = this.#collections.get(collection);
    if (!known) throw new CollectionMissing(collection);
    return known;
  }

  #source(collection: Collection, where: Filter): Sql {
    return sourceOf(this.#file, collection, where);
  }

  #rows(sql: Sql, ...more: readonly number[]): unknown[] {
    return this.#file
      .prepare(sql.text)
      .raw()
      .all(...sql.params, ...more);
  }
}

function toDoc([_id, at, gone, doc]: Row): ViewDoc {
  if (gone) return { _id, at, gone: true };
  return { _id, at, ...(JSON.parse(doc!) as object) };
}
