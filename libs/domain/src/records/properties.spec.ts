import fc from 'fast-check';
import { isRefusal, type Actor } from '#engine/decider.js';
import {
  allocate,
  apply,
  appraise,
  approve,
  attest,
  borrow,
  collect,
  countersign,
  decide,
  endorse,
  execute,
  facts,
  file,
  grant,
  newLife,
  propose,
  proposed,
  reject,
  returned,
  safe2,
  shred,
  sign,
  type Life,
} from '../../../../test/builders/records.js';
import { allowedActions } from './allowed.js';
import type { RecordCommand } from './commands.js';
import { recordDeciderUnder } from './decider.js';
import { defaultRecordPolicy } from './policies.js';

/** People in every awkward combination of roles, so that only the comparison of persons can keep them apart. */
const people: Actor[] = [
  { id: 'a', roles: ['executive', 'manager', 'custodian', 'collector', 'analyst'] },
  { id: 'b', roles: ['manager', 'custodian', 'collector'] },
  { id: 'c', roles: ['custodian', 'analyst'] },
  { id: 'd', roles: ['executive', 'manager'] },
  { id: 'e', roles: ['collector', 'analyst'] },
  { id: 'f', roles: ['auditor'] },
  { id: 'g', roles: ['auditor'] },
  { id: 'h', roles: ['custodian', 'manager', 'executive'] },
];

type Verb = Exclude<
  RecordCommand['type'],
  'CollectRecord' | 'SubmitRecord' | 'WithdrawRecord' | 'WithdrawLoanRequest' | 'CompleteDestruction'
>;

/** A command of each kind, about a target, in one of a few variants. */
const make: { [T in Verb]: (life: Life, target: string, variant: number) => RecordCommand } = {
  ApproveRecord: ({ record }) => approve({ round: record.rounds.length }),
  ReturnRecord: ({ record }) => returned({ round: record.rounds.length }),
  RejectRecord: ({ record }) => reject({ round: record.rounds.length }),
  ResubmitRecord: () => ({ type: 'ResubmitRecord', changes: {}, note: null }),
  FileRecord: (_life, _target, variant) => file(variant % 4 === 0 ? { medium: 'paper', place: safe2 } : {}),
  AllocateRecord: (_life, _target, variant) =>
    allocate({ owner: people[variant % 5]?.id ?? 'e', custodian: variant % 2 ? 'b' : 'c' }),
  ProposeUpdate: ({ record }, _target, variant) =>
    propose(
      { ...(variant % 2 ? { phone: `1390000000${variant % 10}` } : {}), needs: `${variant}` },
      { baseRevision: record.revision },
    ),
  SignProposal: (_life, target, variant) =>
    sign(target, variant % 3 ? {} : { decision: 'refuse', reason: '否' }),
  WithdrawProposal: (_life, proposalId) => ({ type: 'WithdrawProposal', proposalId }),
  CountersignUpdate: (_life, _target, variant) =>
    countersign(variant % 3 ? {} : { decision: 'refuse', reason: '否' }),
  RequestLoan: (life, _target, variant) =>
    borrow({ days: 1 + (variant % 4) * 20, facts: facts({ undertakingSignedAt: life.now }) }),
  EndorseLoan: (_life, target) => endorse(target),
  DecideLoan: (life, target, variant) =>
    variant % 4 === 0
      ? grant(target, { decision: 'refuse', reason: '否' })
      : grant(target, { facts: facts({ undertakingSignedAt: life.now }) }),
  RevokeLoan: (_life, loanId) => ({ type: 'RevokeLoan', loanId, reason: '否' }),
  PlaceHold: () => ({ type: 'PlaceHold', reason: '诉讼' }),
  ConsentToRelease: (_life, holdId) => ({ type: 'ConsentToRelease', holdId, reason: null }),
  ReleaseHold: (_life, holdId) => ({ type: 'ReleaseHold', holdId, reason: '结案' }),
  ApplyForDestruction: () => apply(),
  WithdrawDestruction: (_life, applicationId) => ({ type: 'WithdrawDestruction', applicationId }),
  AppraiseDestruction: (_life, target) => appraise(target),
  DecideDestruction: (_life, target) => decide(target),
  AttestDestruction: (_life, target) => attest(target),
  AttestShredding: (_life, target) => shred(target),
  ExecuteDestruction: (_life, target) => execute(target),
};
/** Loans may outlast the wait here, which the policy that ships does not let them. */
const decider = recordDeciderUnder({
  ...defaultRecordPolicy,
  loans: { ...defaultRecordPolicy.loans, maxDays: { consult: 90 } },
});

/** Holds apart: they are easily placed and hard to release, so that a walk with many would end there. */
const verbs = (Object.keys(make) as Verb[]).filter((verb) => verb !== 'PlaceHold');
const towardsDestruction = verbs.filter((verb) =>
  /Appraise|DecideD|Attest|Execute|Release|ApplyFor/.test(verb),
);

