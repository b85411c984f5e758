import { personContent } from '../../../../test/builders/content.js';
import { isRefusal, type Actor } from '#engine/decider.js';
import {
  allocate,
  applied,
  appraise,
  approved,
  borrow,
  decide,
  endorse,
  facts,
  filed,
  grant,
  lent,
  only,
  refusalOf,
  team,
  type Life,
} from '../../../../test/builders/records.js';
import { loanAt } from './borrow.js';
import { eligibilityReport, eligibilityRules, failedRules, type EligibilityRule } from './eligibility.js';

const { zhao, qian, wang, wu, sun, lin, zheng, admin } = team;
const asked = (life: Life, more: Parameters<typeof borrow>[0] = {}) => life.act(wu, borrow(more));
const stateOf = (life: Life) => loanAt(life.record, only(life.record.loans), life.now);
const revoke = (loanId: string, reason = '用途有变') => ({ type: 'RevokeLoan', loanId, reason }) as const;

/** The rules that fail when 吴倩 asks so. */
function failing(life: Life, more: Parameters<typeof borrow>[0] = {}): string[] {
  const { kind, purpose, fields, days, batch, facts: borrower } = borrow(more);
  const question = { kind, purpose, fields, days, batch, endorsement: null };
  return failedRules(eligibilityReport(life.record, question, borrower, life.now));
}

describe('the eligibility report', () => {
  it('lists every rule, passed or failed, with its facts and where they were read', () => {
    const { kind, purpose, fields, days, batch, facts: borrower } = borrow();
    const question = { kind, purpose, fields, days, batch, endorsement: null };
    const life = filed();
    const report = eligibilityReport(life.record, question, borrower, life.now);
    expect(report.eligible).toBe(true);
    expect(report.results.map(({ rule }) => rule)).toEqual([
      ...['borrower-active', 'undertaking-signed', 'role-allowed', 'purpose-authorised', 'fields-needed'],
      ...['file-lendable', 'duration', 'loan-limit', 'no-overdue', 'no-unratified-emergency'],
      ...['grade-a-consent', 'sensitive-consent', 'paper-available'],
    ]);
    const read = Object.fromEntries(
      report.results.map((each) => [each.rule, each.position ?? each.revision]),
    );
    expect(read).toMatchObject({ 'borrower-active': '40', 'loan-limit': '41', 'file-lendable': 2 });
    expect(report.results.every(({ remedy }) => remedy === null)).toBe(true);
  });

  it('says of a failed rule what would make it pass', () => {
    const life = filed();
    const question = { ...borrow(), days: 8, endorsement: null };
    const { results } = eligibilityReport(life.record, question, facts(), life.now);
    expect(results.find(({ rule }) => rule === 'duration')).toEqual({
      rule: 'duration',
      passed: false,
      waived: false,
      ifFailed: 'refused',
      facts: { days: 8, longest: 7 },
      position: null,
      revision: 2,
      remedy: { code: 'shorten', params: { longest: 7 } },
    });
  });

  const levels = (...of: string[]) => ({ levels: of, pointers: [] });
  const cases: [EligibilityRule, string, Parameters<typeof borrow>[0], boolean][] = [
    ['borrower-active', 'an active borrower', {}, true],
    ['borrower-active', 'a deactivated borrower', { facts: facts({ active: false }) }, false],
    ['undertaking-signed', 'no undertaking', { facts: facts({ undertakingSignedAt: null }) }, false],
    [
      'undertaking-signed',
      'one of 365 days ago',
      { facts: facts({ undertakingSignedAt: '2024-03-03T01:00:00.000Z' }) },
      false,
    ],
    [
      'undertaking-signed',
      'one of a second less',
      { facts: facts({ undertakingSignedAt: '2024-03-03T01:00:01.000Z' }) },
      true,
    ],
    ['role-allowed', 'an auditor', { facts: facts({ roles: ['auditor'] }) }, false],
    ['role-allowed', 'a collector', { facts: facts({ roles: ['collector'] }) }, true],
    ['purpose-authorised', 'a purpose that the customer was not told', { purpose: 'contract' }, false],
    ['fields-needed', 'a whole level that the purpose does not need', { fields: levels('personal') }, false],
    ['fields-needed', 'open values', { fields: levels('open') }, true],
    [
      'fields-needed',
      'a field that it does not need',
      { fields: { levels: [], pointers: ['/legalRepresentative'] } },
      false,
    ],
    ['fields-needed', 'a list that it needs', { fields: { levels: [], pointers: ['/contacts'] } }, true],
    ['duration', '7 days', { days: 7 }, true],
    ['duration', '8 days', { days: 8 }, false],
    ['duration', 'no day', { days: 0 }, false],
    ['loan-limit', 'the twentieth loan', { facts: facts({ openLoans: 19 }) }, true],
    ['loan-limit', 'the twenty-first', { facts: facts({ openLoans: 20 }) }, false],
    [
      'loan-limit',
      'a batch of 500 beyond the limit',
      { batch: { id: 'b', size: 500 }, facts: facts({ openLoans: 499 }) },
      true,
    ],
    ['loan-limit', 'a batch of 501', { batch: { id: 'b', size: 501 } }, false],
    ['no-overdue', 'something overdue', { facts: facts({ overdueLoans: 1 }) }, false],
    [
      'no-unratified-emergency',
      'an unratified emergency',
      { facts: facts({ unratifiedEmergencies: 1 }) },
      false,
    ],
  ];
  it.each(cases)('%s: %s', (rule, _name, more, passes) => {
    expect(failing(filed(), more)).toEqual(passes ? [] : [rule]);
  });

  it('file-lendable: only a filed record is lent', () => {
    expect(failing(approved())).toEqual(['file-lendable']);
  });

  it('file-lendable: an application leaves a record lendable, its approval does not, until it lapses', () => {
    const { life, id } = applied();
    expect(failing(life)).toEqual([]);
    const dead = life.act(wu, appraise(id)).act(wang, decide(id));
    expect(failing(dead)).toEqual(['file-lendable']);
    expect(failing(dead.later(89))).toEqual(['file-lendable']);
    expect(failing(dead.later(90))).toEqual([]);
  });

  it('grade-a-consent: a grade A file needs a manager too', () => {
    expect(failing(filed('A'))).toEqual(['grade-a-consent']);
  });

  it('sensitive-consent: each sensitive field asked for stands on a separate consent', () => {
    const content = personContent({ incomeBand: '200k-500k', family: [{ relation: 'child' }] });
    const ask = { purpose: 'supervision', fields: levels('sensitive') };
    const record = { subjectType: 'person' as const, purpose: 'supervision', content };
    const both = filed('B', {}, { ...record, separateConsents: ['family', 'incomeBand'] });
    const one = { ...both, record: { ...both.record, separateConsents: ['family'] } };
    expect(failing(one, ask)).toEqual(['sensitive-consent']);
    expect(failing(one, { ...ask, fields: { levels: [], pointers: ['/family'] } })).toEqual([]);
    expect(failing(one, { ...ask, fields: { levels: [], pointers: ['/incomeBand'] } })).toEqual([
      'sensitive-consent',
    ]);
    expect(failing(both, ask)).toEqual([]);
  });

  it('has a rule for each name, once', () => {
    expect(new Set(eligibilityRules.map(({ rule }) => rule)).size).toBe(13);
  });
});

