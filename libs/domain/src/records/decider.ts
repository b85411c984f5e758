import { SYSTEM, type Decider, type Decision, type Refusal } from '#engine/decider.js';
import { allocateRecord } from './allocate.js';
import { decideLoan, endorseLoan, requestLoan, revokeLoan, withdrawLoanRequest } from './borrow.js';
import { collectRecord } from './collect.js';
import type { CommandOf, RecordCommand } from './commands.js';
import { countersignUpdate } from './countersign.js';
import {
  appraiseDestruction,
  applyForDestruction,
  attestDestruction,
  attestShredding,
  completeDestruction,
  decideDestruction,
  executeDestruction,
  withdrawDestruction,
} from './destroy.js';
import type { RecordEvent } from './events.js';
import { fileRecord } from './file.js';
import { consentToRelease, placeHold, releaseHold } from './hold.js';
import { defaultRecordPolicy, type RecordPolicy } from './policies.js';
import { proposeUpdate } from './propose.js';
import { evolve, noRecord, type CustomerRecord, type RecordState } from './record.js';
import { no } from './refusal-texts.js';
import { approveRecord, rejectRecord, returnRecord } from './review.js';
import { commandRoles } from './roles.js';
import type { RecordContext, Situation } from './rules.js';
import { signProposal, withdrawProposal } from './sign.js';
import { resubmitRecord, submitRecord, withdrawRecord } from './submit.js';
import { touches } from './touches.js';

type Verbs = {
  readonly [T in Exclude<RecordCommand['type'], 'CollectRecord'>]: (
    command: CommandOf<T>,
    state: CustomerRecord,
    context: RecordContext,
  ) => Decision<RecordEvent>;
};

const verbs: Verbs = {
  SubmitRecord: submitRecord,
  WithdrawRecord: withdrawRecord,
  ApproveRecord: approveRecord,
  ReturnRecord: returnRecord,
  RejectRecord: rejectRecord,
  ResubmitRecord: resubmitRecord,
  FileRecord: fileRecord,
  AllocateRecord: allocateRecord,
  ProposeUpdate: proposeUpdate,
  SignProposal: signProposal,
  WithdrawProposal: withdrawProposal,
  CountersignUpdate: countersignUpdate,
  RequestLoan: requestLoan,
  WithdrawLoanRequest: withdrawLoanRequest,
  EndorseLoan: endorseLoan,
  DecideLoan: decideLoan,
  RevokeLoan: revokeLoan,
  PlaceHold: placeHold,
  ConsentToRelease: consentToRelease,
  ReleaseHold: releaseHold,
  ApplyForDestruction: applyForDestruction,
  WithdrawDestruction: withdrawDestruction,
  AppraiseDestruction: appraiseDestruction,
  DecideDestruction: decideDestruction,
  AttestDestruction: attestDestruction,
  AttestShredding: attestShredding,
  ExecuteDestruction: executeDestruction,
  CompleteDestruction: completeDestruction,
};

const reviewed = [
  'RecordSubmitted',
  'RecordResubmitted',
  'RecordWithdrawn',
  'RecordApproved',
  'RecordReturned',
  'RecordRejected',
] as const;
const rewritten = [
  'RecordApproved',
  'RecordFiled',
  'RecordUpdated',
  'ProposalSigned',
  'UpdateReverted',
] as const;
const decidedOn = ['ProposalSigned', 'ProposalRefused', 'ProposalWithdrawn', 'ProposalSuperseded'] as const;
const lent = ['LoanRequestWithdrawn', 'LoanEndorsed', 'LoanGranted', 'LoanRefused', 'LoanRevoked'] as const;
const held = ['HoldPlaced', 'HoldReleaseConsented', 'HoldReleased'] as const;
const applied = [
  'DestructionApplied',
  'DestructionApplicationWithdrawn',
  'DestructionAppraised',
  'DestructionApproved',
  'DestructionRefused',
] as const;

/** The events that each command's `If-Match` is about: what the person must have seen before he decides. */
const dependsOn: Partial<Record<RecordCommand['type'], readonly RecordEvent['type'][]>> = {
  SubmitRecord: reviewed,
  WithdrawRecord: reviewed,
  ApproveRecord: reviewed,
  ReturnRecord: reviewed,
  RejectRecord: reviewed,
  ResubmitRecord: reviewed,
  FileRecord: ['RecordFiled', 'RecordAllocated'],
  AllocateRecord: ['RecordAllocated', 'RecordFiled'],
  ProposeUpdate: rewritten,
  SignProposal: [...rewritten, ...decidedOn],
  WithdrawProposal: decidedOn,
  CountersignUpdate: [...rewritten, 'UpdateCountersigned'],
  RequestLoan: ['RecordFiled', 'DestructionApplied', 'DestructionApproved'],
  WithdrawLoanRequest: lent,
  EndorseLoan: lent,
  DecideLoan: [...lent, 'RecordAllocated', 'DestructionApplied', 'DestructionApproved'],
  RevokeLoan: lent,
  PlaceHold: held,
  ConsentToRelease: held,
  ReleaseHold: held,
  ApplyForDestruction: [...applied, ...held],
  WithdrawDestruction: applied,
  AppraiseDestruction: [...applied, ...held],
  DecideDestruction: [...applied, ...held],
  AttestDestruction: [...applied, ...held],
  AttestShredding: [...applied, ...held, 'PaperShredded'],
  ExecuteDestruction: [...applied, ...held, 'DestructionAttested', 'PaperShredded', 'LoanGranted'],
};

/** The decider of stream `customerRecord-<id>` under a policy. */
export function recordDeciderUnder(policy: RecordPolicy): Decider<RecordState, RecordCommand, RecordEvent> {
  return {
    category: 'customerRecord',
    initial: () => noRecord,
    evolve,
    decide(command, state, given) {
      const context: RecordContext = { ...given, policy };
      const barred = roleHeld(command.type, context) ?? stateAllows(command.type, state);
      if (barred) return barred;
      if (command.type === 'CollectRecord') return collectRecord(command, context);
      if (state.status === 'absent') return no('record.not-found');
      const verb = verbs[command.type] as (
        command: RecordCommand,
        state: CustomerRecord,
        context: RecordContext,
      ) => Decision<RecordEvent>;
      return verb(command, state, context);
    },
    dependsOn,
    touches,
  };
}

/** Under the policy that ships. */
export const recordDecider = recordDeciderUnder(defaultRecordPolicy);

/** The command is open to a role that the actor holds; what is open to no role is the engine's own. */
export function roleHeld(type: RecordCommand['type'], { actor }: Pick<Situation, 'actor'>): Refusal | null {
  const roles = commandRoles[type];
  const allowed =
    roles.length === 0 ? actor.id === SYSTEM.id : roles.some((role) => actor.roles.includes(role));
  return allowed ? null : no('staff.role-missing', { command: type, roles });
}

/** A record is collected once; once its destruction has begun, nothing but its completion is left. */
export function stateAllows(type: RecordCommand['type'], { status }: RecordState): Refusal | null {
  if (status === 'destroyed') return no('record.already-destroyed');
  if (status === 'being-destroyed') {
    return type === 'CompleteDestruction' ? null : no('record.being-destroyed');
  }
  if (type === 'CollectRecord') return status === 'absent' ? null : no('record.already-collected');
  if (status === 'absent') return no('record.not-found');
  return type === 'CompleteDestruction'
    ? no('record.wrong-state', { status, needed: ['being-destroyed'] })
    : null;
}
