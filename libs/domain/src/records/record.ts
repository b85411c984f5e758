import { idOf, type Recorded } from '#engine/event.js';
import { addDays } from '../calendar.js';
import type { SubjectType } from '../schema/fields.js';
import type { DataOf, RecordEvent } from './events.js';
import type { Content } from './content.js';
import { acceptedOf, type Proposal } from './proposal.js';
import { arrived, countersigned, noValues, reverted, updated, type Act, type Values } from './values.js';

/** Where a record is on its way. A hold, a loan, an application or a restriction stands beside it. */
export type RecordStatus =
  | 'draft'
  | 'submitted'
  | 'returned'
  | 'rejected'
  | 'withdrawn'
  | 'approved'
  | 'filed'
  | 'being-destroyed'
  | 'destroyed';

/** Who did an act: the person, in whose name, and with which roles then. */
export interface Party {
  readonly id: string;
  readonly onBehalfOf: string | null;
  readonly roles: readonly string[];
}

export type Classification = DataOf<'RecordApproved'>['class'];
export type Target = DataOf<'DestructionApplied'>['target'];
export type EligibilityReport = DataOf<'LoanGranted'>['report'];

/** One round of review. Every round is kept. */
export interface Round {
  readonly round: number;
  readonly submittedAt: string;
  readonly submittedBy: Party;
  readonly outcome: 'approved' | 'returned' | 'rejected' | null;
  readonly decidedAt: string | null;
  readonly decidedBy: Party | null;
}

export interface Filing {
  readonly fileNumber: string;
  readonly retentionClass: string;
  readonly medium: string;
  readonly filedAt: string;
}

export interface Loan {
  readonly id: string;
  readonly kind: 'consult';
  readonly borrower: Party;
  readonly purpose: string;
  readonly fields: { readonly levels: readonly string[]; readonly pointers: readonly string[] };
  /** Duration asked for, in days. */
  readonly days: number;
  readonly batch: { readonly id: string; readonly size: number } | null;
  readonly requestedAt: string;
  /** What was last recorded; that a granted loan has expired follows from the time alone (`loanAt`). */
  readonly recorded: 'requested' | 'withdrawn' | 'refused' | 'granted' | 'revoked';
  readonly endorsement: { readonly by: Party; readonly waived: readonly string[] } | null;
  readonly from: string | null;
  /** The loan is active before this instant. */
  readonly until: string | null;
}

export interface Hold {
  readonly id: string;
  readonly placedBy: Party;
  readonly placedAt: string;
  readonly byAuditor: boolean;
  readonly consented: boolean;
}

/** An application for destruction and what became of it. Lapsing follows from the time alone (`applicationAt`). */
export interface Application {
  readonly id: string;
  readonly target: Target;
  readonly ground: string;
  readonly appliedBy: Party;
  readonly appliedAt: string;
  readonly retainUntil: string | null;
  readonly restricts: boolean;
  /** The application, later its approval, is good before this instant. */
  readonly lapsesAt: string;
  readonly recorded: 'open' | 'appraised' | 'approved' | 'refused' | 'withdrawn' | 'executed';
  readonly appraisedBy: Party | null;
  readonly approvedBy: Party | null;
  readonly executableFrom: string | null;
  readonly shreddedBy: Party | null;
  readonly witnesses: readonly Party[];
}

