import type { Decision, Refusal } from '#engine/decider.js';
import type { JsonObject } from '#engine/json.js';
import { addDays } from '../calendar.js';
import { destructionGrounds } from '../schema/catalogues.js';
import { applicationAt, liveApplication, type ApplicationState } from './application.js';
import type { RecordEvent } from './events.js';
import { applicationOf, destructionGuard, executionRules, hasPaper, type GuardRule } from './guard.js';
import type { Application, CustomerRecord, Target } from './record.js';
import { no } from './refusal-texts.js';
import { contactHasBeen, FOR_EVER, retainUntil, retentionOver } from './retention.js';
import {
  asParty,
  holds,
  knownCode,
  notHisOwnWork,
  personsOf,
  reasonGiven,
  samePerson,
  texts,
  type RecordContext,
  type Situation,
} from './rules.js';

/** A written application to destroy. */
export interface ApplyForDestruction {
  readonly type: 'ApplyForDestruction';
  readonly target: Target;
  readonly ground: string;
  readonly reason: string;
  /** Date of the last contact with the customer by his activity, as of a log position; `null` where there is none. */
  readonly lastContact: { readonly on: string | null; readonly position: string | null };
}

export interface WithdrawDestruction {
  readonly type: 'WithdrawDestruction';
  readonly applicationId: string;
}

/** A second person's opinion; `keep` ends the application. */
export interface AppraiseDestruction {
  readonly type: 'AppraiseDestruction';
  readonly applicationId: string;
  readonly opinion: 'destroy' | 'keep';
  readonly reason: string;
}

export interface DecideDestruction {
  readonly type: 'DecideDestruction';
  readonly applicationId: string;
  readonly decision: 'approve' | 'refuse';
  /** Required for a refusal. */
  readonly reason: string | null;
}

/** A witness attests, with his own sign-in, before the execution. */
export interface AttestDestruction {
  readonly type: 'AttestDestruction';
  readonly applicationId: string;
  readonly statement: string | null;
}

/** The custodian attests that the paper has been shredded. */
export interface AttestShredding {
  readonly type: 'AttestShredding';
  readonly applicationId: string;
  readonly statement: string | null;
}

/** Begins the destruction, from which there is no way back. */
export interface ExecuteDestruction {
  readonly type: 'ExecuteDestruction';
  readonly applicationId: string;
}

/** The engine's last word, once keys and views are gone. */
export interface CompleteDestruction {
  readonly type: 'CompleteDestruction';
  /** Counts, positions, generations passed and times; nothing about a person. */
  readonly certificate: JsonObject;
}

export function applyForDestruction(
  { target, ground, reason, lastContact }: ApplyForDestruction,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const { now, policy } = context;
  const barred =
    mayApply(state, context) ??
    knownCode('destructionGrounds', destructionGrounds, ground) ??
    reasonGiven(reason) ??
    contactHasBeen(lastContact.on, context);
  if (barred) return barred;
  const demands = policy.destruction.grounds[ground];
  if (!demands) return no('record.code-unknown', { catalogue: 'destructionGrounds', code: ground });
  const until = retainUntil(state, demands, lastContact.on, policy);
  const early = retentionOver(until, context);
  if (early) return early;
  return [
    {
      type: 'DestructionApplied',
      data: {
        ...{ applicationId: context.mint('application'), target, ground, lastContact: { ...lastContact } },
        retainUntil: until === FOR_EVER ? null : until,
        restricts: demands.restricts,
        lapsesAt: addDays(now, policy.destruction.applicationDays),
      },
      ...texts({ reason }),
    },
  ];
}

export function withdrawDestruction(
  { applicationId }: WithdrawDestruction,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  return (
    mayWithdrawDestruction(state, applicationId, context) ?? [
      { type: 'DestructionApplicationWithdrawn', data: { applicationId } },
    ]
  );
}

export function appraiseDestruction(
  { applicationId, opinion, reason }: AppraiseDestruction,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const barred = mayAppraise(state, applicationId, context) ?? reasonGiven(reason);
  if (barred) return barred;
  const said = texts({ reason });
  return opinion === 'destroy'
    ? [{ type: 'DestructionAppraised', data: { applicationId }, ...said }]
    : [{ type: 'DestructionRefused', data: { applicationId, by: 'appraiser' }, ...said }];
}

export function decideDestruction(
  { applicationId, decision, reason }: DecideDestruction,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const { now, policy } = context;
  const barred =
    mayDecideDestruction(state, applicationId, context) ??
    (decision === 'refuse' ? reasonGiven(reason) : null);
  if (barred) return barred;
  const said = texts({ reason });
  if (decision === 'refuse') {
    return [{ type: 'DestructionRefused', data: { applicationId, by: 'approver' }, ...said }];
  }
  const executableFrom = addDays(now, policy.destruction.waitDays);
  const lapsesAt = addDays(now, policy.destruction.approvalDays);
  return [{ type: 'DestructionApproved', data: { applicationId, executableFrom, lapsesAt }, ...said }];
}

export function attestDestruction(
  { applicationId, statement }: AttestDestruction,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const barred = mayWitness(state, applicationId, context);
  return barred ?? [{ type: 'DestructionAttested', data: { applicationId }, ...texts({ statement }) }];
}

export function attestShredding(
  { applicationId, statement }: AttestShredding,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const barred = mayShred(state, applicationId, context);
  return barred ?? [{ type: 'PaperShredded', data: { applicationId }, ...texts({ statement }) }];
}