describe('asking for a loan', () => {
  it('is recorded, and waits for the custodian', () => {
    const life = asked(filed());
    expect(life.events.at(-1)?.type).toBe('LoanRequested');
    expect(stateOf(life)).toBe('requested');
  });

  it('that fails a rule nobody may waive is refused by the engine at once, as an event', () => {
    const decision = filed().ask(wu, borrow({ days: 30, purpose: 'contract' }));
    expect(decision).toMatchObject([
      { type: 'LoanRequested', data: { report: { eligible: false } } },
      { type: 'LoanRefused', data: { by: 'engine', failed: ['purpose-authorised', 'duration'] } },
    ]);
    expect(stateOf(asked(filed(), { days: 30 }))).toBe('refused');
  });

  it('that fails only what a manager may settle waits for him', () => {
    expect(stateOf(asked(filed('A')))).toBe('requested');
    expect(stateOf(asked(filed(), { facts: facts({ overdueLoans: 1 }) }))).toBe('requested');
  });

  it('by an auditor is refused by the report, and kept; by the administrator there is none', () => {
    const by = (actor: Actor) => filed().ask(actor, borrow({ facts: facts({ roles: actor.roles }) }));
    expect(by(zheng)).toMatchObject([{}, { type: 'LoanRefused', data: { failed: ['role-allowed'] } }]);
    expect(refusalOf(by(admin))).toBe('staff.role-missing');
  });

  it('names known fields or levels, a known purpose, and whole days', () => {
    const refused = (more: Parameters<typeof borrow>[0]) => refusalOf(filed().ask(wu, borrow(more)));
    expect(refused({ fields: { levels: [], pointers: [] } })).toBe('loan.fields-required');
    expect(refused({ fields: { levels: ['secret'], pointers: [] } })).toBe('loan.level-unknown');
    expect(refused({ fields: { levels: [], pointers: ['/shoeSize'] } })).toBe('record.field-unknown');
    expect(refused({ fields: { levels: [], pointers: ['/contacts/13912345678/phone'] } })).toBe(
      'record.field-unknown',
    );
    expect(refused({ purpose: 'gossip' })).toBe('record.code-unknown');
    expect(refused({ days: 2.5 })).toBe('loan.number-not-whole');
    expect(refused({ batch: { id: 'b', size: 1.5 } })).toBe('loan.number-not-whole');
  });

  it('is taken back by the borrower alone, while it is undecided', () => {
    const life = asked(filed());
    const withdraw = { type: 'WithdrawLoanRequest', loanId: only(life.record.loans) } as const;
    expect(refusalOf(life.ask(sun, withdraw))).toBe('loan.not-the-borrower');
    const withdrawn = life.act(wu, withdraw);
    expect(stateOf(withdrawn)).toBe('withdrawn');
    expect(refusalOf(withdrawn.ask(wu, withdraw))).toBe('loan.wrong-state');
    expect(refusalOf(life.ask(wu, { ...withdraw, loanId: 'constructor' }))).toBe('loan.not-found');
  });
});