/** A customer's file as its rules see it: clear facts only, and where sealed values stand. */
export interface CustomerRecord extends Values {
  readonly id: string;
  /** Of the last event folded in. */
  readonly revision: number;
  readonly status: RecordStatus;
  readonly subjectType: SubjectType;
  /** Purpose codes that the customer was told of. */
  readonly purposes: readonly string[];
  /** Keys of sensitive fields with a separate consent. */
  readonly separateConsents: readonly string[];
  readonly firstContactOn: string | null;
  readonly historic: boolean;
  readonly collectedBy: Party;
  readonly collectedAt: string;
  /** Proposed until the record is approved, in force from then on. */
  readonly grade: string;
  readonly class: Classification;
  readonly rounds: readonly Round[];
  /** When it was rejected or withdrawn. */
  readonly closedAt: string | null;
  readonly filing: Filing | null;
  readonly custodian: string | null;
  readonly owner: { readonly id: string; readonly since: string; readonly until: string } | null;
  /** Those that wait or are active, and those that ended lately: a late act hears what became of them. */
  readonly loans: Readonly<Record<string, Loan>>;
  /** Holds in force; a released one leaves. */
  readonly holds: Readonly<Record<string, Hold>>;
  readonly applications: Readonly<Record<string, Application>>;
  /** Those that wait for a signature, and those that ended lately. */
  readonly proposals: Readonly<Record<string, Proposal>>;
  /** Ids of what else stands in the way of a destruction while it is open. */
  readonly openMatters: Readonly<Record<'handovers' | 'complaints' | 'contests', readonly string[]>>;
}

export interface NoRecord {
  readonly status: 'absent';
}

export type RecordState = NoRecord | CustomerRecord;

/** How long the state still knows a loan that has ended, or a request that was decided against. */
const ENDED_LOANS_DAYS = 30;

/** How long the state still knows a proposal after the day on which it lapsed, or would have. */
const ENDED_PROPOSALS_DAYS = 30;

export const noRecord: NoRecord = { status: 'absent' };

/** Folds one event into the state, from its envelope and clear data alone. */
export function evolve(state: RecordState, event: Recorded<RecordEvent>): RecordState {
  if (event.type === 'RecordCollected') return collected(event);
  if (state.status === 'absent') return state;
  return { ...state, ...change(state, event), revision: event.revision };
}

function collected(event: Recorded<Extract<RecordEvent, { type: 'RecordCollected' }>>): CustomerRecord {
  const { data } = event;
  return {
    id: idOf(event.stream),
    revision: event.revision,
    status: data.state,
    subjectType: data.subjectType,
    ...arrived(noValues, actOf(event), data),
    purposes: [data.purpose],
    separateConsents: data.separateConsents,
    firstContactOn: data.firstContactOn,
    historic: data.historic,
    collectedBy: partyOf(event),
    collectedAt: event.recordedAt,
    grade: data.proposed.grade,
    class: data.proposed.class,
    rounds: data.state === 'submitted' ? [newRound(1, event)] : [],
    closedAt: null,
    filing: null,
    custodian: null,
    owner: null,
    loans: {},
    holds: {},
    applications: {},
    proposals: {},
    openMatters: { handovers: [], complaints: [], contests: [] },
  };
}

