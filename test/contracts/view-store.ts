import fc from 'fast-check';
import {
  CollectionMissing,
  type DocWrite,
  type Filter,
  type ViewDoc,
  type ViewStore,
} from '#engine/ports/view-store.js';
import type { NewPlace, Place } from './adapter.js';
import { batch, filter, grouping, indexes, sort } from './view-store-arbitraries.js';
import { sortValues, ViewStoreModel } from './view-store-model.js';

const BOOKS = 'books_v1_g1';
const ODD_NAMES = [
  '$where',
  "a'b",
  '__proto__',
  'a"b',
  'a b',
  '',
  'a.',
  '.a',
  'a..b',
  'a.$eq',
  'a.__proto__',
  '0',
  'a;--',
];

/** What every view store must do. */
export function viewStoreContract(adapter: string, newPlace: NewPlace<ViewStore>): void {
  describe(`${adapter} as a view store`, () => {
    let place: Place<ViewStore>;
    let store: ViewStore;

    beforeEach(async () => {
      place = await newPlace();
      store = await place.open();
      await store.ensureCollection(BOOKS, indexes);
    });

    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    const insert = (...docs: ViewDoc[]) =>
      store.write(
        BOOKS,
        docs.map((doc) => ({ doc, from: null })),
      );
    const ids = async (where: Filter, by: Parameters<ViewStore['find']>[1]['sort'] = []) =>
      (await store.find(BOOKS, { where, sort: by, limit: 100 })).map((doc) => doc._id);
    const one = async (id: string) => (await store.get(BOOKS, [id])).get(id);

    describe('writing', () => {
      it('inserts a document where there is none', async () => {
        expect(await insert({ _id: 'a', at: '1', region: 'CN' })).toEqual([]);
        expect(await one('a')).toEqual({ _id: 'a', at: '1', region: 'CN' });
      });

      it('does not insert over a document that is there', async () => {
        await insert({ _id: 'a', at: '1', region: 'CN' });
        expect(await insert({ _id: 'a', at: '2', region: 'DE' })).toEqual(['a']);
        expect(await one('a')).toEqual({ _id: 'a', at: '1', region: 'CN' });
      });

      it('replaces a document only while it stands where it was folded from', async () => {
        await insert({ _id: 'a', at: '1', region: 'CN' });
        const from1 = (at: string): DocWrite => ({ doc: { _id: 'a', at, region: at }, from: '1' });
        expect(await store.write(BOOKS, [from1('2')])).toEqual([]);
        expect(await store.write(BOOKS, [from1('3')])).toEqual(['a']);
        expect(await one('a')).toEqual({ _id: 'a', at: '2', region: '2' });
      });

      it('does not replace what is not there', async () => {
        expect(await store.write(BOOKS, [{ doc: { _id: 'a', at: '2' }, from: '1' }])).toEqual(['a']);
        expect(await one('a')).toBeUndefined();
      });

      it('writes the others of a call in which some lose', async () => {
        await insert({ _id: 'b', at: '1' });
        const lost = await insert({ _id: 'a', at: '2' }, { _id: 'b', at: '2' }, { _id: 'c', at: '2' });
        expect(lost).toEqual(['b']);
        expect([...(await store.get(BOOKS, ['a', 'b', 'c'])).values()].map((doc) => doc.at)).toEqual([
          '2',
          '1',
          '2',
        ]);
      });

      it('lets exactly one of many writers win that folded from the same document', async () => {
        await insert({ _id: 'a', at: '1' });
        const writers = Array.from({ length: 8 }, (_, i) =>
          store.write(BOOKS, [{ doc: { _id: 'a', at: `2${i}` }, from: '1' }]),
        );
        expect((await Promise.all(writers)).filter((lost) => lost.length === 0)).toHaveLength(1);
      });

      it('gives a document back as it was, to the order of its members', async () => {
        const doc = {
          _id: 'a',
          at: '1',
          z: { deep: [{ '/contacts/1/name': '张*明' }, [], null, {}] },
          a: [1, -1, Number.MAX_SAFE_INTEGER, true, '😀\uffff\n"\\'],
          parked: { from: '1', through: '2' },
        };
        await insert(doc);
        expect(JSON.stringify(await one('a'))).toBe(JSON.stringify(doc));
      });

      it('refuses a list or an object where a single value is indexed, and writes nothing of that call', async () => {
        for (const region of [['CN'], { code: 'CN' }]) {
          await expect(insert({ _id: 'a', at: '1' }, { _id: 'b', at: '1', region })).rejects.toThrow(
            /region/,
          );
        }
        expect(await store.scan(BOOKS, null, 10)).toEqual([]);
      });

      it('takes five hundred documents in one call', async () => {
        const docs = Array.from({ length: 500 }, (_, i) => ({
          _id: `k${i}`,
          at: '1',
          amount: i,
          tags: ['x', `${i}`],
        }));
        expect(await insert(...docs)).toEqual([]);
        expect(await store.count(BOOKS, { tags: { eq: 'x' } })).toBe(500);
      });
    });

    describe('a tombstone', () => {
      beforeEach(async () => {
        await insert(
          { _id: 'a', at: '1', region: 'CN', tags: ['x'] },
          { _id: 'b', at: '1', region: 'CN', tags: ['x'] },
        );
        await store.write(BOOKS, [
          { doc: { _id: 'a', at: '2', gone: true, region: 'CN', tags: ['x'] }, from: '1' },
        ]);
      });

      it('keeps nothing of the document but its id and position', async () => {
        expect(await one('a')).toEqual({ _id: 'a', at: '2', gone: true });
      });

      it('is neither found nor counted', async () => {
        for (const where of [{}, { region: { eq: 'CN' } }, { tags: { eq: 'x' } }]) {
          expect(await ids(where)).toEqual(['b']);
          expect(await store.count(BOOKS, where)).toBe(1);
          expect(await store.groupCount(BOOKS, where, ['tags'])).toEqual([{ key: ['x'], count: 1 }]);
        }
        expect(await ids({ region: { exists: false } })).toEqual([]);
      });

      it('is scanned', async () => {
        expect((await store.scan(BOOKS, null, 10)).map((doc) => [doc._id, doc.gone])).toEqual([
          ['a', true],
          ['b', undefined],
        ]);
      });

      it('is not written over by an insert', async () => {
        expect(await insert({ _id: 'a', at: '3' })).toEqual(['a']);
      });
    });

    describe('finding', () => {
      it('sorts absent members and nulls first, and last when it sorts downwards', async () => {
        await insert(
          { _id: 'a', at: '1', amount: 0 },
          { _id: 'b', at: '1' },
          { _id: 'c', at: '1', amount: -5 },
          { _id: 'd', at: '1', amount: null },
        );
        expect(await ids({}, [{ field: 'amount', direction: 'asc' }])).toEqual(['b', 'd', 'c', 'a']);
        expect(await ids({}, [{ field: 'amount', direction: 'desc' }])).toEqual(['a', 'c', 'b', 'd']);
      });

      it('sorts texts by code point', async () => {
        const regions = ['', 'B', 'a', 'é', '中', '\uffff', '😀'];
        await insert(...regions.map((region, i) => ({ _id: `${9 - i}`, at: '1', region })));
        const found = await store.find(BOOKS, {
          where: {},
          sort: [{ field: 'region', direction: 'asc' }],
          limit: 10,
        });
        expect(found.map((doc) => doc.region)).toEqual(regions);
      });

      it('takes no character of a prefix for a wildcard', async () => {
        await insert(
          { _id: 'a', at: '1', region: 'a%b' },
          { _id: 'b', at: '1', region: 'axb' },
          { _id: 'c', at: '1', region: 'a.b' },
          { _id: 'd', at: '1', region: 'a_b' },
          { _id: 'e', at: '1', region: 'A%b' },
        );
        expect(await ids({ region: { prefix: 'a%' } })).toEqual(['a']);
        expect(await ids({ region: { prefix: 'a.' } })).toEqual(['c']);
        expect(await ids({ region: { prefix: 'a_' } })).toEqual(['d']);
        expect(await ids({ region: { prefix: '' } })).toEqual(['a', 'b', 'c', 'd', 'e']);
      });

      it('ends a prefix at the next character, whichever that is', async () => {
        const regions = [
          'a',
          'a\u{10ffff}',
          'a\u{10ffff}z',
          'b',
          '\ud7ff',
          '\ud7ffz',
          '\ue000',
          '\u{10ffff}',
        ];
        await insert(...regions.map((region, i) => ({ _id: `${i}`, at: '1', region })));
        const found = async (prefix: string) => (await ids({ region: { prefix } })).join('');
        expect(await found('a')).toBe('012');
        expect(await found('a\u{10ffff}')).toBe('12');
        expect(await found('\ud7ff')).toBe('45');
        expect(await found('\u{10ffff}')).toBe('7');
      });

      it('finds by an element of lists that many share as by one that few have', async () => {
        const docs = Array.from({ length: 1500 }, (_, i) => ({
          _id: `k${String(i).padStart(4, '0')}`,
          at: '1',
          region: `${i % 3}`,
          tags: i % 500 === 0 ? ['common', 'rare'] : ['common'],
        }));
        await insert(...docs, { _id: 'other', at: '1', region: '0' });
        const where = { region: { eq: '0' }, tags: { eq: 'common' } };
        expect(await store.count(BOOKS, where)).toBe(500);
        expect(await store.count(BOOKS, { tags: { in: ['common', null] } })).toBe(1501);
        expect(await store.groupCount(BOOKS, where, ['region'])).toEqual([{ key: ['0'], count: 500 }]);
        const first = { where, sort: [{ field: '_id', direction: 'desc' }], limit: 2 } as const;
        expect((await store.find(BOOKS, first)).map((doc) => doc._id)).toEqual(['k1497', 'k1494']);
        expect(await ids({ tags: { eq: 'rare' } })).toEqual(['k0000', 'k0500', 'k1000']);
        expect(await ids({ ...where, tags: { eq: 'rare' } })).toEqual(['k0000']);
      });

      it('never mixes kinds: a number is no text and no truth value', async () => {
        await insert(
          { _id: 'a', at: '1', note: 1 },
          { _id: 'b', at: '1', note: '1' },
          { _id: 'c', at: '1', note: true },
          { _id: 'd', at: '1' },
        );
        expect(await ids({ note: { eq: 1 } })).toEqual(['a']);
        expect(await ids({ note: { eq: '1' } })).toEqual(['b']);
        expect(await ids({ note: { eq: true } })).toEqual(['c']);
        expect(await ids({ note: { eq: null } })).toEqual(['d']);
        expect(await ids({ note: { gte: 0 } })).toEqual(['a']);
        expect(await ids({ note: { lt: 'z' } })).toEqual(['b']);
      });

      it('knows a list of objects and an object as present', async () => {
        await insert(
          { _id: 'a', at: '1', note: [{ id: 1 }] },
          { _id: 'b', at: '1', note: {} },
          { _id: 'c', at: '1' },
        );
        expect(await ids({ note: { exists: true } })).toEqual(['a', 'b']);
        expect(await ids({ note: { exists: false } })).toEqual(['c']);
      });

      it('goes on behind the last row of a page although that row has gone', async () => {
        await insert(...['a', 'b', 'c', 'd'].map((_id) => ({ _id, at: '1', region: 'CN' })));
        await store.write(BOOKS, [{ doc: { _id: 'b', at: '2', gone: true }, from: '1' }]);
        const query = { where: {}, sort: [{ field: 'region', direction: 'desc' }], limit: 10 } as const;
        const page = await store.find(BOOKS, { ...query, after: { values: ['CN'], id: 'b' } });
        expect(page.map((doc) => doc._id)).toEqual(['c', 'd']);
      });
    });

    describe('counting', () => {
      beforeEach(() =>
        insert(
          { _id: 'a', at: '1', region: 'CN', tags: ['x', 'y'] },
          { _id: 'b', at: '1', region: 'CN', tags: ['x'] },
          { _id: 'c', at: '1', tags: [] },
        ),
      );

      it('stops at the limit', async () => {
        expect(await store.count(BOOKS, {}, 2)).toBe(2);
        expect(await store.count(BOOKS, {}, 10)).toBe(3);
        expect(await store.count(BOOKS, {})).toBe(3);
      });

      it('counts a list once per element, and as null where it has none', async () => {
        const counts = await store.groupCount(BOOKS, {}, ['tags']);
        expect(new Map(counts.map(({ key, count }) => [key[0], count]))).toEqual(
          new Map<unknown, number>([
            ['x', 2],
            ['y', 1],
            [null, 1],
          ]),
        );
      });

      it('crosses two members', async () => {
        const counts = await store.groupCount(BOOKS, { tags: { exists: true } }, ['region', 'tags']);
        expect(new Map(counts.map(({ key, count }) => [key.join(), count]))).toEqual(
          new Map([
            ['CN,x', 2],
            ['CN,y', 1],
            [',', 1],
          ]),
        );
      });
    });

    describe('scanning', () => {
      it('pages through all documents in the order of their ids', async () => {
        await insert(...['é', 'b', 'B', '😀', 'a', '\uffff'].map((_id) => ({ _id, at: '1' })));
        const pages: string[][] = [];
        for (let last: string | null = null; ; last = pages.at(-1)!.at(-1)!) {
          const page = await store.scan(BOOKS, last, 4);
          if (page.length === 0) break;
          pages.push(page.map((doc) => doc._id));
        }
        expect(pages).toEqual([
          ['B', 'a', 'b', 'é'],
          ['\uffff', '😀'],
        ]);
      });
    });

    describe('collections', () => {
      it('are listed by name', async () => {
        await store.ensureCollection('authors_v1_g1', []);
        expect(await store.collections()).toEqual(['authors_v1_g1', BOOKS]);
      });

      it('can be asked for twice, and keep their documents', async () => {
        await insert({ _id: 'a', at: '1', region: 'CN' });
        await store.ensureCollection(BOOKS, indexes);
        expect(await ids({ region: { eq: 'CN' } })).toEqual(['a']);
      });

      it('get an index on documents that are there already', async () => {
        await store.ensureCollection('loans', []);
        const write = (doc: ViewDoc, from: string | null = null) => store.write('loans', [{ doc, from }]);
        await write({ _id: 'a', at: '1', due: '2025-01-02', fields: ['phone', 'phone', 'email'] });
        await write({ _id: 'b', at: '1', due: null, fields: 'phone' });
        await write({ _id: 'c', at: '1', late: true });
        await write({ _id: 'd', at: '1', gone: true });
        await store.ensureCollection('loans', [
          { name: 'byDue', fields: ['due', 'late'] },
          { name: 'fields', fields: ['fields'], list: true },
          { name: 'late', fields: ['late', 'due'] },
        ]);
        await write({ _id: 'a', at: '2', due: '2025-01-02', fields: ['email'] }, '1');
        const found = async (where: Filter) =>
          (await store.find('loans', { where, sort: [{ field: 'due', direction: 'desc' }], limit: 9 })).map(
            (doc) => doc._id,
          );
        expect(await found({})).toEqual(['a', 'b', 'c']);
        expect(await found({ fields: { eq: 'phone' } })).toEqual(['b']);
        expect(await found({ fields: { exists: false } })).toEqual(['c']);
        expect(await found({ late: { eq: true } })).toEqual(['c']);
      });

      it('refuse another index under a name that is taken', async () => {
        await expect(
          store.ensureCollection(BOOKS, [{ name: 'byRegion', fields: ['note'] }]),
        ).rejects.toThrow();
      });

      it('are gone with all documents when dropped, and can begin anew', async () => {
        await insert({ _id: 'a', at: '1', tags: ['x'] });
        await store.dropCollection(BOOKS);
        expect(await store.collections()).toEqual([]);
        await store.dropCollection(BOOKS);
        await store.ensureCollection(BOOKS, indexes);
        expect(await store.count(BOOKS, {})).toBe(0);
        expect(await ids({ tags: { eq: 'x' } })).toEqual([]);
      });

      it('are asked for in vain where they are missing', async () => {
        const query = { where: {}, sort: [], limit: 1 };
        const asked = [
          () => store.get('missing', ['a']),
          () => store.write('missing', [{ doc: { _id: 'a', at: '1' }, from: null }]),
          () => store.find('missing', query),
          () => store.count('missing', {}),
          () => store.groupCount('missing', {}, ['region']),
          () => store.scan('missing', null, 1),
        ];
        for (const ask of asked) await expect(ask()).rejects.toThrow(CollectionMissing);
      });

      it('and their documents outlast a reopening', async () => {
        await insert({ _id: 'a', at: '1', region: 'CN', tags: ['x'] });
        await store.close();
        store = await place.open();
        expect(await store.collections()).toEqual([BOOKS]);
        expect(await ids({ tags: { eq: 'x' }, region: { eq: 'CN' } })).toEqual(['a']);
        expect(await insert({ _id: 'a', at: '2' })).toEqual(['a']);
      });
    });

    describe('what no code should ask for', () => {
      const page = (query: object) => store.find(BOOKS, { where: {}, sort: [], limit: 1, ...query });

      it.each(ODD_NAMES)('refuses the name %j, wherever it stands', async (name) => {
        await expect(page({ where: Object.fromEntries([[name, { eq: 1 }]]) })).rejects.toThrow(/named/);
        await expect(page({ sort: [{ field: name, direction: 'asc' }] })).rejects.toThrow(/named/);
        await expect(store.count(BOOKS, Object.fromEntries([[name, { eq: 1 }]]))).rejects.toThrow(/named/);
        await expect(store.groupCount(BOOKS, {}, [name])).rejects.toThrow(/named/);
        await expect(store.ensureCollection(BOOKS, [{ name: 'odd', fields: [name] }])).rejects.toThrow(
          /named/,
        );
        await expect(store.ensureCollection(name, [])).rejects.toThrow(/named/);
        expect(await store.collections()).toEqual([BOOKS]);
      });

      it.each([
        {},
        { $ne: 1 },
        { regex: '.*' },
        { eq: { $ne: null } },
        { eq: ['a'] },
        { in: 'ab' },
        { in: [{ $gt: '' }] },
        { prefix: 1 },
        { exists: 'yes' },
        { gt: null },
        { lt: true },
        { gt: Number.NaN },
        { eq: 1, gt: 0 },
        { gt: 1, where: 'x' },
      ])('refuses the condition %j', async (condition) => {
        await expect(page({ where: { region: condition } })).rejects.toThrow(/cannot be tested/);
      });

      it('refuses a limit below one', async () => {
        await expect(page({ limit: 0 })).rejects.toThrow(/limit/);
        await expect(store.count(BOOKS, {}, 0)).rejects.toThrow(/limit/);
        await expect(store.scan(BOOKS, null, -1)).rejects.toThrow(/limit/);
      });

      it('refuses a place to go on from that does not fit the sort', async () => {
        await expect(page({ after: { values: ['a'], id: 'a' } })).rejects.toThrow(/after/);
        await expect(page({ after: { values: [], id: { $gt: '' } } })).rejects.toThrow(/after/);
      });
    });

    it('answers as the model does, whatever was written', async () => {
      const question = fc.record({
        where: filter,
        sort,
        limit: fc.integer({ min: 1, max: 5 }),
        by: grouping,
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(batch, { maxLength: 5 }),
          fc.array(question, { minLength: 1, maxLength: 6 }),
          async (batches, questions) => {
            await store.dropCollection(BOOKS);
            await store.ensureCollection(BOOKS, indexes);
            const model = new ViewStoreModel();
            for (const [i, writes] of batches.entries()) {
              const call = writes.map(({ id, body, gone, isStale }): DocWrite => ({
                doc: { _id: id, at: `${i + 1}`, ...(gone ? { gone } : body) },
                from: isStale ? 'stale' : model.at(id),
              }));
              expect(new Set(await store.write(BOOKS, call))).toEqual(new Set(model.write(call)));
            }
            expect(await store.scan(BOOKS, null, 100)).toEqual(model.all());
            for (const { where, sort: by, limit, by: groups } of questions) {
              const all = model.find({ where, sort: by, limit: 100 });
              expect(await allPages(store, { where, sort: by, limit })).toEqual(all);
              expect(await store.count(BOOKS, where)).toBe(all.length);
              const counts = await store.groupCount(BOOKS, where, groups);
              expect(new Map(counts.map(({ key, count }) => [JSON.stringify(key), count]))).toEqual(
                model.groups(where, groups),
              );
            }
          },
        ),
        { numRuns: 150 },
      );
    });
  });
}

/** Walks through all pages as a client would, each from the last row of the one before. */
async function allPages(store: ViewStore, query: Parameters<ViewStore['find']>[1]): Promise<ViewDoc[]> {
  const all: ViewDoc[] = [];
  for (;;) {
    const last = all.at(-1);
    const after = last && { after: { values: sortValues(last, query.sort), id: last._id } };
    const page = await store.find(BOOKS, { ...query, ...after });
    all.push(...page);
    if (page.length < query.limit) return all;
  }
}
