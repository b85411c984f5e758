import type { Recorded } from '#engine/event.js';
import type { Role } from '../roles.js';
import type { StaffEvent } from './events.js';

/** A role that was asked for, and since when it is in force. */
export interface RoleGrant {
  /** Persons behind the request: who asked, and in whose name. */
  readonly requestedBy: readonly string[];
  readonly requestedAt: string;
  /** When a second person confirmed it; null while it waits. */
  readonly confirmedAt: string | null;
  /** The role is held before this instant; null where it has no end. */
  readonly until: string | null;
}

/** A member of staff as the rules see him. His name is sealed and not here. */
export interface Staff {
  readonly registered: boolean;
  readonly active: boolean;
  /** Start of his present time of service; '' where there is none. Grants from before it are over. */
  readonly activeSince: string;
  /** The role that stands without confirmation, for the very first administrator and executive. */
  readonly bootstrap: 'administrator' | 'executive' | null;
  readonly grants: Readonly<Partial<Record<Role, RoleGrant>>>;
  readonly undertakingSignedAt: string | null;
  /** The undertaking of confidentiality is good before this instant. */
  readonly undertakingValidUntil: string | null;
  readonly mustChangePassword: boolean;
  readonly successor: string | null;
}

export const noStaff: Staff = {
  registered: false,
  active: false,
  activeSince: '',
  bootstrap: null,
  grants: {},
  undertakingSignedAt: null,
  undertakingValidUntil: null,
  mustChangePassword: false,
  successor: null,
};

/** Folds one event into the state. */
export function evolve(state: Staff, event: Recorded<StaffEvent>): Staff {
  const at = event.recordedAt;
  switch (event.type) {
    case 'StaffRegistered': {
      const { roles, bootstrap } = event.data;
      const grants = roles.map((role) => [role, requested(event, role === bootstrap ? at : null, null)]);
      return {
        ...noStaff,
        registered: true,
        active: true,
        activeSince: at,
        bootstrap,
        grants: Object.fromEntries(grants) as Staff['grants'],
        mustChangePassword: true,
      };
    }
    case 'RoleRequested': {
      const { role, until } = event.data;
      return { ...state, grants: { ...state.grants, [role]: requested(event, null, until) } };
    }
    case 'RoleConfirmed': {
      const grant = state.grants[event.data.role];
      if (grant === undefined) return state;
      return { ...state, grants: { ...state.grants, [event.data.role]: { ...grant, confirmedAt: at } } };
    }
    case 'RoleRevoked': {
      const { [event.data.role]: _ended, ...grants } = state.grants;
      return { ...state, grants };
    }
    case 'UndertakingSigned':
      return { ...state, undertakingSignedAt: at, undertakingValidUntil: event.data.validUntil };
    case 'OneTimePasswordIssued':
      return { ...state, mustChangePassword: true };
    case 'PasswordChanged':
      return { ...state, mustChangePassword: false };
    case 'StaffDeactivated':
      return { ...state, active: false, grants: {}, successor: event.data.successor };
    case 'StaffReactivated':
      return { ...state, active: true, activeSince: at, successor: null, mustChangePassword: true };
  }
}

/** The roles in force at an instant: confirmed and not ended; none of a person who is not active. */
export function rolesAt(state: Staff, now: string): Role[] {
  const confirmed = (role: Role) => typeof state.grants[role]?.confirmedAt === 'string';
  return state.active ? openRoles(state, now).filter(confirmed) : [];
}

/** The roles in force and those that wait for confirmation. */
export function openRoles(state: Staff, now: string): Role[] {
  const entries = Object.entries(state.grants) as [Role, RoleGrant][];
  return entries.filter(([, { until }]) => until === null || now < until).map(([role]) => role);
}

function requested(
  { actorId, onBehalfOf, recordedAt }: Recorded<StaffEvent>,
  confirmedAt: string | null,
  until: string | null,
): RoleGrant {
  const requestedBy = onBehalfOf === null ? [actorId] : [actorId, onBehalfOf];
  return { requestedBy, requestedAt: recordedAt, confirmedAt, until };
}
