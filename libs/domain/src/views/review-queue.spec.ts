import { documentAfter } from '../../../../test/builders/documents.js';
import { goldenLog } from '../../../../test/builders/golden-log.js';
import { recordedLog, type Entry } from '../../../../test/builders/recorded-log.js';
import { reviewOrder } from './review-order.js';
import { reviewQueueView, type ReviewQueueRow } from './review-queue.js';

const log = goldenLog();

const rowAt = (id: string, revision: number) =>
  documentAfter<ReviewQueueRow>(
    reviewQueueView,
    log.filter((event) => event.stream === `customerRecord-${id}` && event.revision <= revision),
    id,
  );

/** A record submitted at once, of some urgency. */
function submitted(urgency: string, at: string, urgencyUntil: string | null = null): Entry {
  const { type, data } = log.find(({ stream }) => stream === 'customerRecord-r-alfreds')!;
  const proposed = { grade: 'C', class: { status: 'ended', urgency, urgencyUntil, kind: 'ordinary' } };
  return { stream: 'customerRecord-r-1', type, by: 's-1', at, data: { ...data, proposed } };
}

const waiting = (...entries: Entry[]) =>
  documentAfter<ReviewQueueRow>(reviewQueueView, recordedLog(entries), 'r-1');

describe('a record waits', () => {
  it.each([
    ['for its submission as a draft', 'r-huaxing', 0, 'submission'],
    ['for its review once it is submitted', 'r-huaxing', 1, 'review'],
    ['for rework once it is returned', 'r-huaxing', 2, 'rework'],
    ['for its review again once it is mended', 'r-huaxing', 3, 'review'],
    ['for its filing once it is approved', 'r-huaxing', 4, 'filing'],
    ['for its allocation once it is filed', 'r-huaxing', 5, 'allocation'],
    ['for nothing once it is allocated', 'r-huaxing', 6, null],
    ['for its filing still, where it was allocated first', 'r-zhang', 2, 'filing'],
    ['for nothing once it is filed, where it was allocated first', 'r-zhang', 3, null],
    ['for nothing once it is rejected', 'r-li', 1, null],
    ['for nothing once it is withdrawn', 'r-alfreds', 1, null],
  ] as const)('%s', async (_rule, id, revision, waitsFor) => {
    expect((await rowAt(id, revision)).waitsFor).toBe(waitsFor);
  });

  it('with all who brought it, so that none of them reviews it', async () => {
    expect((await rowAt('r-huaxing', 3)).authors).toEqual(['s-sun', 's-zhou']);
    expect((await rowAt('r-zhang', 0)).byManager).toBe(true);
    expect((await rowAt('r-huaxing', 3)).byManager).toBe(false);
  });
});

describe('a review is due', () => {
  // 7 March 2025 is a Friday; 17:00 in Shanghai is 09:00 UTC.
  it.each([
    ['urgent', '2025-03-10T04:00:00.000Z'],
    ['deferrable', '2025-03-11T10:00:00.000Z'],
    ['can-wait', '2025-03-14T10:00:00.000Z'],
  ])('by working time: %s from Friday 17:00 at %s', async (urgency, dueAt) => {
    expect((await waiting(submitted(urgency, '2025-03-07T09:00:00.000Z'))).dueAt).toBe(dueAt);
  });

  it('no more once it is done', async () => {
    expect((await rowAt('r-huaxing', 2)).dueAt).toBeNull();
    expect((await rowAt('r-huaxing', 4)).dueAt).toBeNull();
  });

  it('as one that can wait where the urgency ended before the submission', async () => {
    const row = await rowAt('r-huaxing', 3);
    expect([row.urgency, row.urgencyUntil]).toEqual(['urgent', '2025-03-06T01:00:00.000Z']);
    expect([row.urgencyRank, row.dueAt]).toEqual([2, '2025-03-14T10:00:00.000Z']);
  });
});

describe('the order of the queue', () => {
  const NOW = '2025-03-10T05:00:00.000Z';
  const row = (more: Partial<ReviewQueueRow> = {}) => ({
    ...{ dueAt: '2025-03-20T10:00:00.000Z', submittedAt: '2025-03-10T01:00:00.000Z', round: 1 },
    ...{ urgencyRank: 2, keyRank: 1, roundRank: 1 },
    ...more,
  });
  const later = '2025-03-10T02:00:00.000Z';

  it.each([
    ['what is overdue before what is not', { dueAt: NOW, urgencyRank: 2 }, { urgencyRank: 0 }],
    ['what is longer overdue first', { dueAt: '2025-03-09T00:00:00.000Z' }, { dueAt: NOW, urgencyRank: 0 }],
    ['the urgent before the deferrable', { urgencyRank: 0 }, { urgencyRank: 1, keyRank: 0 }],
    ['the deferrable before what can wait', { urgencyRank: 1 }, { urgencyRank: 2, keyRank: 0 }],
    ['key customers before others of the same urgency', { keyRank: 0 }, { roundRank: 0 }],
    ['second rounds before first ones', { roundRank: 0, submittedAt: later }, {}],
    ['the older first', {}, { submittedAt: later }],
  ])('has %s', (_rule, first, second) => {
    const [one, other] = [reviewOrder(row(first), NOW).key, reviewOrder(row(second), NOW).key];
    expect(one < other).toBe(true);
  });

  it('is explained, weightiest reason first', () => {
    const late = row({ dueAt: '2025-03-09T00:00:00.000Z', keyRank: 0, roundRank: 0, round: 2 });
    expect(reviewOrder(late, NOW).reasons).toEqual([
      { code: 'review.overdue', params: { dueAt: '2025-03-09T00:00:00.000Z' } },
      { code: 'review.key-customer', params: {} },
      { code: 'review.later-round', params: { round: '2' } },
      { code: 'review.waiting-since', params: { submittedAt: '2025-03-10T01:00:00.000Z' } },
    ]);
    expect(reviewOrder(row({ urgencyRank: 1 }), NOW).reasons[0]?.code).toBe('review.deferrable');
  });
});
