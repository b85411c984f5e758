import { isRefusal, type Actor, type Decision, type DecisionContext } from '#engine/decider.js';
import type { EventDraft, Recorded } from '#engine/event.js';
import type { JsonObject } from '#engine/json.js';
import { Registry } from '#engine/registry.js';
import { addDays } from '#domain/calendar.js';
import { keyOf } from '#domain/keys.js';
import type { CommandOf, RecordCommand } from '#domain/records/commands.js';
import { recordDecider } from '#domain/records/decider.js';
import type { BorrowerFacts } from '#domain/records/eligibility.js';
import { recordEventTypes, type RecordEvent } from '#domain/records/events.js';
import type { CustomerRecord, RecordState } from '#domain/records/record.js';
import { companyContent } from './content.js';
import { storedEvent } from './stored-event.js';

const person = (id: string, ...roles: string[]): Actor => ({ id, roles });

/** A team in which every act has a second person. */
export const team = {
  lin: person('lin', 'executive'),
  wang: person('wang', 'manager'),
  zhao: person('zhao', 'custodian'),
  qian: person('qian', 'custodian'),
  sun: person('sun', 'collector'),
  zhou: person('zhou', 'collector'),
  wu: person('wu', 'analyst'),
  zheng: person('zheng', 'auditor'),
  admin: person('admin', 'administrator'),
  system: person('system'),
};

/** Monday, 3 March 2025, 09:00 in Shanghai. */
export const START = '2025-03-03T01:00:00.000Z';

export const RECORD = 'customerRecord-0a1b';

/** One record's life, lived through its own rules: whatever stands in it could have happened. */
export interface Life {
  readonly now: string;
  readonly events: readonly Recorded<RecordEvent>[];
  readonly state: RecordState;
  /** The record; an error where there is none yet. */
  readonly record: CustomerRecord;
  /** Lets time pass. */
  later(days: number): Life;
  /** What would be decided; nothing happens. */
  ask(by: Actor, command: RecordCommand, onBehalfOf?: string): Decision<RecordEvent>;
  /** Carries out a command that must be accepted. */
  act(by: Actor, command: RecordCommand, onBehalfOf?: string): Life;
}

const registry = new Registry(recordEventTypes, keyOf);

/** The code of a refusal; `null` where the decision is events. */
export function refusalOf(decision: Decision<RecordEvent>): string | null {
  return isRefusal(decision) ? decision.refused : null;
}

export function newLife(decider = recordDecider): Life {
  return lived(decider, [], decider.initial(), START);
}

function lived(
  decider: typeof recordDecider,
  events: readonly Recorded<RecordEvent>[],
  state: RecordState,
  now: string,
): Life {
  const contextOf = (actor: Actor, onBehalfOf?: string): DecisionContext => ({
    now,
    actor,
    onBehalfOf: onBehalfOf ?? null,
    mint: (name) => `${name.replace('/', '-')}-${events.length}`,
    revision: events.length - 1,
  });
  return {
    now,
    events,
    state,
    get record() {
      if (state.status === 'absent') throw new Error('there is no record');
      return state;
    },
    later: (days) => lived(decider, events, state, addDays(now, days)),
    ask: (by, command, onBehalfOf) => decider.decide(command, state, contextOf(by, onBehalfOf)),
    act(by, command, onBehalfOf) {
      const decision = decider.decide(command, state, contextOf(by, onBehalfOf));
      if (isRefusal(decision)) throw new Error(`${command.type} was refused: ${JSON.stringify(decision)}`);
      const happened = decision.map(recorded);
      return lived(decider, [...events, ...happened], happened.reduce(decider.evolve, state), now);

      function recorded(draft: EventDraft<RecordEvent>, i: number): Recorded<RecordEvent> {
        registry.validate(RECORD, draft);
        return storedEvent({
          ...{ stream: RECORD, revision: events.length + i, type: draft.type, data: draft.data },
          ...{ actorId: by.id, actorRoles: by.roles, onBehalfOf: onBehalfOf ?? null, recordedAt: now },
        }) as unknown as Recorded<RecordEvent>;
      }
    },
  };
}

type More<T extends RecordCommand['type']> = Partial<Omit<CommandOf<T>, 'type'>>;

export function collect(more: More<'CollectRecord'> = {}): CommandOf<'CollectRecord'> {
  return {
    type: 'CollectRecord',
    subjectType: 'company',
    content: companyContent(),
    purpose: 'servicing',
    basis: { code: 'consent', toldOn: '2025-03-03' },
    separateConsents: [],
    sourceChannel: 'sales-team',
    proposed: proposed(),
    historic: false,
    submit: true,
    duplicates: { position: null, records: [] },
    ...more,
  };
}

export function proposed(more: Partial<CommandOf<'CollectRecord'>['proposed']> = {}) {
  const usual = { grade: 'B', status: 'interested', urgency: 'can-wait', kind: 'ordinary' };
  return { ...usual, urgencyReason: null, ...more };
}

export function approve(more: More<'ApproveRecord'> = {}): CommandOf<'ApproveRecord'> {
  const asProposed = { status: null, urgency: null, kind: null };
  const usual = { round: 1, grade: null, class: asProposed, urgencyReason: null, note: null };
  return { type: 'ApproveRecord', ...usual, ...more };
}

export function returned(more: More<'ReturnRecord'> = {}): CommandOf<'ReturnRecord'> {
  return { type: 'ReturnRecord', round: 1, comments: { '/phone': '少一位' }, note: null, ...more };
}

export function reject(more: More<'RejectRecord'> = {}): CommandOf<'RejectRecord'> {
  return { type: 'RejectRecord', round: 1, reason: '不是重点客户', ...more };
}

