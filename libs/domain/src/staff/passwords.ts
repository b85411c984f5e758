import type { Decision, DecisionContext } from '#engine/decider.js';
import type { StaffEvent } from './events.js';
import { type AboutStaff, activeStaff, himself, notForHimself } from './rules.js';
import type { Staff } from './staff.js';

/** Notes that the person set a password of his own. The password stands in the vault, hashed, and nowhere else. */
export interface ChangePassword extends AboutStaff {
  readonly type: 'ChangePassword';
}

/** Notes that a one-time password was shown for this person. */
export interface IssueOneTimePassword extends AboutStaff {
  readonly type: 'IssueOneTimePassword';
}

export function changePassword(
  command: ChangePassword,
  state: Staff,
  context: DecisionContext,
): Decision<StaffEvent> {
  return activeStaff(state, command) ?? himself(command, context) ?? [{ type: 'PasswordChanged', data: {} }];
}

export function issueOneTimePassword(
  command: IssueOneTimePassword,
  state: Staff,
  context: DecisionContext,
): Decision<StaffEvent> {
  const barred = activeStaff(state, command) ?? notForHimself(command, context);
  return barred ?? [{ type: 'OneTimePasswordIssued', data: {} }];
}
