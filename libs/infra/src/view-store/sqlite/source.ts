import type { Filter } from '#engine/ports/view-store.js';
import type { SqliteFile } from '../../embedded/sqlite-file.js';
import { testsOf } from '../grammar.js';
import { allDocs, docsOf, type Sql } from './query-sql.js';
import type { Collection } from './tables.js';
import { valueTest } from './value-tests.js';

/** Documents that are cheaper to look up and sort than to come across on the way through an index. */
const FEW = 1000;

/**
 * Where a query starts: from the elements of an indexed list where the filter leaves few, as a search by token does,
 * else from the collection. SQLite cannot tell a rare element from a common one without statistics; asking the table of
 * elements for the first thousand can.
 */
export function sourceOf(file: SqliteFile, collection: Collection, where: Filter): Sql {
  let fewest: { count: number; ids: Sql } | undefined;
  for (const { field, test } of testsOf(where)) {
    const elements = collection.members.find((member) => member.field === field)?.elements;
    const { sql, params, takesNull } = valueTest(test);
    if (!elements || takesNull || test.op === 'exists') continue;
    const ids = { text: `SELECT DISTINCT l._id FROM ${elements} AS l WHERE ${sql('l.value')}`, params };
    const counting = file.prepare(`SELECT count(*) FROM (${ids.text} LIMIT ${FEW + 1})`).pluck();
    const count = counting.get(...params) as number;
    if (count <= FEW && count < (fewest?.count ?? Infinity)) fewest = { count, ids };
  }
  return fewest ? docsOf(collection, fewest.ids) : allDocs(collection);
}
