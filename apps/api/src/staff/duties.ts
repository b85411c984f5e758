import { Words } from '#domain/history/words.js';
import type { Staff } from '#domain/staff/staff.js';
import type { StaffRow } from '#domain/views/staff.js';
import type { Locale } from '../http/locale.js';
import type { StaffDutiesAnswer } from './staff-reading.dto.js';

type DutiesOf<S extends Staff | StaffRow> = Pick<S, 'grants' | 'undertakingValidUntil' | 'successor'>;

/** Roles with their ends, those that wait for a second person among them, as his stream or its view has them. */
export function describeDuties(
  { grants, undertakingValidUntil, successor }: DutiesOf<Staff> | DutiesOf<StaffRow>,
  locale: Locale,
): StaffDutiesAnswer {
  const words = new Words(locale, (id) => id);
  return {
    grants: Object.entries(grants).map(([role, { confirmedAt, until }]) => ({
      ...{ role, label: words.roles([role]), confirmedAt, until },
    })),
    undertakingUntil: undertakingValidUntil,
    successor,
  };
}
