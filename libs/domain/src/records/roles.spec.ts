import {
  allocate,
  applied,
  apply,
  appraise,
  approve,
  approved,
  attest,
  borrow,
  collect,
  countersign,
  decide,
  destructible,
  endorse,
  execute,
  file,
  filed,
  grant,
  lent,
  newLife,
  propose,
  refusalOf,
  reject,
  returned,
  safe2,
  shred,
  sign,
  submitted,
  team,
  type Life,
} from '../../../../test/builders/records.js';
import { allowedActions } from './allowed.js';
import type { RecordCommand } from './commands.js';
import { recordDecider } from './decider.js';
import { ROLES, type Role } from '../roles.js';
import { commandRoles } from './roles.js';

/** What each duty may do, as `docs/domain.md` gives it. */
const duties: Record<Role, string> = {
  collector: `CollectRecord SubmitRecord ResubmitRecord WithdrawRecord RequestLoan WithdrawLoanRequest
    ProposeUpdate WithdrawProposal AppraiseDestruction AttestDestruction`,
  manager: `ApproveRecord ReturnRecord RejectRecord AllocateRecord RequestLoan WithdrawLoanRequest EndorseLoan
    ProposeUpdate SignProposal WithdrawProposal CountersignUpdate RevokeLoan PlaceHold ReleaseHold AppraiseDestruction DecideDestruction AttestDestruction`,
  executive: `ApproveRecord ReturnRecord RejectRecord AllocateRecord RequestLoan WithdrawLoanRequest EndorseLoan
    ProposeUpdate WithdrawProposal PlaceHold ReleaseHold AppraiseDestruction DecideDestruction AttestDestruction`,
  custodian: `FileRecord ProposeUpdate SignProposal WithdrawProposal CountersignUpdate RequestLoan WithdrawLoanRequest DecideLoan RevokeLoan PlaceHold ApplyForDestruction
    WithdrawDestruction AppraiseDestruction AttestDestruction AttestShredding ExecuteDestruction`,
  analyst: `ProposeUpdate WithdrawProposal RequestLoan WithdrawLoanRequest AppraiseDestruction
    AttestDestruction`,
  auditor: 'RequestLoan WithdrawLoanRequest PlaceHold ConsentToRelease AttestDestruction',
  administrator: '',
};

const commands = Object.keys(commandRoles) as RecordCommand['type'][];
const cells = commands.flatMap((command) => ROLES.map((role) => [command, role] as const));

describe('who may give a command', () => {
  it.each(cells)('%s by a %s', (type, role) => {
    const may = duties[role].split(/\s+/).includes(type);
    const decision = recordDecider.decide(asked(type, 'x'), filed().state, {
      ...{ now: filed().now, actor: { id: 'hu', roles: [role] }, onBehalfOf: null },
      ...{ mint: (name: string) => name, revision: 2 },
    });
    if (may) expect(decision).not.toMatchObject({ refused: 'staff.role-missing' });
    else
      expect(decision).toEqual({
        refused: 'staff.role-missing',
        params: { command: type, roles: commandRoles[type] },
      });
  });
});

