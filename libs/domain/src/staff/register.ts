import { type Decision, type DecisionContext, type Refusal, SYSTEM } from '#engine/decider.js';
import type { Role } from '../roles.js';
import type { StaffEvent } from './events.js';
import { no } from './refusal-texts.js';
import { type AboutStaff, isOperator, knownRoles, rolesGoTogether } from './rules.js';
import type { Staff } from './staff.js';

/** Adds a person. The application shows a one-time password, which no event holds. */
export interface RegisterStaff extends AboutStaff {
  readonly type: 'RegisterStaff';
  readonly name: string;
  /** Roles asked for; each waits for confirmation. */
  readonly roles: readonly Role[];
  /** Asks that the role be in force at once, because nobody could confirm it yet. */
  readonly bootstrap: 'administrator' | 'executive' | null;
  /** What the staff directory says, and the log position at which it was read. */
  readonly facts: {
    readonly hasAdministrator: boolean;
    readonly hasExecutive: boolean;
    readonly position: string | null;
  };
}

export function registerStaff(
  command: RegisterStaff,
  state: Staff,
  context: DecisionContext,
): Decision<StaffEvent> {
  const roles = [...new Set(command.roles)];
  const barred =
    (state.registered ? no('staff.already-registered') : null) ??
    idFit(command) ??
    nameGiven(command.name) ??
    knownRoles(roles) ??
    rolesGoTogether(roles) ??
    bootstrapAllowed({ ...command, roles }, context);
  if (barred) return barred;
  const { bootstrap, facts } = command;
  return [
    {
      type: 'StaffRegistered',
      data: { roles, bootstrap, factsAt: facts.position },
      sealed: { person: { '/name': command.name.normalize('NFC').trim() } },
    },
  ];
}

/**
 * Only the first administrator and the first executive whom an administrator registers need no confirmation. The facts
 * are another stream's: that two at the same moment are not both the first is the caller's to see to.
 */
export function bootstrapAllowed(command: RegisterStaff, context: DecisionContext): Refusal | null {
  const { bootstrap, roles, facts } = command;
  if (bootstrap === null) return isOperator(context) ? no('staff.bootstrap-not-allowed') : null;
  const exists = bootstrap === 'administrator' ? facts.hasAdministrator : facts.hasExecutive;
  if (exists) return no('staff.bootstrap-over', { role: bootstrap });
  const byRight =
    bootstrap === 'administrator' ? isOperator(context) : context.actor.roles.includes('administrator');
  const alone = roles.length === 1 && roles[0] === bootstrap;
  return byRight && alone ? null : no('staff.bootstrap-not-allowed');
}

/** A staff id is made of plain letters and digits, and is not the one that the engine and the operator act as. */
export function idFit({ staffId }: AboutStaff): Refusal | null {
  const fit = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(staffId) && staffId.toLowerCase() !== SYSTEM.id;
  return fit ? null : no('staff.id-unfit', { staffId });
}

export function nameGiven(name: string): Refusal | null {
  const length = name.trim().length;
  return length > 0 && length <= 100 ? null : no('staff.name-required');
}
