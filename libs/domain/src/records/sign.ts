import type { Decision, Refusal } from '#engine/decider.js';
import { daysLate, firstContact, sensitiveConsented } from './collect.js';
import { lackingAfter, withContent } from './content.js';
import type { RecordEvent } from './events.js';
import {
  acceptedOf,
  proposalAt,
  proposalOf,
  proposedPointers,
  unchangedSince,
  type Proposal,
  type ProposalState,
} from './proposal.js';
import { notRestricted } from './propose.js';
import type { CustomerRecord } from './record.js';
import { no } from './refusal-texts.js';
import {
  asParty,
  holds,
  inState,
  notHisOwnWork,
  personsOf,
  reasonGiven,
  samePerson,
  texts,
  type RecordContext,
  type Situation,
} from './rules.js';

/** A second person signs a proposal, whole or in part, or refuses it. */
export interface SignProposal {
  readonly type: 'SignProposal';
  readonly proposalId: string;
  readonly decision: 'accept' | 'refuse';
  /** What is accepted; `null`: all of it. The rest is refused. */
  readonly pointers: readonly string[] | null;
  /** HMAC of the diff that the signer saw. */
  readonly diffMac: string;
  /** HMAC of the diff as it is (`diffToSign`), made by whoever holds the key. */
  readonly presentMac: string;
  /** Required where anything is refused. */
  readonly reason: string | null;
}

/** The proposer takes his proposal back. */
export interface WithdrawProposal {
  readonly type: 'WithdrawProposal';
  readonly proposalId: string;
}

export function signProposal(
  command: SignProposal,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const { proposalId, decision, diffMac, reason } = command;
  const proposal = proposalOf(state, proposalId);
  const barred = maySign(state, proposalId, context) ?? diffSeen(command);
  if (barred || !proposal) return barred ?? no('proposal.not-found');
  const signature = { proposalId, proposalHash: proposal.hash, diffMac };
  if (decision === 'refuse') {
    return reasonGiven(reason) ?? [{ type: 'ProposalRefused', data: signature, ...texts({ reason }) }];
  }
  const all = proposedPointers(proposal);
  const accepted = command.pointers ?? all;
  const refused = all.filter((pointer) => !accepted.includes(pointer));
  const wrong =
    notRestricted(state, context) ??
    ofTheProposal(accepted, proposal) ??
    (refused.length > 0 ? reasonGiven(reason) : null) ??
    unchangedSince(state, accepted, proposal.base) ??
    leavesItWhole(state, proposal, accepted);
  if (wrong) return wrong;
  const { added, removed } = acceptedOf(proposal, accepted);
  const firstContactOn = firstContact(withContent(state.content, added, removed));
  const lateDays = state.historic ? null : daysLate(firstContactOn, state.collectedAt, context.policy);
  const data = { ...signature, accepted, refused, firstContactOn, lateDays };
  return [{ type: 'ProposalSigned', data, ...texts({ reason }) }];
}

export function withdrawProposal(
  { proposalId }: WithdrawProposal,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const barred = mayWithdrawProposal(state, proposalId, context);
  return barred ?? [{ type: 'ProposalWithdrawn', data: { proposalId } }];
}

/** While it is open, a second person: the record's custodian, or a manager. */
export function maySign(state: CustomerRecord, proposalId: string, situation: Situation): Refusal | null {
  const proposer = proposalOf(state, proposalId)?.by ?? null;
  return (
    inState(state, ['approved', 'filed']) ??
    proposalIn(state, proposalId, 'open', situation) ??
    notHisOwnWork([proposer], situation) ??
    answersForTheRecord(state, situation)
  );
}

export function mayWithdrawProposal(
  state: CustomerRecord,
  proposalId: string,
  situation: Situation,
): Refusal | null {
  const proposer = proposalOf(state, proposalId)?.by;
  const wrong = proposalIn(state, proposalId, 'open', situation);
  if (wrong || !proposer) return wrong ?? no('proposal.not-found');
  return samePerson(proposer, asParty(situation)) ? null : no('proposal.not-the-proposer');
}

/** The act belongs to one state of the proposal. */
export function proposalIn(
  state: CustomerRecord,
  proposalId: string,
  needed: ProposalState,
  { now }: Situation,
): Refusal | null {
  const proposal = proposalOf(state, proposalId);
  if (!proposal) return no('proposal.not-found');
  const found = proposalAt(proposal, now);
  return found === needed ? null : no('proposal.wrong-state', { state: found, needed });
}

/** A manager, or the record's custodian; any custodian while the record is nobody's. */
export function answersForTheRecord({ custodian }: CustomerRecord, situation: Situation): Refusal | null {
  const his = custodian === null || personsOf(asParty(situation)).includes(custodian);
  return holds('manager', situation) || (holds('custodian', situation) && his)
    ? null
    : no('proposal.not-the-custodian');
}

/** A signature stands under the diff that the signer saw. */
export function diffSeen({ diffMac, presentMac }: SignProposal): Refusal | null {
  return diffMac === presentMac ? null : no('proposal.diff-changed');
}

/** Whoever accepts in part names what was proposed, each once. */
export function ofTheProposal(pointers: readonly string[], proposal: Proposal): Refusal | null {
  const all = proposedPointers(proposal);
  const stray = pointers.find((pointer, i) => !all.includes(pointer) || pointers.indexOf(pointer) !== i);
  if (stray !== undefined) return no('proposal.pointer-not-proposed', { pointer: stray });
  return pointers.length > 0 ? null : no('proposal.nothing-accepted');
}

/** What is accepted leaves a complete record, and has the consents that it needs by now. */
function leavesItWhole(
  state: CustomerRecord,
  proposal: Proposal,
  accepted: readonly string[],
): Refusal | null {
  const change = acceptedOf(proposal, accepted);
  return (
    sensitiveConsented(Object.keys(change.added.sealed), state.separateConsents) ??
    lackingAfter(state.content, change, state)
  );
}
