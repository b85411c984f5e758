import type { View } from '#engine/views/view.js';
import { recordIdOf } from './record-events.js';

/** Which record a file number belongs to. No personal data, so it outlives the record. */
export type FileNumberRow = {
  readonly record: string;
  /** `null` where the number was reserved, and so far not used: gaps are allowed. */
  readonly filedAt: string | null;
};

/**
 * Which record is, or was, filed under this number?
 *
 * Key: the file number. Serves `GET /v1/records/{file number}`, a destroyed record's too, and gives the register of
 * destructions its file numbers (`record in [...]`, `filedAt gt ''`).
 */
export const fileNumbersView: View<FileNumberRow> = {
  name: 'fileNumbers',
  version: 1,
  indexes: [{ name: 'byRecord', fields: ['record'] }],
  begins: ['FileNumberReserved', 'RecordFiled'],
  keys({ type, data }) {
    const names = type === 'FileNumberReserved' || type === 'RecordFiled';
    return names && typeof data['fileNumber'] === 'string' ? [data['fileNumber']] : [];
  },
  evolve(row, event) {
    const filedIn = recordIdOf(event);
    if (filedIn !== null) return { record: filedIn, filedAt: event.recordedAt };
    return { record: event.data['recordId'] as string, filedAt: row?.filedAt ?? null };
  },
};