export function file(more: More<'FileRecord'> = {}): CommandOf<'FileRecord'> {
  const usual = { fileNumber: 'KH-2025-00017', retentionClass: 'prospect', medium: 'electronic' };
  return { type: 'FileRecord', ...usual, place: null, note: null, ...more };
}

export const safe2 = { container: '2号柜', slot: '3', barcode: '690001' };

export function allocate(more: More<'AllocateRecord'> = {}): CommandOf<'AllocateRecord'> {
  const facts = {
    position: '42',
    owner: { active: true, roles: ['collector'] },
    custodian: { active: true, roles: ['custodian'] },
    claimants: [],
  };
  return {
    type: 'AllocateRecord',
    owner: 'sun',
    custodian: 'zhao',
    claimants: [],
    reason: null,
    facts,
    ...more,
  };
}

/** A change of a record as it was filed. */
export function propose(changes: JsonObject, more: More<'ProposeUpdate'> = {}): CommandOf<'ProposeUpdate'> {
  const usual = { reason: '客户来电告知', sourceChannel: 'phone', baseRevision: 2 };
  return { type: 'ProposeUpdate', changes, ...usual, ...more };
}

/** The signature of somebody who has seen the diff; whole, unless it says otherwise. */
export function sign(proposalId: string, more: More<'SignProposal'> = {}): CommandOf<'SignProposal'> {
  const usual = {
    decision: 'accept',
    pointers: null,
    diffMac: 'mac',
    presentMac: 'mac',
    reason: null,
  } as const;
  return { type: 'SignProposal', proposalId, ...usual, ...more };
}

/** Countersigns all that waits, unless it says otherwise. */
export function countersign(more: More<'CountersignUpdate'> = {}): CommandOf<'CountersignUpdate'> {
  const usual = { decision: 'accept', pointers: null, seenRevision: null, reason: null } as const;
  return { type: 'CountersignUpdate', ...usual, ...more };
}

export function facts(more: Partial<BorrowerFacts> = {}): BorrowerFacts {
  return {
    active: true,
    roles: ['analyst'],
    undertakingSignedAt: '2025-01-06T01:00:00.000Z',
    openLoans: 0,
    overdueLoans: 0,
    unratifiedEmergencies: 0,
    positions: { staff: '40', register: '41' },
    ...more,
  };
}

export function borrow(more: More<'RequestLoan'> = {}): CommandOf<'RequestLoan'> {
  const fields = { levels: ['confidential'], pointers: ['/phone'] };
  const usual = { purpose: 'servicing', fields, days: 7, batch: null, note: null, facts: facts() };
  return { type: 'RequestLoan', kind: 'consult', ...usual, ...more };
}

export function endorse(loanId: string, more: More<'EndorseLoan'> = {}): CommandOf<'EndorseLoan'> {
  return { type: 'EndorseLoan', loanId, waive: [], reason: null, ...more };
}

export function grant(loanId: string, more: More<'DecideLoan'> = {}): CommandOf<'DecideLoan'> {
  return { type: 'DecideLoan', loanId, decision: 'grant', reason: null, facts: facts(), ...more };
}

export function apply(more: More<'ApplyForDestruction'> = {}): CommandOf<'ApplyForDestruction'> {
  const lastContact = { on: null, position: '43' };
  return {
    ...{ type: 'ApplyForDestruction', target: { kind: 'record' }, ground: 'invalid' },
    ...{ reason: '客户已注销', lastContact },
    ...more,
  };
}

export function appraise(applicationId: string, opinion: 'destroy' | 'keep' = 'destroy') {
  return { type: 'AppraiseDestruction', applicationId, opinion, reason: '属实' } as const;
}

export function decide(applicationId: string, decision: 'approve' | 'refuse' = 'approve') {
  return { type: 'DecideDestruction', applicationId, decision, reason: '同意' } as const;
}

export function attest(applicationId: string) {
  return { type: 'AttestDestruction', applicationId, statement: null } as const;
}

export function shred(applicationId: string) {
  return { type: 'AttestShredding', applicationId, statement: null } as const;
}

export function execute(applicationId: string) {
  return { type: 'ExecuteDestruction', applicationId } as const;
}

/** Submitted by 孙丽. */
export function submitted(more: More<'CollectRecord'> = {}): Life {
  return newLife().act(team.sun, collect(more));
}

/** Approved by 王敏. */
export function approved(grade = 'B', more: More<'CollectRecord'> = {}): Life {
  return submitted(more).act(team.wang, approve({ grade }));
}

/** Filed by 赵宏. */
export function filed(
  grade = 'B',
  more: More<'FileRecord'> = {},
  collected: More<'CollectRecord'> = {},
): Life {
  return approved(grade, collected).act(team.zhao, file(more));
}

/** Filed, and lent to 吴倩 by 赵宏 for 7 days. */
export function lent(): { life: Life; loanId: string } {
  const life = filed().act(team.wu, borrow());
  const loanId = only(life.record.loans);
  return { life: life.act(team.zhao, grant(loanId)), loanId };
}

/** Applied for by 赵宏. */
export function applied(from: Life = filed()): { life: Life; id: string } {
  const life = from.act(team.zhao, apply());
  return { life, id: only(life.record.applications) };
}

/** Appraised by 吴倩, approved by 王敏 (grade A: 林静), the wait over. */
export function destructible(from: Life = filed()): { life: Life; id: string } {
  const { life, id } = applied(from);
  const approver = life.record.grade === 'A' ? team.lin : team.wang;
  return { life: life.act(team.wu, appraise(id)).act(approver, decide(id)).later(7), id };
}

/** The id of the only loan, hold or application. */
export function only(of: Readonly<Record<string, unknown>>): string {
  const [id, ...others] = Object.keys(of);
  if (id === undefined || others.length > 0) throw new Error('there is not exactly one');
  return id;
}
