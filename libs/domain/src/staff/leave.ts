import type { Decision, DecisionContext, Refusal } from '#engine/decider.js';
import type { StaffEvent } from './events.js';
import { no } from './refusal-texts.js';
import { type AboutStaff, activeStaff, notForHimself, reasonGiven, reasonOf } from './rules.js';
import type { Staff } from './staff.js';

/** Ends a person's access at once, and names his successor. */
export interface DeactivateStaff extends AboutStaff {
  readonly type: 'DeactivateStaff';
  readonly successor: string;
  readonly reason: string;
  /** What the staff directory says, and the log position at which it was read. */
  readonly facts: { readonly successorActive: boolean; readonly position: string | null };
}

/** Lets a person back in, without roles. */
export interface ReactivateStaff extends AboutStaff {
  readonly type: 'ReactivateStaff';
  readonly reason: string;
}

export function deactivateStaff(
  command: DeactivateStaff,
  state: Staff,
  context: DecisionContext,
): Decision<StaffEvent> {
  const barred =
    activeStaff(state, command) ??
    notForHimself(command, context) ??
    successorFit(command) ??
    reasonGiven(command.reason);
  if (barred) return barred;
  const { successor, facts, reason } = command;
  return [{ type: 'StaffDeactivated', data: { successor, factsAt: facts.position }, ...reasonOf(reason) }];
}

export function reactivateStaff(
  command: ReactivateStaff,
  state: Staff,
  context: DecisionContext,
): Decision<StaffEvent> {
  if (!state.registered) return no('staff.not-found');
  if (state.active) return no('staff.still-active');
  const barred = notForHimself(command, context) ?? reasonGiven(command.reason);
  return barred ?? [{ type: 'StaffReactivated', data: {}, ...reasonOf(command.reason) }];
}

/** A successor is another person, and active. */
export function successorFit({ staffId, successor, facts }: DeactivateStaff): Refusal | null {
  return successor !== staffId && facts.successorActive ? null : no('staff.successor-unfit');
}