describe('deciding on a loan', () => {
  it('is the record’s custodian’s', () => {
    const life = asked(filed());
    expect(refusalOf(life.ask(qian, grant(only(life.record.loans))))).toBe('loan.not-the-custodian');
    expect(stateOf(life.act(zhao, grant(only(life.record.loans))))).toBe('active');
  });

  it('is never the borrower’s: then another custodian decides', () => {
    const life = filed().act(zhao, borrow({ facts: facts({ roles: ['custodian'] }) }));
    const id = only(life.record.loans);
    expect(refusalOf(life.ask(zhao, grant(id)))).toBe('staff.own-work');
    expect(refusalOf(life.ask(qian, grant(id), 'zhao'))).toBe('staff.own-work');
    expect(refusalOf(life.ask(qian, grant(id)))).toBeNull();
  });

  it('can refuse an eligible request, with a reason', () => {
    const life = asked(filed());
    const refuse = grant(only(life.record.loans), { decision: 'refuse' });
    expect(refusalOf(life.ask(zhao, refuse))).toBe('record.reason-required');
    expect(life.ask(zhao, { ...refuse, reason: '已有同类分析' })).toMatchObject([
      { type: 'LoanRefused', data: { by: 'custodian', failed: [], report: { eligible: true } } },
    ]);
  });

  it('cannot grant a request that fails now, though it was eligible when it was made', () => {
    const life = asked(filed());
    const late = grant(only(life.record.loans), { facts: facts({ unratifiedEmergencies: 1 }) });
    expect(life.ask(zhao, late)).toEqual({
      refused: 'loan.not-eligible',
      params: { failed: ['no-unratified-emergency'] },
    });
  });

  it('is made once', () => {
    const { life, loanId } = lent();
    expect(refusalOf(life.ask(zhao, grant(loanId)))).toBe('loan.wrong-state');
  });

  it('keeps the report of the decision in the event', () => {
    const life = asked(filed());
    const decision = life.ask(zhao, grant(only(life.record.loans), { facts: facts({ openLoans: 3 }) }));
    if (isRefusal(decision)) throw new Error(decision.refused);
    expect(decision[0]).toMatchObject({
      type: 'LoanGranted',
      data: {
        report: {
          eligible: true,
          results: expect.arrayContaining([
            expect.objectContaining({ rule: 'loan-limit', facts: { openLoans: 3, limit: 20 } }),
          ]),
        },
      },
    });
  });
});