/** What happened, by whom and when: all that the check below goes by. Written independently of the rules. */
interface Model {
  readonly entries: {
    type: string;
    data: Record<string, unknown>;
    persons: string[];
    roles: string[];
    at: number;
  }[];
}

interface Real {
  life: Life;
}

let destroyed = 0;

/** Somebody does something: blindly, or (else a walk would hardly get anywhere) something that he is offered. */
class Step implements fc.Command<Model, Real> {
  constructor(
    private readonly verb: Verb,
    private readonly offered: 'none' | 'any' | 'towards destruction' | 'hold',
    private readonly who: number,
    private readonly inTheNameOf: number | null,
    private readonly days: number,
    private readonly which: number,
  ) {}

  check(): boolean {
    return true;
  }

  run(model: Model, real: Real): void {
    const actor = people[this.who] as Actor;
    const onBehalfOf = this.inTheNameOf === null ? undefined : people[this.inTheNameOf]?.id;
    const life = real.life.later(this.days);
    real.life = life;
    const command = this.command(life, actor, onBehalfOf ?? null);
    if (isRefusal(life.ask(actor, command, onBehalfOf))) return;
    real.life = life.act(actor, command, onBehalfOf);
    for (const event of real.life.events.slice(life.events.length)) {
      const persons = onBehalfOf === undefined ? [actor.id] : [actor.id, onBehalfOf];
      const entry = {
        type: event.type,
        data: event.data,
        persons,
        roles: [...actor.roles],
        at: Date.parse(life.now),
      };
      check(entry, model.entries);
      model.entries.push(entry);
    }
  }

  private command(life: Life, actor: Actor, onBehalfOf: string | null): RecordCommand {
    if (this.offered === 'hold') return make.PlaceHold(life, '', 0);
    const { loans, holds, applications, proposals } = life.record;
    const wanted = this.offered === 'towards destruction' ? towardsDestruction : verbs;
    const offers = allowedActions(life.state, actor, life.now, { onBehalfOf }).filter(({ command }) =>
      wanted.some((verb) => verb === command),
    );
    const offer = this.offered === 'none' ? undefined : offers[this.which % Math.max(1, offers.length)];
    if (offer) return make[offer.command as Verb](life, offer.target ?? '', this.which);
    const ids = [loans, holds, applications, proposals].flatMap((of) => Object.keys(of));
    return make[this.verb](life, ids[this.which % Math.max(1, ids.length)] ?? 'none', this.which);
  }

  toString(): string {
    return JSON.stringify(this);
  }
}

type Entry = Model['entries'][number];
const DAY = 86_400_000;

function check(entry: Entry, past: readonly Entry[]): void {
  const of = (member: string, ...types: string[]) =>
    past.filter(({ type, data }) => types.includes(type) && data[member] === entry.data[member]);
  const ever = (...types: string[]) => past.filter(({ type }) => types.includes(type));
  const sharesNobodyWith = (others: readonly Entry[]) =>
    expect(others.flatMap(({ persons }) => persons).filter((id) => entry.persons.includes(id))).toEqual([]);

  expect(ever('RecordDestructionBegun')).toEqual([]);
  switch (entry.type) {
    case 'RecordApproved':
    case 'RecordReturned':
    case 'RecordRejected':
      return sharesNobodyWith(ever('RecordCollected', 'RecordSubmitted', 'RecordResubmitted'));
    case 'LoanGranted':
    case 'LoanEndorsed':
    case 'LoanRevoked':
      return sharesNobodyWith(of('loanId', 'LoanRequested'));
    case 'LoanRefused':
      return entry.data['by'] === 'engine' ? undefined : sharesNobodyWith(of('loanId', 'LoanRequested'));
    case 'ProposalSigned':
    case 'ProposalRefused':
      return sharesNobodyWith(of('proposalId', 'UpdateProposed'));
    case 'HoldReleased':
      return sharesNobodyWith([...of('holdId', 'HoldPlaced'), ...ever('DestructionApplied')]);
    case 'DestructionApplied': {
      const turns = /^Record(Collected|Submitted|Resubmitted|Returned|Rejected|Withdrawn|Approved|Filed)$/;
      const last = past.findLast(({ type }) => turns.test(type));
      return expect(last?.type).not.toMatch(/Collected|Submitted|Resubmitted/);
    }
    case 'DestructionAppraised':
    case 'DestructionApproved':
    case 'DestructionAttested':
      return sharesNobodyWith(
        of(
          'applicationId',
          'DestructionApplied',
          'DestructionAppraised',
          'DestructionApproved',
          'DestructionAttested',
        ),
      );
    case 'RecordDestructionBegun':
      return checkDestruction(entry, past, of, ever, sharesNobodyWith);
  }
}

