import type { Refusal } from '#engine/decider.js';
import { addDays, localDate } from '../calendar.js';
import { isDate } from '../schema/dates.js';
import type { Ground, RecordPolicy } from './policies.js';
import type { CustomerRecord } from './record.js';
import { no } from './refusal-texts.js';
import type { Situation } from './rules.js';

/** Retention that no date ends. */
export const FOR_EVER = 'for-ever';

/**
 * The date from which a ground allows destruction; `null` where it demands no retention, `FOR_EVER` where none ends.
 * Retention runs from the last contact, which is not before the first; where none is known, from the first contact or
 * the filing, whichever is later.
 */
export function retainUntil(
  state: CustomerRecord,
  { retention }: Ground,
  lastContactOn: string | null,
  policy: RecordPolicy,
): string | null {
  if (retention === 'none') return null;
  const { filing, closedAt, firstContactOn } = state;
  if (!filing) {
    if (retention === 'legal-minimum') return null;
    if (closedAt === null) return FOR_EVER;
    return localDate(addDays(closedAt, policy.retention.notFiledDays), policy.timeZone);
  }
  const kept = policy.retention.classes[filing.retentionClass];
  const years = retention === 'full' ? kept?.years : kept?.legalMinimumYears;
  if (years === undefined || years === null) return FOR_EVER;
  const filedOn = localDate(filing.filedAt, policy.timeZone);
  return addYears(later(lastContactOn ?? filedOn, firstContactOn), years);
}

export function retentionOver(until: string | null, { now, policy }: Situation): Refusal | null {
  if (until === null) return null;
  if (until === FOR_EVER) return no('destruction.retention-without-end');
  return localDate(now, policy.timeZone) < until
    ? no('destruction.retention-not-over', { retainUntil: until })
    : null;
}

/** A contact is a date that has been. */
export function contactHasBeen(on: string | null, { now, policy }: Situation): Refusal | null {
  if (on === null) return null;
  return isDate(on) && on <= localDate(now, policy.timeZone) ? null : no('destruction.last-contact-invalid');
}

function later(date: string, other: string | null): string {
  return other !== null && other > date ? other : date;
}

/** The same day so many years later; 29 February becomes 1 March where the year has none. */
function addYears(date: string, years: number): string {
  const moved = `${String(Number(date.slice(0, 4)) + years).padStart(4, '0')}${date.slice(4)}`;
  return isDate(moved) ? moved : moved.replace('-02-29', '-03-01');
}
