import { z } from 'zod';
import type { Decider } from '#engine/decider.js';
import { type ShapeOf, eventType } from '#engine/registry.js';
import { no } from '../staff/refusal-texts.js';

/** What one member of staff read under one right: where the values stand, never the values. */
export const FieldsRead = eventType(
  'FieldsRead',
  z.strictObject({
    records: z
      .array(
        z.strictObject({
          id: z.string().min(1),
          pointers: z.array(z.string().startsWith('/')).min(1).readonly(),
        }),
      )
      .min(1)
      .readonly(),
    /** Code of the right used: `custodian`, `loan`, `audit-case` ... */
    right: z.string().min(1),
    /** Purpose code, as stated for the reading or by the loan; null where the right needs none. */
    purpose: z.string().nullable(),
    loanId: z.string().nullable(),
    caseId: z.string().nullable(),
  }),
);

/** Every event of a `staffAccess` stream, for the registry. */
export const staffAccessEventTypes = [FieldsRead] as const;

export type StaffAccessEvent = ShapeOf<typeof FieldsRead>;
export type Reading = StaffAccessEvent['data'];

/** Puts a request's readings on record before anything is shown: one for each right that was used, mostly one. */
export interface ReadFields {
  readonly type: 'ReadFields';
  readonly readings: readonly Reading[];
}

/** The right was checked against the record; here only what was read is written down, so there is no state. */
export const staffAccessDecider: Decider<null, ReadFields, StaffAccessEvent> = {
  category: 'staffAccess',
  initial: () => null,
  evolve: () => null,
  decide: ({ readings }) =>
    readings.length === 0
      ? no('reading.nothing-read')
      : readings.map((data) => ({ type: 'FieldsRead' as const, data })),
};

/**
 * The stream of a person's readings in the month (UTC) of an instant: `staffAccess-<staff>-<yyyymm>`, so that none
 * grows without end.
 */
export function accessStream(staffId: string, now: string): string {
  return `staffAccess-${staffId}-${now.slice(0, 4)}${now.slice(5, 7)}`;
}