/** A command of each kind that its rules would accept, whatever it is about. */
function asked(type: RecordCommand['type'], target: string): RecordCommand {
  switch (type) {
    case 'CollectRecord':
      return collect();
    case 'SubmitRecord':
      return { type, changes: {} };
    case 'ResubmitRecord':
      return { type, changes: {}, note: null };
    case 'WithdrawRecord':
      return { type, reason: null };
    case 'ApproveRecord':
      return approve();
    case 'ReturnRecord':
      return returned();
    case 'RejectRecord':
      return reject();
    case 'FileRecord':
      return file();
    case 'AllocateRecord':
      return allocate({
        ...{ owner: 'x', custodian: 'y' },
        facts: {
          position: null,
          owner: { active: true, roles: ['manager'] },
          custodian: { active: true, roles: ['custodian'] },
          claimants: [],
        },
      });
    case 'ProposeUpdate':
      return propose({ productPreferences: '乌龙茶' }, { baseRevision: 0 });
    case 'SignProposal':
      return sign(target, { decision: 'refuse', reason: '否' });
    case 'WithdrawProposal':
      return { type, proposalId: target };
    case 'CountersignUpdate':
      return countersign();
    case 'RequestLoan':
      return borrow();
    case 'WithdrawLoanRequest':
      return { type, loanId: target };
    case 'EndorseLoan':
      return endorse(target);
    case 'DecideLoan':
      return grant(target, { decision: 'refuse', reason: '否' });
    case 'RevokeLoan':
      return { type, loanId: target, reason: '否' };
    case 'PlaceHold':
      return { type, reason: '诉讼' };
    case 'ConsentToRelease':
      return { type, holdId: target, reason: null };
    case 'ReleaseHold':
      return { type, holdId: target, reason: '结案' };
    case 'ApplyForDestruction':
      return apply();
    case 'WithdrawDestruction':
      return { type, applicationId: target };
    case 'AppraiseDestruction':
      return appraise(target);
    case 'DecideDestruction':
      return decide(target);
    case 'AttestDestruction':
      return attest(target);
    case 'AttestShredding':
      return shred(target);
    case 'ExecuteDestruction':
      return execute(target);
    case 'CompleteDestruction':
      return { type, certificate: {} };
  }
}

const paper = destructible(filed('B', { medium: 'paper', place: safe2 }));
const ready = destructible();
const lives: [string, Life][] = [
  ['no record', newLife()],
  ['a draft', newLife().act(team.sun, collect({ submit: false }))],
  ['a submitted record', submitted()],
  ['a returned record', submitted().act(team.wang, returned())],
  ['an approved record', approved()],
  ['a filed record', filed()],
  [
    'a record with a proposal and an update',
    filed().act(team.sun, propose({ phone: '13900000001', needs: '茶' })),
  ],
  ['a proposal of its custodian', filed().act(team.zhao, propose({ phone: '13900000001', needs: '茶' }))],
  [
    'a proposal of its owner, an analyst',
    filed()
      .act(team.wang, allocate({ owner: 'wu' }))
      .act(team.wu, propose({ phone: '13900000001', needs: '茶' }, { baseRevision: 3 })),
  ],
  [
    'a lapsed proposal',
    filed()
      .act(team.sun, propose({ phone: '13900000001' }))
      .later(30),
  ],
  ['a restricted record with a proposal', restricted()],
  ['a record asked for', filed('A').act(team.wu, borrow())],
  ['a lent record', lent().life],
  ['a held record', filed().act(team.zheng, { type: 'PlaceHold', reason: '审计' })],
  ['a record applied for', applied().life],
  ['an appraised one', applied().life.act(team.wu, appraise(applied().id))],
  ['one to be shredded', paper.life],
  ['one to be executed', ready.life.act(team.zheng, attest(ready.id))],
  ['one being destroyed', ready.life.act(team.zheng, attest(ready.id)).act(team.zhao, execute(ready.id))],
];

function restricted(): Life {
  const life = filed().act(team.sun, propose({ phone: '13900000001', needs: '茶' }));
  return life.act(team.zhao, apply({ ground: 'requested' }));
}

describe.each(lives)('the actions allowed on %s', (_name, life) => {
  it.each(Object.entries(team))('are, for %s, exactly those that would be accepted', (_who, person) => {
    const targets =
      life.state.status === 'absent'
        ? []
        : [life.state.loans, life.state.holds, life.state.applications, life.state.proposals].flatMap((of) =>
            Object.keys(of),
          );
    const accepted = commands
      .filter((type) => type !== 'CollectRecord' && type !== 'CompleteDestruction')
      .flatMap((type) => {
        const about = asked(type, 'x');
        const ids = ['loanId', 'holdId', 'applicationId', 'proposalId'];
        const needsTarget = ids.some((id) => id in about);
        return (needsTarget ? targets : [null])
          .filter((target) => refusalOf(life.ask(person, asked(type, target ?? ''))) === null)
          .map((target) => ({ command: type, target }));
      });
    const allowed = allowedActions(life.state, person, life.now);
    const key = (each: { command: string; target: string | null }) => `${each.command} ${each.target}`;
    expect(allowed.map(key).sort()).toEqual(accepted.map(key).sort());
  });
});