describe('a manager’s part in a loan', () => {
  it('is to agree to grade A, before the custodian can grant', () => {
    const life = asked(filed('A'));
    const id = only(life.record.loans);
    expect(life.ask(zhao, grant(id))).toMatchObject({ params: { failed: ['grade-a-consent'] } });
    expect(stateOf(life.act(wang, endorse(id)).act(zhao, grant(id)))).toBe('active');
  });

  it('is to waive what is overdue, with a reason', () => {
    const overdue = facts({ overdueLoans: 1 });
    const life = asked(filed(), { facts: overdue });
    const id = only(life.record.loans);
    expect(refusalOf(life.ask(wang, endorse(id, { waive: ['no-overdue'] })))).toBe('record.reason-required');
    const waived = life.act(wang, endorse(id, { waive: ['no-overdue'], reason: '在途' }));
    expect(refusalOf(life.act(wang, endorse(id)).ask(zhao, grant(id, { facts: overdue })))).toBe(
      'loan.not-eligible',
    );
    expect(refusalOf(waived.ask(zhao, grant(id, { facts: overdue })))).toBeNull();
  });

  it('is not to waive anything else', () => {
    const life = asked(filed('A'));
    const all = eligibilityRules.map(({ rule }) => rule).filter((rule) => rule !== 'no-overdue');
    for (const rule of all) {
      const waive = endorse(only(life.record.loans), { waive: [rule], reason: '急' });
      expect(life.ask(wang, waive)).toEqual({ refused: 'loan.not-waivable', params: { rule } });
    }
  });

  it('is the executive’s where a manager borrows, and only then', () => {
    const ofManager = filed('A').act(wang, borrow({ facts: facts({ roles: ['manager'] }) }));
    const id = only(ofManager.record.loans);
    expect(refusalOf(ofManager.ask(wang, endorse(id)))).toBe('staff.own-work');
    expect(stateOf(ofManager.act(lin, endorse(id)).act(zhao, grant(id)))).toBe('active');
    const ofAnalyst = asked(filed('A'));
    const other = endorse(only(ofAnalyst.record.loans));
    expect(refusalOf(ofAnalyst.ask(lin, other))).toBe('loan.executive-stands-in-only');
    expect(refusalOf(ofAnalyst.ask({ id: 'lin', roles: ['executive', 'manager'] }, other))).toBeNull();
  });

  it('is never the borrower’s, nor that of the custodian who decides', () => {
    const both = { id: 'zhao', roles: ['custodian', 'manager'] };
    const life = asked(filed('A'));
    const id = only(life.record.loans);
    expect(refusalOf(life.ask(wang, endorse(id), 'wu'))).toBe('staff.own-work');
    const endorsed = life.act(both, endorse(id));
    expect(refusalOf(endorsed.ask(both, grant(id)))).toBe('staff.own-work');
    expect(refusalOf(endorsed.ask(qian, grant(id)))).toBeNull();
    expect(refusalOf(endorsed.ask(wang, endorse(id)))).toBe('loan.wrong-state');
  });
});

describe('an active loan', () => {
  it('ends by itself, to the second', () => {
    const { life, loanId } = lent();
    expect(life.record.loans[loanId]).toMatchObject({ from: life.now, until: '2025-03-10T01:00:00.000Z' });
    expect(loanAt(life.record, loanId, '2025-03-10T00:59:59.999Z')).toBe('active');
    expect(loanAt(life.record, loanId, '2025-03-10T01:00:00.000Z')).toBe('expired');
  });

  it('is revoked at once by a custodian or a manager, with a reason', () => {
    const { life, loanId } = lent();
    expect(refusalOf(life.ask(lin, revoke(loanId)))).toBe('staff.role-missing');
    expect(refusalOf(life.ask(wang, revoke(loanId, '')))).toBe('record.reason-required');
    for (const each of [wang, qian]) {
      expect(stateOf(life.act(each, revoke(loanId)))).toBe('revoked');
    }
    expect(refusalOf(life.later(7).ask(wang, revoke(loanId)))).toBe('loan.wrong-state');
  });

  it('is not revoked by its borrower', () => {
    const { life, loanId } = lent();
    expect(refusalOf(life.ask({ id: 'wu', roles: ['analyst', 'manager'] }, revoke(loanId)))).toBe(
      'staff.own-work',
    );
  });

  it('outlives a reallocation', () => {
    const { life, loanId } = lent();
    expect(loanAt(life.act(wang, allocate({ custodian: 'qian' })).record, loanId, life.now)).toBe('active');
  });
});

describe('a record that has been lent for years', () => {
  it('remembers the loans that wait, are active, or ended within 30 days', () => {
    const { life, loanId: ended } = lent();
    const waiting = life.act(sun, borrow({ facts: facts({ roles: ['collector'] }) }));
    const [, request] = Object.keys(waiting.record.loans);
    const asked = (later: Life) =>
      Object.keys(later.act(wu, borrow({ facts: signed(later.now) })).record.loans);
    expect(asked(waiting.later(37))).toEqual([ended, request, expect.any(String)]);
    expect(asked(waiting.later(38))).toEqual([request, expect.any(String)]);
  });

  const signed = (now: string) => facts({ undertakingSignedAt: now });
});
