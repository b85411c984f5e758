import type { Decision, DecisionContext, Refusal } from '#engine/decider.js';
import type { Role } from '../roles.js';
import type { StaffEvent } from './events.js';
import { no } from './refusal-texts.js';
import {
  type AboutStaff,
  activeStaff,
  knownRoles,
  notForHimself,
  notTheRequester,
  reasonGiven,
  reasonOf,
  roleNotOpen,
  rolesGoTogether,
} from './rules.js';
import { type Staff, openRoles } from './staff.js';

/** Asks for a role for another person. It is in force only once a second person has confirmed it. */
export interface RequestRole extends AboutStaff {
  readonly type: 'RequestRole';
  readonly role: Role;
  readonly reason: string;
  /** Instant at which the role ends by itself; null where it does not. */
  readonly until: string | null;
}

/** Puts a requested role in force. */
export interface ConfirmRole extends AboutStaff {
  readonly type: 'ConfirmRole';
  readonly role: Role;
}

/** Ends a role at once, or turns a request down. */
export interface RevokeRole extends AboutStaff {
  readonly type: 'RevokeRole';
  readonly role: Role;
  readonly reason: string;
}

export function requestRole(
  command: RequestRole,
  state: Staff,
  context: DecisionContext,
): Decision<StaffEvent> {
  const { role, reason, until } = command;
  const barred =
    activeStaff(state, command) ??
    notForHimself(command, context) ??
    knownRoles([role]) ??
    roleNotOpen(role, state, context) ??
    rolesGoTogether([...openRoles(state, context.now), role]) ??
    endsInFuture(until, context.now) ??
    reasonGiven(reason);
  if (barred) return barred;
  const end = until === null ? null : new Date(until).toISOString();
  return [{ type: 'RoleRequested', data: { role, until: end }, ...reasonOf(reason) }];
}

export function confirmRole(
  command: ConfirmRole,
  state: Staff,
  context: DecisionContext,
): Decision<StaffEvent> {
  const { role } = command;
  const barred = activeStaff(state, command) ?? notForHimself(command, context);
  if (barred) return barred;
  const grant = openRoles(state, context.now).includes(role) ? state.grants[role] : undefined;
  if (grant === undefined || grant.confirmedAt !== null) return no('staff.role-not-requested', { role });
  return notTheRequester(grant.requestedBy, context) ?? [{ type: 'RoleConfirmed', data: { role } }];
}

export function revokeRole(command: RevokeRole, state: Staff): Decision<StaffEvent> {
  const { role, reason } = command;
  const barred = activeStaff(state, command) ?? reasonGiven(reason);
  if (barred) return barred;
  const grant = state.grants[role];
  if (grant === undefined) return no('staff.role-not-held', { role });
  const was = grant.confirmedAt === null ? 'requested' : 'held';
  return [{ type: 'RoleRevoked', data: { role, was }, ...reasonOf(reason) }];
}

/** A role that ends by itself ends in the future. */
export function endsInFuture(until: string | null, now: string): Refusal | null {
  if (until === null || Date.parse(until) > Date.parse(now)) return null;
  return no('staff.end-not-in-future', { until });
}
