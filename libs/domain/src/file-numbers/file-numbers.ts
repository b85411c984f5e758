import { z } from 'zod';
import type { Decider } from '#engine/decider.js';
import { eventType, type ShapeOf } from '#engine/registry.js';
import { no } from '../records/refusal-texts.js';

/** `KH-2025-00017`: year, and the place in that year's sequence. */
export const FILE_NUMBER = /^KH-\d{4}-\d{5}$/;

/** Stream `fileNumbers-<year>`: a number is reserved here before a record is filed under it; gaps are allowed. */
export const FileNumberReserved = eventType(
  'FileNumberReserved',
  z.strictObject({ recordId: z.string(), fileNumber: z.string(), sequence: z.number().int() }),
);

export type FileNumberEvent = ShapeOf<typeof FileNumberReserved>;

/** Reserves the year's next number for a record. */
export interface ReserveFileNumber {
  readonly type: 'ReserveFileNumber';
  /** Four digits; the year that the stream is named after. */
  readonly year: string;
  readonly recordId: string;
}

export interface FileNumbersState {
  /** Sequence of the last number given; 0 before the first. */
  readonly last: number;
}

const LAST = 99_999;

/**
 * Refusals: `staff.role-missing`, `file-number.exhausted`. That a record gets one number a year is the command id's work:
 * it derives from the record, so that asking again gives the first answer again.
 */
export const fileNumbersDecider: Decider<FileNumbersState, ReserveFileNumber, FileNumberEvent> = {
  category: 'fileNumbers',
  initial: () => ({ last: 0 }),
  evolve: (_state, { data }) => ({ last: data.sequence }),
  decide({ type, year, recordId }, state, { actor }) {
    if (!actor.roles.includes('custodian')) {
      return no('staff.role-missing', { command: type, roles: ['custodian'] });
    }
    const sequence = state.last + 1;
    if (sequence > LAST) return no('file-number.exhausted', { year });
    return [
      {
        type: 'FileNumberReserved',
        data: { recordId, fileNumber: formatFileNumber(year, sequence), sequence },
      },
    ];
  },
};

export function formatFileNumber(year: string, sequence: number): string {
  return `KH-${year}-${String(sequence).padStart(5, '0')}`;
}
