import type { Decision, Refusal } from '#engine/decider.js';
import { addDays } from '../calendar.js';
import type { RecordEvent } from './events.js';
import type { CustomerRecord } from './record.js';
import { no } from './refusal-texts.js';
import {
  holds,
  inState,
  notHimself,
  reasonGiven,
  texts,
  type RecordContext,
  type Situation,
} from './rules.js';

/** Gives the record its follow-up owner and custodian; the same owner again confirms his standing grant. */
export interface AllocateRecord {
  readonly type: 'AllocateRecord';
  readonly owner: string;
  readonly custodian: string;
  /** Staff who claim the customer; where there are two or more, the manager decides with a reason. */
  readonly claimants: readonly string[];
  readonly reason: string | null;
  /** From the staff streams, as of a log position. */
  readonly facts: {
    readonly position: string | null;
    readonly owner: StaffFacts;
    readonly custodian: StaffFacts;
    readonly claimants: readonly StaffFacts[];
  };
}

export interface StaffFacts {
  readonly active: boolean;
  readonly roles: readonly string[];
}

export function allocateRecord(
  command: AllocateRecord,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const { owner, custodian, claimants, reason } = command;
  const barred =
    mayAllocate(state) ??
    notHimself([owner, custodian, ...claimants], context) ??
    executiveStandsIn(command, context) ??
    bothActive(command) ??
    fitForTheirDuties(command) ??
    claimsSettled(command);
  if (barred) return barred;
  const ownerUntil = addDays(context.now, context.policy.ownerGrantDays);
  return [
    { type: 'RecordAllocated', data: { owner, custodian, ownerUntil, claimants }, ...texts({ reason }) },
  ];
}

/** From approval on. */
export function mayAllocate(state: CustomerRecord): Refusal | null {
  return inState(state, ['approved', 'filed']);
}

/** The executive allocates only where a manager is a party. */
export function executiveStandsIn({ facts }: AllocateRecord, situation: Situation): Refusal | null {
  if (holds('manager', situation)) return null;
  const parties = [facts.owner, facts.custodian, ...facts.claimants];
  const party = parties.some(({ roles }) => roles.includes('manager'));
  return party ? null : no('allocation.executive-stands-in-only');
}

export function bothActive({ owner, custodian, facts }: AllocateRecord): Refusal | null {
  if (!facts.owner.active) return no('staff.inactive', { staff: owner });
  return facts.custodian.active ? null : no('staff.inactive', { staff: custodian });
}

export function fitForTheirDuties({ custodian, facts }: AllocateRecord): Refusal | null {
  if (!facts.custodian.roles.includes('custodian')) {
    return no('allocation.custodian-role-missing', { custodian });
  }
  const follows = facts.owner.roles.some((role) => role !== 'administrator' && role !== 'auditor');
  return follows ? null : no('allocation.owner-unfit');
}

/** Where two claim a customer, one of them gets him, and the decision has a reason. */
export function claimsSettled({ claimants, owner, reason }: AllocateRecord): Refusal | null {
  if (claimants.length < 2) return null;
  return claimants.includes(owner) ? reasonGiven(reason) : no('allocation.owner-not-a-claimant');
}