function change(state: CustomerRecord, event: Recorded<RecordEvent>): Partial<CustomerRecord> {
  const at = event.recordedAt;
  const by = partyOf(event);
  switch (event.type) {
    case 'RecordCollected':
      return {};
    case 'RecordSubmitted':
    case 'RecordResubmitted': {
      const { firstContactOn, removed } = event.data;
      return {
        status: 'submitted',
        ...arrived(state, actOf(event), event.data, removed),
        firstContactOn,
        rounds: [...state.rounds, newRound(event.data.round, event)],
      };
    }
    case 'RecordWithdrawn':
      return { status: 'withdrawn', closedAt: at };
    case 'RecordApproved': {
      const { grade, class: approved } = event.data;
      const kept = state.content.open['/cooperationStatus'] === approved.status;
      const stated: Content = { ...noValues.content, open: { '/cooperationStatus': approved.status } };
      return {
        ...reviewed(state, event, 'approved'),
        ...(kept ? {} : arrived(state, actOf(event), stated)),
        grade,
        class: approved,
      };
    }
    case 'RecordReturned':
      return reviewed(state, event, 'returned');
    case 'RecordRejected':
      return { ...reviewed(state, event, 'rejected'), closedAt: at };
    case 'RecordFiled': {
      const { fileNumber, retentionClass, medium, custodian } = event.data;
      return {
        status: 'filed',
        ...arrived(state, actOf(event), event.data),
        filing: { fileNumber, retentionClass, medium, filedAt: at },
        custodian,
      };
    }
    case 'RecordAllocated': {
      const { owner, custodian, ownerUntil } = event.data;
      return { custodian, owner: { id: owner, since: at, until: ownerUntil } };
    }
    case 'UpdateProposed': {
      const { proposalId, baseRevision, removed, lapsesAt } = event.data;
      const { open, sealed, unverified } = event.data;
      const proposal: Proposal = {
        ...{ id: proposalId, by, at, revision: event.revision, hash: event.hash, base: baseRevision },
        ...{ content: { open, sealed, unverified }, removed, lapsesAt, recorded: 'open' },
      };
      return { proposals: { ...openLately(state.proposals, at), [proposalId]: proposal } };
    }
    case 'RecordUpdated': {
      const { removed, countersignBy } = event.data;
      return updated(state, actOf(event), event.data, removed, countersignBy);
    }
    case 'ProposalSigned': {
      const { proposalId, accepted, refused, firstContactOn } = event.data;
      const proposal = state.proposals[proposalId];
      if (!proposal) return {};
      const { added, removed } = acceptedOf(proposal, accepted);
      const status = added.open['/cooperationStatus'];
      return {
        ...arrived(state, actOf(event), added, removed, proposal.revision),
        ...onProposal(state, proposalId, refused.length > 0 ? 'partly-accepted' : 'accepted'),
        class: typeof status === 'string' ? { ...state.class, status } : state.class,
        firstContactOn,
      };
    }
    case 'ProposalRefused':
      return onProposal(state, event.data.proposalId, 'refused');
    case 'ProposalWithdrawn':
      return onProposal(state, event.data.proposalId, 'withdrawn');
    case 'ProposalSuperseded':
      return onProposal(state, event.data.proposalId, 'superseded');
    case 'UpdateCountersigned':
      return countersigned(state, Object.keys(event.data.updates));
    case 'UpdateReverted':
      return reverted(state, actOf(event), Object.keys(event.data.restored), state.subjectType);
    case 'LoanRequested': {
      const { loanId, kind, purpose, fields, days, batch } = event.data;
      const loan: Loan = {
        ...{ id: loanId, kind, borrower: by, purpose, fields, days, batch, requestedAt: at },
        ...{ recorded: 'requested', endorsement: null, from: null, until: null },
      };
      return { loans: { ...lately(state.loans, at), [loanId]: loan } };
    }
    case 'LoanRequestWithdrawn':
      return onLoan(state, event.data.loanId, { recorded: 'withdrawn' });
    case 'LoanEndorsed':
      return onLoan(state, event.data.loanId, { endorsement: { by, waived: event.data.waived } });
    case 'LoanGranted': {
      const { loanId, from, until } = event.data;
      return onLoan(state, loanId, { recorded: 'granted', from, until });
    }
    case 'LoanRefused':
      return onLoan(state, event.data.loanId, { recorded: 'refused' });
    case 'LoanRevoked':
      return onLoan(state, event.data.loanId, { recorded: 'revoked', until: at });
    case 'HoldPlaced': {
      const { holdId, byAuditor } = event.data;
      const hold: Hold = { id: holdId, placedBy: by, placedAt: at, byAuditor, consented: false };
      return { holds: { ...state.holds, [holdId]: hold } };
    }
    case 'HoldReleaseConsented': {
      const hold = state.holds[event.data.holdId];
      return hold ? { holds: { ...state.holds, [hold.id]: { ...hold, consented: true } } } : {};
    }
    case 'HoldReleased': {
      const { [event.data.holdId]: _released, ...holds } = state.holds;
      return { holds };
    }
    case 'DestructionApplied': {
      const { applicationId, target, ground, retainUntil, restricts, lapsesAt } = event.data;
      const application: Application = {
        ...{ id: applicationId, target, ground, appliedBy: by, appliedAt: at },
        ...{ retainUntil, restricts, lapsesAt, recorded: 'open', appraisedBy: null, approvedBy: null },
        ...{ executableFrom: null, shreddedBy: null, witnesses: [] },
      };
      return { applications: { ...state.applications, [applicationId]: application } };
    }
    case 'DestructionApplicationWithdrawn':
      return onApplication(state, event.data.applicationId, { recorded: 'withdrawn' });
    case 'DestructionAppraised':
      return onApplication(state, event.data.applicationId, { recorded: 'appraised', appraisedBy: by });
    case 'DestructionApproved': {
      const { applicationId, executableFrom, lapsesAt } = event.data;
      return onApplication(state, applicationId, {
        ...{ recorded: 'approved', approvedBy: by, executableFrom, lapsesAt },
      });
    }
    case 'DestructionRefused':
      return onApplication(state, event.data.applicationId, { recorded: 'refused' });
    case 'DestructionAttested': {
      const witnesses = [...(state.applications[event.data.applicationId]?.witnesses ?? []), by];
      return onApplication(state, event.data.applicationId, { witnesses });
    }
    case 'PaperShredded':
      return onApplication(state, event.data.applicationId, { shreddedBy: by });
    case 'RecordDestructionBegun': {
      const executed = onApplication(state, event.data.applicationId, { recorded: 'executed' });
      return { ...executed, status: 'being-destroyed' };
    }
    case 'RecordDestroyed':
      return { status: 'destroyed' };
  }
}

