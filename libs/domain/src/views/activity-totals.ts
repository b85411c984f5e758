import type { Json } from '#engine/json.js';
import { GONE, type View } from '#engine/views/view.js';
import type { ActivityKind } from '../activity/kinds.js';
import { addMoney, subtractMoney } from '../money.js';
import { activityOf, asActivityEvent } from './activity-events.js';
import { recordIdOf } from './record-events.js';

/** What a customer's activity adds up to. */
export type ActivityTotalsRow = {
  /** Kind -> entries that were not struck out. */
  readonly counts: Readonly<Partial<Record<ActivityKind, number>>>;
  /** Currency -> sum of all transactions, returns negative; one that is level is left out. */
  readonly spend: Readonly<Record<string, string>>;
};

const NOTHING: ActivityTotalsRow = { counts: {}, spend: {} };

/**
 * How much is there about a customer, and what has he spent?
 *
 * Key: the customer's record. It holds sums of what he spent, so his destruction removes it, and whatever of his
 * activity comes later finds a tombstone. Serves `GET /v1/records/{id}/activity-totals`.
 */
export const activityTotalsView: View<ActivityTotalsRow> = {
  name: 'activityTotals',
  version: 1,
  indexes: [],
  begins: ['ActivityRecorded', 'RecordDestructionBegun'],
  keys(event) {
    const id = isDestruction(event) ? recordIdOf(event) : activityOf(event);
    return id === null ? [] : [id];
  },
  opens(event) {
    const sums = !isDestruction(event) && asActivityEvent(event).data.kind === 'transaction';
    return sums ? ['/amount', '/currency', '/was/amount', '/was/currency'] : [];
  },
  evolve(row, recorded, _key, { opened }) {
    if (isDestruction(recorded)) return GONE;
    const { type, data } = asActivityEvent(recorded);
    const { counts, spend } = row ?? NOTHING;
    const more = { ActivityRecorded: 1, ActivityCorrected: 0, ActivityStruck: -1 }[type];
    const without = changed(spend, opened.get('/was/currency'), opened.get('/was/amount'), subtractMoney);
    return {
      counts: { ...counts, [data.kind]: (counts[data.kind] ?? 0) + more },
      spend: changed(without, opened.get('/currency'), opened.get('/amount'), addMoney),
    };
  },
};

function isDestruction({ type, data }: { readonly type: string; readonly data: object }): boolean {
  return (
    type === 'RecordDestructionBegun' && (data as { target?: { kind?: string } }).target?.kind === 'record'
  );
}

/** A value that has been destroyed is absent and changes nothing. */
function changed(
  spend: ActivityTotalsRow['spend'],
  currency: Json | undefined,
  amount: Json | undefined,
  by: (sum: string, amount: string) => string,
): ActivityTotalsRow['spend'] {
  if (typeof currency !== 'string' || typeof amount !== 'string') return spend;
  const { [currency]: sum = '0', ...others } = spend;
  const now = by(sum, amount);
  return now === '0.00' ? others : { ...others, [currency]: now };
}
