import type { Actor, Refusal } from '#engine/decider.js';
import { mayAllocate } from './allocate.js';
import { mayDecideLoan, mayEndorse, mayRevoke, mayWithdrawLoanRequest } from './borrow.js';
import type { RecordCommand } from './commands.js';
import { roleHeld, stateAllows } from './decider.js';
import { mayCountersign } from './countersign.js';
import {
  mayApply,
  mayAppraise,
  mayDecideDestruction,
  mayExecute,
  mayShred,
  mayWithdrawDestruction,
  mayWitness,
} from './destroy.js';
import { mayFile } from './file.js';
import { mayConsent, mayRelease } from './hold.js';
import { defaultRecordPolicy } from './policies.js';
import { mayPropose } from './propose.js';
import type { CustomerRecord, RecordState } from './record.js';
import { mayReview } from './review.js';
import { commandRoles } from './roles.js';
import type { Situation } from './rules.js';
import { maySign, mayWithdrawProposal } from './sign.js';
import { mayResubmit, maySubmit, mayWithdraw } from './submit.js';

/** A command that a person could give now, and what it would be about. */
export interface AllowedAction {
  readonly command: RecordCommand['type'];
  /** Id of the loan, hold, application or proposal; `null` where it is about the record. */
  readonly target: string | null;
}

type May = (state: CustomerRecord, situation: Situation, target: string) => Refusal | null;

const record = () => [''];
const loans = (state: CustomerRecord) => Object.keys(state.loans);
const holds = (state: CustomerRecord) => Object.keys(state.holds);
const proposals = (state: CustomerRecord) => Object.keys(state.proposals);
const applications = (state: CustomerRecord) => Object.keys(state.applications);
const swap =
  (may: (state: CustomerRecord, target: string, situation: Situation) => Refusal | null): May =>
  (state, situation, target) =>
    may(state, target, situation);

/** What each command may be about, and the rules that need no more than the state and the person. */
const actions: Readonly<
  Record<
    Exclude<RecordCommand['type'], 'CollectRecord' | 'CompleteDestruction'>,
    readonly [targets: (state: CustomerRecord) => readonly string[], may: May]
  >
> = {
  SubmitRecord: [record, maySubmit],
  WithdrawRecord: [record, mayWithdraw],
  ApproveRecord: [record, mayReview],
  ReturnRecord: [record, mayReview],
  RejectRecord: [record, mayReview],
  ResubmitRecord: [record, mayResubmit],
  FileRecord: [record, mayFile],
  AllocateRecord: [record, mayAllocate],
  ProposeUpdate: [record, mayPropose],
  SignProposal: [proposals, swap(maySign)],
  WithdrawProposal: [proposals, swap(mayWithdrawProposal)],
  CountersignUpdate: [record, mayCountersign],
  RequestLoan: [record, () => null],
  WithdrawLoanRequest: [loans, swap(mayWithdrawLoanRequest)],
  EndorseLoan: [loans, swap(mayEndorse)],
  DecideLoan: [loans, swap(mayDecideLoan)],
  RevokeLoan: [loans, swap(mayRevoke)],
  PlaceHold: [record, () => null],
  ConsentToRelease: [holds, (state, _situation, id) => mayConsent(state, id)],
  ReleaseHold: [holds, swap(mayRelease)],
  ApplyForDestruction: [record, mayApply],
  WithdrawDestruction: [applications, swap(mayWithdrawDestruction)],
  AppraiseDestruction: [applications, swap(mayAppraise)],
  DecideDestruction: [applications, swap(mayDecideDestruction)],
  AttestDestruction: [applications, swap(mayWitness)],
  AttestShredding: [applications, swap(mayShred)],
  ExecuteDestruction: [applications, swap(mayExecute)],
};

/**
 * The commands that this person could give now. What a command says can still be refused: its content,
 * facts from elsewhere, or a round that has passed.
 */
export function allowedActions(
  state: RecordState,
  actor: Actor,
  now: string,
  more: Partial<Pick<Situation, 'onBehalfOf' | 'policy'>> = {},
): AllowedAction[] {
  const situation: Situation = { now, actor, onBehalfOf: null, policy: defaultRecordPolicy, ...more };
  if (state.status === 'absent') return [];
  return (Object.keys(actions) as (keyof typeof actions)[])
    .filter((command) => commandRoles[command].length > 0 && !roleHeld(command, situation))
    .filter((command) => !stateAllows(command, state))
    .flatMap((command) => {
      const [targets, may] = actions[command];
      return targets(state)
        .filter((target) => may(state, situation, target) === null)
        .map((target) => ({ command, target: target === '' ? null : target }));
    });
}
