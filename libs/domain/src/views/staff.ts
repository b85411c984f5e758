import { categoryOf, idOf, type Recorded, type RecordedEvent } from '#engine/event.js';
import type { View } from '#engine/views/view.js';
import type { Role } from '../roles.js';
import type { StaffEvent } from '../staff/events.js';
import { evolve, noStaff, rolesAt, type RoleGrant, type Staff } from '../staff/staff.js';
import { keptBox, type KeptBox } from './placed-box.js';

/** A member of staff: who he is (sealed), and which duties he has or is to have. */
export type StaffRow = Omit<Plain<Staff>, 'registered' | 'activeSince' | 'grants'> & {
  readonly grants: Readonly<Partial<Record<Role, Plain<RoleGrant>>>>;
  /** Roles that were confirmed; one with an end is in force only until then (`staffRolesAt`). */
  readonly roles: readonly Role[];
  /** Roles that wait for a second person. */
  readonly pending: readonly Role[];
  /** The box that holds his name at `/name`. */
  readonly name: KeptBox | null;
  readonly registeredAt: string;
  readonly deactivatedAt: string | null;
};

type Plain<T> = { readonly [K in keyof T]: T[K] };

/**
 * Who works here, under which name, with which duties?
 *
 * Serves `GET /v1/staff` (`active`, `registeredAt`), names (by key), `GET /v1/staff/coverage` and the question whether
 * there is an administrator or executive (`active eq true`, `roles eq <role>`), and the confirmations that wait
 * (`pending eq <role>`).
 */
export const staffView: View<StaffRow> = {
  name: 'staff',
  version: 1,
  indexes: [
    { name: 'byActivity', fields: ['active', 'registeredAt'] },
    { name: 'byRole', fields: ['roles'], list: true },
    { name: 'byPending', fields: ['pending'], list: true },
  ],
  begins: ['StaffRegistered'],
  keys: (event) => (categoryOf(event.stream) === 'staff' ? [idOf(event.stream)] : []),
  evolve(row, recorded) {
    const event = asStaffEvent(recorded);
    const before: Staff = row === null ? noStaff : { ...noStaff, ...row, registered: true };
    const { registered: _always, activeSince: _registeredAt, ...state } = evolve(before, event);
    const grants = Object.entries(state.grants) as [Role, RoleGrant][];
    const rolesThat = (confirmed: boolean) =>
      grants.filter(([, grant]) => (grant.confirmedAt !== null) === confirmed).map(([role]) => role);
    return {
      ...state,
      grants: Object.fromEntries(grants.map(([role, grant]) => [role, { ...grant }])),
      roles: rolesThat(true),
      pending: rolesThat(false),
      name: event.type === 'StaffRegistered' ? keptBox(recorded, 'person') : (row?.name ?? null),
      registeredAt: row?.registeredAt ?? event.recordedAt,
      deactivatedAt: deactivatedAt(row, event),
    };
  },
};

/** The roles in force at an instant. */
export function staffRolesAt(row: Pick<StaffRow, 'active' | 'grants'>, now: string): Role[] {
  return rolesAt({ ...noStaff, active: row.active, grants: row.grants }, now);
}

function deactivatedAt(row: StaffRow | null, event: Recorded<StaffEvent>): string | null {
  if (event.type === 'StaffDeactivated') return event.recordedAt;
  return event.type === 'StaffReactivated' ? null : (row?.deactivatedAt ?? null);
}

function asStaffEvent(event: RecordedEvent): Recorded<StaffEvent> {
  return event as unknown as Recorded<StaffEvent>;
}
