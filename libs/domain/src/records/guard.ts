import type { JsonObject } from '#engine/json.js';
import { applicationAt, liveApplication } from './application.js';
import { loanAt } from './borrow.js';
import { isPaper } from './file.js';
import { defaultRecordPolicy, type RecordPolicy } from './policies.js';
import { openProposals } from './proposal.js';
import type { Application, CustomerRecord, Party } from './record.js';
import { samePerson } from './rules.js';

/** What stands between a record and its destruction: every rule, passed or failed, with its facts. */
export interface GuardReport {
  readonly passed: boolean;
  readonly at: string;
  readonly applicationId: string | null;
  readonly results: readonly {
    readonly rule: GuardRule;
    readonly passed: boolean;
    readonly facts: JsonObject;
  }[];
}

export type GuardRule = (typeof guardRules)[number]['rule'];

interface Question {
  readonly state: CustomerRecord;
  readonly application: Application | null;
  readonly now: string;
  readonly policy: RecordPolicy;
}

type Finding = { readonly passed: boolean; readonly facts: JsonObject };

/** Every rule of the guard, in the order of the report; each reads the record's own stream only. */
export const guardRules = [
  { rule: 'no-hold', find: ({ state }: Question) => none({ holds: Object.keys(state.holds) }) },
  { rule: 'no-active-loan', find: ({ state, now }: Question) => none({ loans: activeLoans(state, now) }) },
  {
    rule: 'no-open-handover',
    find: ({ state }: Question) => none({ handovers: state.openMatters.handovers }),
  },
  {
    rule: 'no-open-complaint',
    find: ({ state }: Question) => none({ complaints: state.openMatters.complaints }),
  },
  {
    rule: 'no-open-proposal',
    find: ({ state, now }: Question) => none({ proposals: openProposals(state, now).map(({ id }) => id) }),
  },
  { rule: 'no-open-contest', find: ({ state }: Question) => none({ contests: state.openMatters.contests }) },
  { rule: 'approval-live', find: approvalLive },
  { rule: 'approver-entitled', find: approverEntitled },
  { rule: 'wait-over', find: waitOver },
  { rule: 'different-persons', find: differentPersons },
  { rule: 'paper-shredded', find: paperShredded },
  { rule: 'witnesses-enough', find: witnessesEnough },
] as const;

/** Rules that the acts of the execution itself fulfil, one after the other. */
export const executionRules: readonly GuardRule[] = ['paper-shredded', 'witnesses-enough'];

/**
 * The destruction guard, asked before the last acts and again at the execution.
 * @param applicationId default: the application that is live, if any
 */
export function destructionGuard(
  state: CustomerRecord,
  now: string,
  applicationId: string | null = liveApplication(state, now)?.id ?? null,
  policy: RecordPolicy = defaultRecordPolicy,
): GuardReport {
  const application = applicationId === null ? null : applicationOf(state, applicationId);
  const results = guardRules.map(({ rule, find }) => ({
    rule,
    ...find({ state, application, now, policy }),
  }));
  return { passed: results.every(({ passed }) => passed), at: now, applicationId, results };
}

export function applicationOf(state: CustomerRecord, id: string): Application | null {
  return Object.hasOwn(state.applications, id) ? (state.applications[id] ?? null) : null;
}

/** Grade A and paper need more witnesses. */
export function witnessesNeeded(state: CustomerRecord, policy: RecordPolicy): number {
  const { witnesses, witnessesInGraveCases } = policy.destruction;
  return state.grade === 'A' || hasPaper(state) ? witnessesInGraveCases : witnesses;
}

export function hasPaper({ filing, content }: CustomerRecord): boolean {
  const medium = filing?.medium ?? content.open['/medium'];
  return typeof medium === 'string' && isPaper(medium);
}

function none(found: Readonly<Record<string, readonly string[]>>): Finding {
  return { passed: Object.values(found).every((ids) => ids.length === 0), facts: found };
}

function activeLoans(state: CustomerRecord, now: string): string[] {
  return Object.keys(state.loans).filter((id) => loanAt(state, id, now) === 'active');
}

function approvalLive({ application, now }: Question): Finding {
  const found = application && applicationAt(application, now);
  return { passed: found === 'approved', facts: { state: found, lapsesAt: application?.lapsesAt ?? null } };
}

/** The grade may have risen since: grade A is the executive's decision. */
function approverEntitled({ state: { grade }, application }: Question): Finding {
  const roles = application?.approvedBy?.roles ?? [];
  return { passed: grade === 'A' ? roles.includes('executive') : roles.length > 0, facts: { grade, roles } };
}

function waitOver({ application, now }: Question): Finding {
  const executableFrom = application?.executableFrom ?? null;
  return { passed: executableFrom !== null && now >= executableFrom, facts: { executableFrom } };
}

function differentPersons({ application }: Question): Finding {
  const parties = application ? actsOf(application).map(({ by }) => by) : [];
  const repeated = parties.filter((one, i) => parties.some((other, j) => j < i && samePerson(one, other)));
  return { passed: repeated.length === 0, facts: { repeated: repeated.map(({ id }) => id) } };
}

function paperShredded({ state, application }: Question): Finding {
  const paper = hasPaper(state);
  const shredded = (application?.shreddedBy ?? null) !== null;
  return { passed: !paper || shredded, facts: { paper, shredded } };
}

function witnessesEnough({ state, application, policy }: Question): Finding {
  const facts = { needed: witnessesNeeded(state, policy), given: application?.witnesses.length ?? 0 };
  return { passed: facts.given >= facts.needed, facts };
}

/** Acts on an application that different persons must have done; the shredding goes with the execution. */
export function actsOf(application: Application): { act: string; by: Party }[] {
  const { appliedBy, appraisedBy, approvedBy, witnesses } = application;
  return [
    { act: 'apply', by: appliedBy },
    ...(appraisedBy ? [{ act: 'appraise', by: appraisedBy }] : []),
    ...(approvedBy ? [{ act: 'approve', by: approvedBy }] : []),
    ...witnesses.map((by) => ({ act: 'witness', by })),
  ];
}