export function executeDestruction(
  { applicationId }: ExecuteDestruction,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const application = applicationOf(state, applicationId);
  const barred = mayExecute(state, applicationId, context);
  if (barred || !application) return barred ?? no('destruction.not-found');
  const { target, ground } = application;
  return [{ type: 'RecordDestructionBegun', data: { applicationId, target, ground } }];
}

export function completeDestruction(
  { certificate }: CompleteDestruction,
  state: CustomerRecord,
): Decision<RecordEvent> {
  const executed = Object.values(state.applications).find((each) => each.recorded === 'executed');
  if (!executed) return no('destruction.not-found');
  const { id: applicationId, target } = executed;
  return [{ type: 'RecordDestroyed', data: { applicationId, target, certificate } }];
}

/** One application at a time, and none that would cut off a review. */
export function mayApply(state: CustomerRecord, { now }: Situation): Refusal | null {
  const live = liveApplication(state, now);
  return live ? no('destruction.already-open', { applicationId: live.id }) : notUnderReview(state);
}

/** What is not yet reviewed is withdrawn, returned or rejected first. */
export function notUnderReview({ status }: CustomerRecord): Refusal | null {
  const under = status === 'draft' || status === 'submitted';
  return under ? no('destruction.under-review', { status }) : null;
}

export function mayWithdrawDestruction(
  state: CustomerRecord,
  id: string,
  situation: Situation,
): Refusal | null {
  const application = applicationOf(state, id);
  if (!application) return no('destruction.not-found');
  const early = applicationIn(application, ['open', 'appraised', 'approved'], situation);
  const his = samePerson(application.appliedBy, asParty(situation));
  return early ?? (his ? null : no('destruction.not-the-applicant'));
}

export function mayAppraise(state: CustomerRecord, id: string, situation: Situation): Refusal | null {
  const application = applicationOf(state, id);
  if (!application) return no('destruction.not-found');
  return (
    applicationIn(application, ['open'], situation) ??
    nobodyTwice(application, situation) ??
    appraiserEntitled(state, situation)
  );
}

export function mayDecideDestruction(
  state: CustomerRecord,
  id: string,
  situation: Situation,
): Refusal | null {
  const application = applicationOf(state, id);
  if (!application) return no('destruction.not-found');
  return (
    applicationIn(application, ['appraised'], situation) ??
    nobodyTwice(application, situation) ??
    approverEntitled(state, application, situation)
  );
}

export function mayWitness(state: CustomerRecord, id: string, situation: Situation): Refusal | null {
  const application = applicationOf(state, id);
  if (!application) return no('destruction.not-found');
  return (
    nobodyTwice(application, situation) ??
    notHisOwnWork([application.shreddedBy], situation) ??
    guarded(state, id, situation, executionRules)
  );
}

export function mayShred(state: CustomerRecord, id: string, situation: Situation): Refusal | null {
  const application = applicationOf(state, id);
  if (!application) return no('destruction.not-found');
  if (!hasPaper(state)) return no('destruction.no-paper');
  if (application.shreddedBy) return no('destruction.already-shredded');
  return executorIsNeither(application, situation) ?? guarded(state, id, situation, executionRules);
}

export function mayExecute(state: CustomerRecord, id: string, situation: Situation): Refusal | null {
  const application = applicationOf(state, id);
  if (!application) return no('destruction.not-found');
  return executorIsNeither(application, situation) ?? guarded(state, id, situation);
}

/** The act belongs to certain states of the application. */
export function applicationIn(
  application: Application,
  needed: readonly ApplicationState[],
  { now }: Situation,
): Refusal | null {
  const state = applicationAt(application, now);
  return needed.includes(state) ? null : no('destruction.wrong-state', { state, needed });
}

/** Nobody acts twice on an application; only its applicant may also execute it. */
export function nobodyTwice(application: Application, situation: Situation): Refusal | null {
  const { appliedBy, appraisedBy, approvedBy, witnesses } = application;
  return notHisOwnWork([appliedBy, appraisedBy, approvedBy, ...witnesses], situation);
}

/** Applicant and executor may be one custodian; appraiser, approver and witnesses never execute. */
export function executorIsNeither(application: Application, situation: Situation): Refusal | null {
  const { appraisedBy, approvedBy, witnesses } = application;
  return notHisOwnWork([appraisedBy, approvedBy, ...witnesses], situation);
}

/** The follow-up owner appraises, an analyst, or else the executive. */
export function appraiserEntitled({ owner }: CustomerRecord, situation: Situation): Refusal | null {
  const owns = owner !== null && personsOf(asParty(situation)).includes(owner.id);
  return owns || holds('analyst', situation) || holds('executive', situation)
    ? null
    : no('destruction.not-an-appraiser');
}

/** A manager approves; grade A the executive, who also stands in where a manager is a party. */
export function approverEntitled(
  { grade }: CustomerRecord,
  { appliedBy, appraisedBy }: Application,
  situation: Situation,
): Refusal | null {
  if (grade === 'A') {
    return holds('executive', situation) ? null : no('destruction.executive-decides-grade-a');
  }
  if (holds('manager', situation)) return null;
  const party = [appliedBy, appraisedBy].some((each) => each?.roles.includes('manager'));
  return party ? null : no('destruction.executive-stands-in-only');
}

/** The guard lets it pass, apart from the rules that are yet to be fulfilled. */
export function guarded(
  state: CustomerRecord,
  id: string,
  { now, policy }: Situation,
  apartFrom: readonly GuardRule[] = [],
): Refusal | null {
  const failed = destructionGuard(state, now, id, policy)
    .results.filter(({ rule, passed }) => !passed && !apartFrom.includes(rule))
    .map(({ rule }) => rule);
  return failed.length > 0 ? no('destruction.guard-failed', { failed }) : null;
}
