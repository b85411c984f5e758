import { type DecisionContext, type Refusal, SYSTEM } from '#engine/decider.js';
import type { SealedValues } from '#engine/event.js';
import { ROLES, type Role } from '../roles.js';
import { no } from './refusal-texts.js';
import { type Staff, openRoles } from './staff.js';

/** Staff id of the stream that a command is about. */
export interface AboutStaff {
  readonly staffId: string;
}

type Asking = Pick<DecisionContext, 'actor' | 'onBehalfOf' | 'now'>;

/** The one who asks, and the one in whose name. */
export function persons({ actor, onBehalfOf }: Pick<Asking, 'actor' | 'onBehalfOf'>): string[] {
  return onBehalfOf === null ? [actor.id] : [actor.id, onBehalfOf];
}

/** The operator's own commands come as `system`; no person can. */
export function isOperator({ actor }: Pick<Asking, 'actor'>): boolean {
  return actor.id === SYSTEM.id;
}

/** Who is not registered or has left can be given nothing and can do nothing. */
export function activeStaff(state: Staff, { staffId }: AboutStaff): Refusal | null {
  if (!state.registered) return no('staff.not-found');
  return state.active ? null : no('staff.inactive', { staff: staffId });
}

/** Only the person himself signs for himself: no delegate can. */
export function himself({ staffId }: AboutStaff, { actor, onBehalfOf }: Asking): Refusal | null {
  return actor.id === staffId && onBehalfOf === null ? null : no('staff.only-himself');
}

/** Nobody grants or confirms a role for himself, or deactivates himself. */
export function notForHimself({ staffId }: AboutStaff, asking: Asking): Refusal | null {
  return persons(asking).includes(staffId) ? no('staff.not-for-himself') : null;
}

/** A role is confirmed by another person than the one who asked for it. */
export function notTheRequester(requestedBy: readonly string[], asking: Asking): Refusal | null {
  return persons(asking).some((person) => requestedBy.includes(person))
    ? no('staff.same-person-confirms')
    : null;
}

/** Administrator and auditor hold no other role; the others may be combined. Requests count as roles. */
export function rolesGoTogether(roles: readonly Role[]): Refusal | null {
  const alone = roles.some((role) => role === 'administrator' || role === 'auditor');
  return alone && roles.length > 1 ? no('staff.role-combination', { roles: [...roles] }) : null;
}

/** A role is asked for once: not while it is held or waits for confirmation. */
export function roleNotOpen(role: Role, state: Staff, { now }: Asking): Refusal | null {
  return openRoles(state, now).includes(role) ? no('staff.role-already-open', { role }) : null;
}

export function knownRoles(roles: readonly string[]): Refusal | null {
  const unknown = roles.find((role) => !(ROLES as readonly string[]).includes(role));
  return unknown === undefined ? null : no('staff.role-unknown', { role: unknown });
}

export function reasonGiven(reason: string): Refusal | null {
  return reason.trim() === '' ? no('staff.reason-required') : null;
}

/** A reason, ready to be sealed under the person's key. */
export function reasonOf(reason: string): { sealed: { person: SealedValues } } {
  return { sealed: { person: { '/text/reason': reason.trim() } } };
}
