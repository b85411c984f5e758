import type { Label } from '../schema/fields.js';
import type { ReviewQueueRow } from './review-queue.js';

/** Why a record stands where it does in the review queue: a stable code and the facts that its text names. */
export interface OrderReason {
  readonly code: OrderReasonCode;
  readonly params: Readonly<Record<string, string>>;
}

/** Place of a record in the review queue. */
export interface ReviewOrder {
  /** Sorts as a string; the same order as the two queries of `reviewQueueView`, but for equal ones. */
  readonly key: string;
  /** Weightiest first; at least one. */
  readonly reasons: readonly OrderReason[];
}

/** Each reason in words; `{name}` stands for its parameter of that name. */
export const orderReasonTexts = {
  'review.overdue': { en: 'overdue since {dueAt}', zh: '已于 {dueAt} 逾期' },
  'review.urgent': { en: 'urgent, due {dueAt}', zh: '紧急，{dueAt} 前办结' },
  'review.deferrable': { en: 'deferrable, due {dueAt}', zh: '缓处理，{dueAt} 前办结' },
  'review.can-wait': { en: 'can wait, due {dueAt}', zh: '可等待，{dueAt} 前办结' },
  'review.key-customer': { en: 'key customer', zh: '重点客户' },
  'review.later-round': { en: 'round {round}', zh: '第 {round} 轮审核' },
  'review.waiting-since': { en: 'waiting since {submittedAt}', zh: '自 {submittedAt} 起待审' },
} as const satisfies Readonly<Record<string, Label>>;

export type OrderReasonCode = keyof typeof orderReasonTexts;

const URGENCIES = ['review.urgent', 'review.deferrable', 'review.can-wait'] as const;

/**
 * Where a record that waits for review stands at an instant, and why: overdue ones first, by when they were due; then
 * by urgency, key customers, later rounds and age. No event of a record carries a legal deadline as yet; one would
 * come right behind the overdue.
 */
export function reviewOrder(
  row: Pick<ReviewQueueRow, 'dueAt' | 'submittedAt' | 'round' | 'urgencyRank' | 'keyRank' | 'roundRank'>,
  now: string,
): ReviewOrder {
  const { urgencyRank, keyRank, roundRank, round } = row;
  const dueAt = row.dueAt ?? '';
  const submittedAt = row.submittedAt ?? '';
  const overdue = row.dueAt !== null && row.dueAt <= now;
  const reasons: OrderReason[] = [
    overdue
      ? { code: 'review.overdue', params: { dueAt } }
      : { code: URGENCIES[urgencyRank] ?? 'review.can-wait', params: { dueAt } },
  ];
  if (keyRank === 0) reasons.push({ code: 'review.key-customer', params: {} });
  if (roundRank === 0) reasons.push({ code: 'review.later-round', params: { round: String(round) } });
  reasons.push({ code: 'review.waiting-since', params: { submittedAt } });
  const key = overdue ? ['0', dueAt] : ['1', urgencyRank, keyRank, roundRank, submittedAt];
  return { key: key.join('|'), reasons };
}