function checkDestruction(
  entry: Entry,
  past: readonly Entry[],
  of: (member: string, ...types: string[]) => Entry[],
  ever: (...types: string[]) => Entry[],
  sharesNobodyWith: (others: readonly Entry[]) => void,
): void {
  destroyed++;
  const released = ever('HoldReleased').map(({ data }) => data['holdId']);
  expect(ever('HoldPlaced').filter(({ data }) => !released.includes(data['holdId']))).toEqual([]);

  const revoked = ever('LoanRevoked').map(({ data }) => data['loanId']);
  const live = ever('LoanGranted').filter(
    ({ data }) => !revoked.includes(data['loanId']) && Date.parse(String(data['until'])) > entry.at,
  );
  expect(live).toEqual([]);

  const decided = ever('ProposalSigned', 'ProposalRefused', 'ProposalWithdrawn', 'ProposalSuperseded');
  const open = ever('UpdateProposed').filter(
    ({ data, at }) =>
      at + 30 * DAY > entry.at && !decided.some((each) => each.data['proposalId'] === data['proposalId']),
  );
  expect(open).toEqual([]);

  const [approval, ...more] = of('applicationId', 'DestructionApproved');
  if (!approval || more.length > 0) throw new Error('there is not exactly one approval');
  expect(entry.at - approval.at).toBeGreaterThanOrEqual(7 * DAY);
  expect(entry.at - approval.at).toBeLessThan(90 * DAY);

  const lastOf = (type: string) => past.findLast((each) => each.type === type);
  const grade = (lastOf('RecordApproved') ?? past[0])?.data;
  const gradeA =
    grade?.['grade'] === 'A' || (grade?.['proposed'] as { grade: string } | undefined)?.grade === 'A';
  const paper = lastOf('RecordFiled')?.data['medium'] === 'paper';
  const attestations = of('applicationId', 'DestructionAttested');
  expect(attestations.length).toBeGreaterThanOrEqual(gradeA || paper ? 2 : 1);
  if (gradeA) expect(approval.roles).toContain('executive');
  if (paper) expect(of('applicationId', 'PaperShredded')).toHaveLength(1);

  const appraisals = of('applicationId', 'DestructionAppraised');
  expect(appraisals).toHaveLength(1);
  const others = [...appraisals, approval, ...attestations];
  sharesNobodyWith(others);
  const parties = [...of('applicationId', 'DestructionApplied'), ...others].map(
    ({ persons }) => new Set(persons),
  );
  const all = parties.flatMap((persons) => [...persons]);
  expect(new Set(all).size).toBe(all.length);
}

function beginning({ grade, filed, paper }: { grade: string; filed: boolean; paper: boolean }): Life {
  const [, , custodian, manager, collector] = people as [Actor, Actor, Actor, Actor, Actor];
  const collected = newLife(decider).act(collector, collect({ proposed: proposed({ grade }) }));
  if (!filed) return collected;
  const inPaper = paper ? { medium: 'paper', place: safe2 } : {};
  return collected.act(manager, approve()).act(custodian, file(inPaper));
}

describe('whatever random people do at random times', () => {
  it('a record is never destroyed while held or lent, before its wait is over, or by too few persons; and nobody decides on his own work', () => {
    const offered = fc.oneof(
      { arbitrary: fc.constant('towards destruction' as const), weight: 24 },
      { arbitrary: fc.constantFrom('none' as const, 'any' as const), weight: 12 },
      { arbitrary: fc.constant('hold' as const), weight: 1 },
    );
    const index = fc.nat({ max: people.length - 1 });
    const step = fc
      .tuple(
        fc.constantFrom(...verbs),
        offered,
        index,
        fc.option(index, { freq: 9 }),
        fc.oneof(
          { arbitrary: fc.constant(0), weight: 10 },
          { arbitrary: fc.constantFrom(0.5, 2, 7, 31), weight: 2 },
        ),
        fc.nat({ max: 11 }),
      )
      .map((of) => new Step(...of));
    const start = fc.record({
      grade: fc.constantFrom('A', 'B'),
      filed: fc.boolean(),
      paper: fc.boolean(),
    });
    fc.assert(
      fc.property(start, fc.commands([step], { maxCommands: 80, size: 'max' }), (begin, commands) => {
        const life = beginning(begin);
        const entries = life.events.map(({ type, data, actorId, actorRoles, recordedAt }) => ({
          ...{ type, data, persons: [actorId], roles: [...actorRoles], at: Date.parse(recordedAt) },
        }));
        fc.modelRun(() => ({ model: { entries: [...entries] }, real: { life } }), commands);
      }),
      { seed: 20250303, numRuns: 400 },
    );
    // The walk must reach what it is to prevent: otherwise the property says nothing.
    expect(destroyed).toBeGreaterThan(20);
  });
});
