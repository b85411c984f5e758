import type { Decider, Decision, DecisionContext, Refusal } from '#engine/decider.js';
import type { Role } from '../roles.js';
import type { StaffEvent } from './events.js';
import { type DeactivateStaff, type ReactivateStaff, deactivateStaff, reactivateStaff } from './leave.js';
import {
  type ChangePassword,
  type IssueOneTimePassword,
  changePassword,
  issueOneTimePassword,
} from './passwords.js';
import { no } from './refusal-texts.js';
import { type RegisterStaff, registerStaff } from './register.js';
import {
  type ConfirmRole,
  type RequestRole,
  type RevokeRole,
  confirmRole,
  requestRole,
  revokeRole,
} from './roles.js';
import { isOperator } from './rules.js';
import { type Staff, evolve, noStaff } from './staff.js';
import { type SignUndertaking, signUndertaking } from './undertake.js';

/** Everything that can be asked about a member of staff. */
export type StaffCommand =
  | RegisterStaff
  | RequestRole
  | ConfirmRole
  | RevokeRole
  | SignUndertaking
  | IssueOneTimePassword
  | ChangePassword
  | DeactivateStaff
  | ReactivateStaff;

type Verb<C> = (command: C, state: Staff, context: DecisionContext) => Decision<StaffEvent>;

interface Row<C> {
  /** Roles of which the actor holds one; `anyone` for what a person does for himself. */
  readonly by: readonly Role[] | 'anyone';
  /** Whether the operator may do it too, on the machine itself. */
  readonly operator?: true;
  readonly decide: Verb<C>;
}

const TEAM = ['administrator', 'manager', 'executive'] as const;

/** Command, who may give it, and what decides. */
const table: { readonly [T in StaffCommand['type']]: Row<Extract<StaffCommand, { type: T }>> } = {
  RegisterStaff: { by: TEAM, operator: true, decide: registerStaff },
  RequestRole: { by: TEAM, decide: requestRole },
  ConfirmRole: { by: ['manager', 'executive'], decide: confirmRole },
  RevokeRole: { by: TEAM, decide: revokeRole },
  SignUndertaking: { by: 'anyone', decide: signUndertaking },
  IssueOneTimePassword: { by: TEAM, operator: true, decide: issueOneTimePassword },
  ChangePassword: { by: 'anyone', decide: changePassword },
  DeactivateStaff: { by: TEAM, decide: deactivateStaff },
  ReactivateStaff: { by: TEAM, decide: reactivateStaff },
};

/** A member of staff, from his registration to his leaving. */
export const staffDecider: Decider<Staff, StaffCommand, StaffEvent> = {
  category: 'staff',
  initial: () => noStaff,
  evolve,
  decide(command, state, context) {
    const row = table[command.type] as Row<StaffCommand>;
    return roleHeld(command, row, context) ?? row.decide(command, state, context);
  },
};

function roleHeld(
  { type }: StaffCommand,
  { by, operator }: Row<StaffCommand>,
  context: DecisionContext,
): Refusal | null {
  if (by === 'anyone' || (operator && isOperator(context))) return null;
  const held = by.some((role) => context.actor.roles.includes(role));
  return held ? null : no('staff.role-missing', { command: type, roles: [...by] });
}
