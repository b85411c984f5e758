import type { Filter, SortKey, ViewStore } from '#engine/ports/view-store.js';
import { collectionName } from '#engine/views/view.js';
import { views } from '#domain/views/all.js';
import { loansIn } from '#domain/views/borrowing-register.js';
import { reviewOrder } from '#domain/views/review-order.js';
import { reviewQueueView, type ReviewQueueRow } from '#domain/views/review-queue.js';
import { openSqliteViewStore } from '#infra/view-store/sqlite/sqlite-view-store.js';
import { documentsAfter, token } from '../builders/documents.js';
import { goldenLog } from '../builders/golden-log.js';
import { recordedLog, type Entry } from '../builders/recorded-log.js';

const log = goldenLog();
let store: ViewStore;

beforeEach(() => {
  store = openSqliteViewStore({ path: ':memory:' });
});
afterEach(() => store.close());

async function fill(events = log) {
  for (const view of views) {
    const collection = collectionName(view.name, view.version, 1);
    await store.ensureCollection(collection, view.indexes);
    const documents = await documentsAfter(view, events);
    const lost = await store.write(
      collection,
      [...documents.values()].map((doc) => ({ doc, from: null })),
    );
    expect(lost).toEqual([]);
  }
}

async function idsOf(view: string, where: Filter, ...sort: string[]) {
  const keys = sort.map((key): SortKey => {
    const descending = key.startsWith('-');
    return { field: descending ? key.slice(1) : key, direction: descending ? 'desc' : 'asc' };
  });
  const { version } = views.find(({ name }) => name === view)!;
  const found = await store.find(collectionName(view, version, 1), { where, sort: keys, limit: 50 });
  return found.map(({ _id }) => _id);
}

const LATE = '2025-05-20T00:00:00.000Z';

it.each<[string, string, Filter, string[], string[]]>([
  ['records in name order', 'records', {}, ['nameOrder'], ['r-alfreds', 'r-huaxing', 'r-zhang']],
  ['records of a province', 'records', { region: { prefix: '33' } }, ['nameOrder'], ['r-huaxing']],
  [
    'records of an owner',
    'records',
    { 'owner.id': { eq: 's-sun' } },
    ['nameOrder'],
    ['r-huaxing', 'r-zhang'],
  ],
  ['urgent records', 'records', { 'urgency.level': { eq: 'urgent' } }, ['nameOrder'], ['r-zhang']],
  ['a record by its phone', 'records', { tokens: { eq: token('phone:+8613812345678') } }, [], ['r-zhang']],
  ['restricted records', 'records', { 'restriction.until': { gt: LATE } }, [], ['r-zhang']],
  [
    'records of a custodian with an open proposal',
    'records',
    { custodian: { eq: 's-zhao' }, signUntil: { gt: LATE } },
    ['signUntil'],
    ['r-zhang'],
  ],
  [
    'what a custodian is to countersign',
    'records',
    { custodian: { eq: 's-zhao' }, countersignBy: { gt: '' } },
    ['countersignBy'],
    ['r-zhang'],
  ],
  [
    'proposals about a record, newest first',
    'proposals',
    { record: { eq: 'r-huaxing' } },
    ['-proposed.at'],
    ['p-5', 'p-4', 'p-3', 'p-2', 'p-1'],
  ],
  [
    'loans of a record, newest first',
    'borrowingRegister',
    { record: { eq: 'r-huaxing' } },
    ['-requestedAt'],
    ['l-5', 'l-4', 'l-3', 'l-2', 'l-1'],
  ],
  [
    'loans of a borrower',
    'borrowingRegister',
    { borrower: { eq: 's-wu' } },
    ['requestedAt'],
    ['l-1', 'l-3', 'l-4'],
  ],
  [
    'a borrower’s active loans',
    'borrowingRegister',
    { borrower: { eq: 's-sun' }, ...loansIn('active', '2025-03-15T00:00:00.000Z') },
    [],
    ['l-5'],
  ],
  [
    'a borrower’s active loans after their end',
    'borrowingRegister',
    { borrower: { eq: 's-sun' }, ...loansIn('active', LATE) },
    [],
    [],
  ],
  ['expired loans', 'borrowingRegister', loansIn('expired', LATE), ['-requestedAt'], ['l-5']],
  [
    'destructions, newest first',
    'destructionRegister',
    {},
    ['-applied.at'],
    ['d-5', 'd-4', 'd-3', 'd-2', 'd-1'],
  ],
  ['destructions to be executed', 'destructionRegister', { state: { eq: 'approved' } }, [], ['d-1']],
  [
    'the numbers of a record',
    'fileNumbers',
    { record: { eq: 'r-zhang' }, filedAt: { gt: '' } },
    [],
    ['KH-2025-00002'],
  ],
  [
    'who read a phone',
    'readings',
    { record: { eq: 'r-huaxing' }, pointers: { eq: '/phone' } },
    ['-readAt'],
    ['staffAccess-s-zheng-202505@0/r-huaxing', 'staffAccess-s-wu-202503@0/r-huaxing'],
  ],
  [
    'what a person read in a month',
    'readings',
    { person: { eq: 's-wu' }, readAt: { gte: '2025-03-01', lt: '2025-04-01' } },
    ['-readAt'],
    ['staffAccess-s-wu-202503@0/r-huaxing', 'staffAccess-s-wu-202503@0/r-zhang'],
  ],
  ['active executives', 'staff', { active: { eq: true }, roles: { eq: 'executive' } }, [], ['s-lin']],
  ['confirmations that wait', 'staff', { pending: { eq: 'custodian' } }, [], ['s-sun']],
  [
    'cases about a record',
    'auditCases',
    { scope: { in: ['r-zhang', 'all'] } },
    ['-openedAt'],
    ['a-2', 'a-1'],
  ],
])('a store answers: %s', async (_question, view, where, sort, ids) => {
  await fill();
  expect(await idsOf(view, where, ...sort)).toEqual(ids);
});

it('the two queries of the review queue list what the order of the queue says', async () => {
  const { type, data } = log.find(({ stream }) => stream === 'customerRecord-r-alfreds')!;
  const entries = Array.from({ length: 24 }, (_, i): Entry => {
    const urgency = ['urgent', 'deferrable', 'can-wait'][i % 3]!;
    const kind = i % 4 === 0 ? 'key' : 'ordinary';
    const at = `2025-03-${String(3 + (i % 8)).padStart(2, '0')}T0${i % 10}:00:00.000Z`;
    const proposed = { grade: 'C', class: { status: 'ended', urgency, urgencyUntil: null, kind } };
    return { stream: `customerRecord-r-${i}`, type, by: 's-1', at, data: { ...data, proposed } };
  });
  const events = recordedLog(entries);
  await fill(events);

  const now = '2025-03-11T10:00:00.000Z';
  const review = { waitsFor: { eq: 'review' } } as const;
  const overdue = await idsOf('reviewQueue', { ...review, dueAt: { lte: now } }, 'dueAt');
  const order = ['urgencyRank', 'keyRank', 'roundRank', 'submittedAt'];
  const rest = await idsOf('reviewQueue', { ...review, dueAt: { gt: now } }, ...order);

  const rows = [...(await documentsAfter(reviewQueueView, events)).values()];
  const expected = rows
    .map((doc) => `${reviewOrder(doc as unknown as ReviewQueueRow, now).key}|${doc._id}`)
    .sort()
    .map((key) => key.slice(key.lastIndexOf('|') + 1));
  expect(overdue.length).toBeGreaterThan(3);
  expect(rest.length).toBeGreaterThan(3);
  expect([...overdue, ...rest]).toEqual(expected);
});