function reviewed(
  state: CustomerRecord,
  event: Recorded<RecordEvent>,
  outcome: NonNullable<Round['outcome']>,
): Partial<CustomerRecord> {
  const last = state.rounds.at(-1);
  if (!last) return { status: outcome };
  const decided: Round = { ...last, outcome, decidedAt: event.recordedAt, decidedBy: partyOf(event) };
  return { status: outcome, rounds: [...state.rounds.slice(0, -1), decided] };
}

/** Without the loans that ended long ago, so that neither the state nor the work of a fold grows with the years. */
function lately(loans: CustomerRecord['loans'], now: string): CustomerRecord['loans'] {
  const since = addDays(now, -ENDED_LOANS_DAYS);
  return Object.fromEntries(
    Object.entries(loans).filter(
      ([, { recorded, until, requestedAt }]) => recorded === 'requested' || (until ?? requestedAt) >= since,
    ),
  );
}

function onLoan(state: CustomerRecord, id: string, to: Partial<Loan>): Partial<CustomerRecord> {
  const loan = state.loans[id];
  return loan ? { loans: { ...state.loans, [id]: { ...loan, ...to } } } : {};
}

function onProposal(
  state: CustomerRecord,
  id: string,
  recorded: Proposal['recorded'],
): Partial<CustomerRecord> {
  const proposal = state.proposals[id];
  return proposal ? { proposals: { ...state.proposals, [id]: { ...proposal, recorded } } } : {};
}

/** Without the proposals that lapsed or were decided on long ago. */
function openLately(proposals: CustomerRecord['proposals'], now: string): CustomerRecord['proposals'] {
  const since = addDays(now, -ENDED_PROPOSALS_DAYS);
  return Object.fromEntries(Object.entries(proposals).filter(([, { lapsesAt }]) => lapsesAt >= since));
}

function onApplication(state: CustomerRecord, id: string, to: Partial<Application>): Partial<CustomerRecord> {
  const application = state.applications[id];
  return application ? { applications: { ...state.applications, [id]: { ...application, ...to } } } : {};
}

function newRound(round: number, event: Recorded<RecordEvent>): Round {
  const submitted = { round, submittedAt: event.recordedAt, submittedBy: partyOf(event) };
  return { ...submitted, outcome: null, decidedAt: null, decidedBy: null };
}

function actOf(event: Recorded<RecordEvent>): Act {
  const { revision, type, recordedAt } = event;
  return { revision, type, by: partyOf(event), at: recordedAt };
}

function partyOf(event: Recorded<RecordEvent>): Party {
  return { id: event.actorId, onBehalfOf: event.onBehalfOf, roles: event.actorRoles };
}
