import { companyContent } from '../../../../test/builders/content.js';
import {
  allocate,
  applied,
  apply,
  appraise,
  approved,
  attest,
  decide,
  destructible,
  execute,
  file,
  filed,
  lent,
  newLife,
  collect,
  only,
  propose,
  refusalOf,
  reject,
  safe2,
  shred,
  sign,
  START,
  submitted,
  team,
  type Life,
} from '../../../../test/builders/records.js';
import { applicationAt, isRestricted } from './application.js';
import { destructionGuard, guardRules } from './guard.js';

const { zhao, qian, wang, lin, wu, sun, zhou, zheng, system } = team;
const inPaper = () => filed('B', { medium: 'paper', place: safe2 });
const complete = { type: 'CompleteDestruction', certificate: { keys: 2 } } as const;
const withdraw = (applicationId: string) => ({ type: 'WithdrawDestruction', applicationId }) as const;
const applicationOf = (life: Life) => {
  const application = life.record.applications[only(life.record.applications)];
  if (!application) throw new Error('there is no application');
  return application;
};
const stateOf = (life: Life) => applicationAt(applicationOf(life), life.now);
const failed = (life: Life) =>
  destructionGuard(life.record, life.now)
    .results.filter(({ passed }) => !passed)
    .map(({ rule }) => rule);

describe('applying for destruction', () => {
  it('is the custodian’s, in writing, on one ground', () => {
    expect(refusalOf(filed().ask(wang, apply()))).toBe('staff.role-missing');
    expect(refusalOf(filed().ask(zhao, apply({ reason: ' ' })))).toBe('record.reason-required');
    expect(refusalOf(filed().ask(zhao, apply({ ground: 'spite' })))).toBe('record.code-unknown');
    expect(refusalOf(filed().ask(zhao, apply({ ground: 'constructor' })))).toBe('record.code-unknown');
    expect(filed().ask(zhao, apply())).toEqual([
      {
        type: 'DestructionApplied',
        data: {
          ...{ applicationId: 'application-3', target: { kind: 'record' }, ground: 'invalid' },
          ...{ retainUntil: null, lastContact: { on: null, position: '43' }, restricts: false },
          lapsesAt: '2025-04-02T01:00:00.000Z',
        },
        sealed: { record: { '/text/reason': '客户已注销' } },
      },
    ]);
  });

  it.each(['invalid', 'erroneous', 'collected-in-error'])('needs no retention on the ground %s', (ground) => {
    expect(refusalOf(filed().ask(zhao, apply({ ground })))).toBeNull();
  });

  it('on the ground that retention has passed counts from the last contact', () => {
    const asked = (life: Life, on: string | null) =>
      life.ask(zhao, apply({ ground: 'expired', lastContact: { on, position: '43' } }));
    expect(asked(filed(), null)).toEqual({
      refused: 'destruction.retention-not-over',
      params: { retainUntil: '2027-03-03' },
    });
    const later = filed().later(730);
    expect(later.now).toBe('2027-03-03T01:00:00.000Z');
    expect(refusalOf(asked(later, null))).toBeNull();
    expect(refusalOf(asked(filed().later(729), null))).toBe('destruction.retention-not-over');
    expect(asked(later, '2026-02-28')).toMatchObject({ params: { retainUntil: '2028-02-28' } });
    const leap = filed('B', {}, { content: companyContent({ firstContactOn: '2024-02-29' }) }).later(360);
    expect(asked(leap, '2024-02-29')).toMatchObject({ params: { retainUntil: '2026-03-01' } });
  });

  it('on that ground counts from no contact before the first', () => {
    const asked = filed().ask(
      zhao,
      apply({ ground: 'expired', lastContact: { on: '1997-08-25', position: '43' } }),
    );
    expect(asked).toMatchObject({ params: { retainUntil: '2027-03-03' } });
  });

  it('on that ground never ends for a permanent file, nor for one that is neither filed nor closed', () => {
    const asked = (life: Life) => refusalOf(life.later(9000).ask(zhao, apply({ ground: 'expired' })));
    expect(asked(filed('B', { retentionClass: 'permanent' }))).toBe('destruction.retention-without-end');
    expect(asked(approved())).toBe('destruction.retention-without-end');
  });

  it('on that ground waits 30 days for what was rejected or withdrawn', () => {
    const rejected = submitted().act(wang, reject());
    const withdrawn = submitted().act(sun, { type: 'WithdrawRecord', reason: null });
    for (const life of [rejected, withdrawn]) {
      expect(refusalOf(life.later(29).ask(zhao, apply({ ground: 'expired' })))).toBe(
        'destruction.retention-not-over',
      );
      expect(refusalOf(life.later(30).ask(zhao, apply({ ground: 'expired' })))).toBeNull();
    }
  });

  it('by the subject, or for want of consent, waits for the legal minimum only', () => {
    for (const ground of ['requested', 'withdrawn']) {
      expect(refusalOf(filed().ask(zhao, apply({ ground })))).toBeNull();
      const ended = filed('B', { retentionClass: 'ended' });
      expect(ended.ask(zhao, apply({ ground }))).toMatchObject({ params: { retainUntil: '2028-03-03' } });
      expect(refusalOf(approved().ask(zhao, apply({ ground })))).toBeNull();
    }
  });

  it('by the subject restricts the record while the application stands', () => {
    const { record, now } = filed().act(zhao, apply({ ground: 'requested' }));
    expect(isRestricted(record, now)).toBe(true);
    expect(isRestricted(record, '2025-04-02T01:00:00.000Z')).toBe(false);
    expect(isRestricted(applied().life.record, now)).toBe(false);
  });

  it('is possible for a record that was never filed', () => {
    expect(refusalOf(submitted().act(wang, reject()).ask(zhao, apply()))).toBeNull();
    expect(refusalOf(approved().ask(zhao, apply()))).toBeNull();
  });

  it('is not possible while the record is a draft or under review: that has its own way out', () => {
    const draft = newLife().act(sun, collect({ submit: false }));
    for (const life of [draft, submitted()]) {
      const { status } = life.record;
      expect(life.ask(zhao, apply())).toEqual({ refused: 'destruction.under-review', params: { status } });
    }
    const withdrawn = draft.act(sun, { type: 'WithdrawRecord', reason: null });
    expect(refusalOf(withdrawn.ask(zhao, apply()))).toBeNull();
  });

  it('is made once at a time', () => {
    const { life, id } = applied();
    expect(life.ask(qian, apply())).toEqual({
      refused: 'destruction.already-open',
      params: { applicationId: id },
    });
    expect(refusalOf(life.later(30).ask(qian, apply()))).toBeNull();
  });

  it('refuses a last contact that is no date, or in the future', () => {
    for (const on of ['soon', '2025-03-04']) {
      expect(refusalOf(filed().ask(zhao, apply({ lastContact: { on, position: null } })))).toBe(
        'destruction.last-contact-invalid',
      );
    }
  });

  it('is withdrawn by the applicant alone', () => {
    const { life, id } = applied();
    expect(refusalOf(life.ask(qian, withdraw(id)))).toBe('destruction.not-the-applicant');
    expect(stateOf(life.act(zhao, withdraw(id)))).toBe('withdrawn');
    expect(refusalOf(life.later(31).ask(zhao, withdraw(id)))).toBe('destruction.wrong-state');
  });

  it('lapses after 30 days unless it is decided', () => {
    const { life, id } = applied();
    expect(stateOf(life.later(29.9))).toBe('open');
    expect(stateOf(life.later(30))).toBe('lapsed');
    expect(refusalOf(life.later(30).ask(wu, appraise(id)))).toBe('destruction.wrong-state');
    const appraised = life.act(wu, appraise(id));
    expect(refusalOf(appraised.later(30).ask(wang, decide(id)))).toBe('destruction.wrong-state');
  });
});

describe('appraising', () => {
  it('is for the follow-up owner, an analyst, or the executive', () => {
    const { life, id } = applied(filed().act(wang, allocate({ owner: 'zhou' })));
    expect(refusalOf(life.ask(sun, appraise(id)))).toBe('destruction.not-an-appraiser');
    for (const each of [zhou, wu, lin]) expect(refusalOf(life.ask(each, appraise(id)))).toBeNull();
  });

  it('is not for the applicant', () => {
    const both = { id: 'zhao', roles: ['custodian', 'analyst'] };
    const { life, id } = applied();
    expect(refusalOf(life.ask(both, appraise(id)))).toBe('staff.own-work');
    expect(refusalOf(life.ask(wu, appraise(id), 'zhao'))).toBe('staff.own-work');
  });

  it('gives a reason, and an opinion to keep ends the application', () => {
    const { life, id } = applied();
    expect(refusalOf(life.ask(wu, { ...appraise(id), reason: '' }))).toBe('record.reason-required');
    expect(stateOf(life.act(wu, appraise(id, 'keep')))).toBe('refused');
  });
});

describe('approving a destruction', () => {
  const appraised = (life: Life = filed()) => {
    const { life: open, id } = applied(life);
    return { life: open.act(wu, appraise(id)), id };
  };

  it('comes after the appraisal', () => {
    const { life, id } = applied();
    expect(refusalOf(life.ask(wang, decide(id)))).toBe('destruction.wrong-state');
  });

  it('is a manager’s, and for grade A the executive’s', () => {
    const plain = appraised();
    expect(refusalOf(plain.life.ask(lin, decide(plain.id)))).toBe('destruction.executive-stands-in-only');
    expect(refusalOf(plain.life.ask(wang, decide(plain.id)))).toBeNull();
    const gradeA = appraised(filed('A'));
    expect(refusalOf(gradeA.life.ask(wang, decide(gradeA.id)))).toBe('destruction.executive-decides-grade-a');
    expect(refusalOf(gradeA.life.ask(lin, decide(gradeA.id)))).toBeNull();
  });

  it('is the executive’s too where a manager applied or appraised', () => {
    const { life, id } = applied(filed());
    const managing = life.act({ id: 'hu', roles: ['manager', 'analyst'] }, appraise(id));
    expect(refusalOf(managing.ask(lin, decide(id)))).toBeNull();
  });

  it('is not for the applicant or the appraiser', () => {
    const { life, id } = appraised();
    for (const each of ['zhao', 'wu']) {
      expect(refusalOf(life.ask({ id: each, roles: ['manager'] }, decide(id)))).toBe('staff.own-work');
      expect(refusalOf(life.ask(wang, decide(id), each))).toBe('staff.own-work');
    }
  });

  it('is never an auditor’s', () => {
    const { life, id } = appraised();
    expect(refusalOf(life.ask(zheng, decide(id)))).toBe('staff.role-missing');
  });

  it('can be refused, with a reason', () => {
    const { life, id } = appraised();
    expect(refusalOf(life.ask(wang, { ...decide(id, 'refuse'), reason: null }))).toBe(
      'record.reason-required',
    );
    expect(stateOf(life.act(wang, decide(id, 'refuse')))).toBe('refused');
  });

  it('lapses after 90 days', () => {
    const { life, id } = destructible();
    expect(stateOf(life.later(82))).toBe('approved');
    expect(stateOf(life.later(83))).toBe('lapsed');
    const attested = life.act(zheng, attest(id));
    expect(attested.later(83).ask(zhao, execute(id))).toMatchObject({
      params: { failed: ['approval-live'] },
    });
  });
});

describe('the destruction guard', () => {
  it('lets a record pass once its wait is over and its witness has attested', () => {
    const { life, id } = destructible();
    expect(failed(life)).toEqual(['witnesses-enough']);
    const attested = life.act(zheng, attest(id));
    expect(destructionGuard(attested.record, attested.now)).toMatchObject({
      passed: true,
      applicationId: id,
    });
  });

  it('lists every rule, also where nothing was applied for', () => {
    const report = destructionGuard(filed().record, START);
    expect(report.results.map(({ rule }) => rule)).toEqual(guardRules.map(({ rule }) => rule));
    expect(report).toMatchObject({ passed: false, applicationId: null });
    expect(failed(filed())).toEqual(['approval-live', 'approver-entitled', 'wait-over', 'witnesses-enough']);
  });

  it('stops at a hold placed at the last moment, and goes on when it is released', () => {
    const { life, id } = destructible();
    const held = life.act(zheng, attest(id)).act(wang, { type: 'PlaceHold', reason: '诉讼' });
    expect(held.ask(zhao, execute(id))).toEqual({
      refused: 'destruction.guard-failed',
      params: { failed: ['no-hold'] },
    });
    const holdId = only(held.record.holds);
    const released = held.act(lin, { type: 'ReleaseHold', holdId, reason: '结案' });
    expect(refusalOf(released.ask(zhao, execute(id)))).toBeNull();
  });

  it('stops at an active loan, until it ends', () => {
    const { life } = lent();
    const open = applied(life);
    const ready = open.life.act(wu, appraise(open.id)).act(wang, decide(open.id)).later(6.99);
    expect(failed(ready)).toContain('no-active-loan');
    expect(failed(ready.later(0.01))).toEqual(['witnesses-enough']);
  });

  it.each(['handovers', 'complaints', 'contests'] as const)('stops at open %s', (matter) => {
    const { life } = destructible();
    const busy = { ...life.record, openMatters: { ...life.record.openMatters, [matter]: ['m-1'] } };
    const results = destructionGuard(busy, life.now).results.filter(({ passed }) => !passed);
    expect(results[0]).toMatchObject({
      rule: `no-open-${matter.slice(0, -1)}`,
      facts: { [matter]: ['m-1'] },
    });
  });

  it('stops at an open proposal, until it is decided on or lapses', () => {
    const { life, id } = destructible();
    const asked = life.act(sun, propose({ phone: '13900000001' }));
    const proposalId = only(asked.record.proposals);
    expect(failed(asked)).toContain('no-open-proposal');
    expect(failed(asked.later(30))).not.toContain('no-open-proposal');
    const refused = asked.act(wang, sign(proposalId, { decision: 'refuse', reason: '将销毁' }));
    expect(failed(refused)).not.toContain('no-open-proposal');
    expect(refusalOf(asked.ask(qian, attest(id)))).toBe('destruction.guard-failed');
  });

  it('stops before the 7 days are over', () => {
    const { life, id } = applied();
    const waiting = life.act(wu, appraise(id)).act(wang, decide(id));
    expect(failed(waiting.later(6.9))).toContain('wait-over');
    expect(failed(waiting.later(7))).not.toContain('wait-over');
  });

  it('stops a record that became grade A after a manager had approved', () => {
    const { life, id } = destructible();
    const raised = { ...life.act(zheng, attest(id)).record, grade: 'A' };
    const report = destructionGuard(raised, life.now);
    expect(report.results.filter(({ passed }) => !passed).map(({ rule }) => rule)).toEqual([
      'approver-entitled',
      'witnesses-enough',
    ]);
  });

  it('stops where one person acted twice', () => {
    const { life, id } = destructible();
    const attested = life.act(zheng, attest(id)).record;
    const application = attested.applications[id];
    if (!application) throw new Error('there is no application');
    const twice = { ...application, approvedBy: { id: 'lu', onBehalfOf: 'zheng', roles: ['manager'] } };
    const report = destructionGuard({ ...attested, applications: { [id]: twice } }, life.now);
    expect(report.results.filter(({ passed }) => !passed)).toMatchObject([{ rule: 'different-persons' }]);
  });
});

describe('witnessing', () => {
  it.each([
    ['grade B, electronic', filed('B'), 1],
    ['grade A', filed('A'), 2],
    ['paper', inPaper(), 2],
    [
      'paper that was never filed',
      submitted({ content: { ...collect().content, medium: 'paper' } }).act(wang, reject()),
      2,
    ],
  ])('takes, for %s, so many witnesses', (_name, from, needed) => {
    const { life } = destructible(from);
    const rule = destructionGuard(life.record, life.now).results.find(
      (each) => each.rule === 'witnesses-enough',
    );
    expect(rule?.facts).toEqual({ needed, given: 0 });
  });

  it('comes when the wait is over', () => {
    const { life, id } = applied();
    const waiting = life.act(wu, appraise(id)).act(wang, decide(id)).later(1);
    expect(waiting.ask(zheng, attest(id))).toEqual({
      refused: 'destruction.guard-failed',
      params: { failed: ['wait-over'] },
    });
  });

  it('is for nobody who had a part in it, and for each person once', () => {
    const { life, id } = destructible(filed('A'));
    for (const each of ['zhao', 'wu', 'lin']) {
      expect(refusalOf(life.ask({ id: each, roles: ['collector'] }, attest(id)))).toBe('staff.own-work');
      expect(refusalOf(life.ask(zheng, attest(id), each))).toBe('staff.own-work');
    }
    const once = life.act(zheng, attest(id));
    expect(refusalOf(once.ask(zheng, attest(id)))).toBe('staff.own-work');
    expect(once.ask(zhao, execute(id))).toMatchObject({ params: { failed: ['witnesses-enough'] } });
    expect(refusalOf(once.act(sun, attest(id)).ask(zhao, execute(id)))).toBeNull();
  });

  it('is not for the one who shredded the paper', () => {
    const { life, id } = destructible(inPaper());
    expect(refusalOf(life.act(qian, shred(id)).ask(qian, attest(id)))).toBe('staff.own-work');
    expect(refusalOf(life.act(qian, attest(id)).ask(qian, shred(id)))).toBe('staff.own-work');
  });
});

describe('shredding', () => {
  it('comes before the destruction of a paper record, once, and only when all else is ready', () => {
    const { life, id } = destructible(inPaper());
    const witnessed = life.act(zheng, attest(id)).act(sun, attest(id));
    expect(witnessed.ask(zhao, execute(id))).toMatchObject({ params: { failed: ['paper-shredded'] } });
    const held = life.act(wang, { type: 'PlaceHold', reason: '诉讼' });
    expect(held.ask(zhao, shred(id))).toMatchObject({ params: { failed: ['no-hold'] } });
    const shredded = witnessed.act(zhao, shred(id));
    expect(refusalOf(shredded.ask(zhao, shred(id)))).toBe('destruction.already-shredded');
    expect(refusalOf(shredded.ask(zhao, execute(id)))).toBeNull();
  });

  it('needs paper', () => {
    const { life, id } = destructible();
    expect(refusalOf(life.ask(zhao, shred(id)))).toBe('destruction.no-paper');
  });
});

describe('executing', () => {
  const ready = () => {
    const { life, id } = destructible();
    return { life: life.act(zheng, attest(id)), id };
  };

  it('is a custodian’s, who may be the applicant', () => {
    const { life, id } = ready();
    expect(refusalOf(life.ask(sun, execute(id)))).toBe('staff.role-missing');
    for (const each of [zhao, qian]) expect(refusalOf(life.ask(each, execute(id)))).toBeNull();
  });

  it('is not for appraiser, approver or witness', () => {
    const { life, id } = ready();
    for (const each of ['wu', 'wang', 'zheng']) {
      expect(refusalOf(life.ask({ id: each, roles: ['custodian'] }, execute(id)))).toBe('staff.own-work');
      expect(refusalOf(life.ask(qian, execute(id), each))).toBe('staff.own-work');
    }
  });

  it('begins what cannot be undone: everything else is refused from then on', () => {
    const { life, id } = ready();
    const begun = life.act(zhao, execute(id));
    expect(begun.record.status).toBe('being-destroyed');
    expect(stateOf(begun)).toBe('executed');
    expect(refusalOf(begun.ask(zhao, execute(id)))).toBe('record.being-destroyed');
    expect(refusalOf(begun.ask(wang, { type: 'PlaceHold', reason: '诉讼' }))).toBe('record.being-destroyed');
    expect(refusalOf(begun.ask(sun, collect()))).toBe('record.being-destroyed');
  });

  it('is completed by the engine alone, with the certificate', () => {
    const { life, id } = ready();
    const begun = life.act(zhao, execute(id));
    expect(refusalOf(begun.ask(zhao, complete))).toBe('staff.role-missing');
    expect(refusalOf(life.ask(system, complete))).toBe('record.wrong-state');
    expect(begun.ask(system, complete)).toEqual([
      {
        type: 'RecordDestroyed',
        data: { applicationId: id, target: { kind: 'record' }, certificate: { keys: 2 } },
      },
    ]);
    const destroyed = begun.act(system, complete);
    expect(destroyed.record.status).toBe('destroyed');
    expect(refusalOf(destroyed.ask(system, complete))).toBe('record.already-destroyed');
    expect(refusalOf(destroyed.ask(zhao, file()))).toBe('record.already-destroyed');
  });

  it('refuses an application that the record does not have', () => {
    const { life } = ready();
    const unknown = [execute('constructor'), shred('x'), withdraw('x'), attest('x')];
    for (const command of unknown) expect(refusalOf(life.ask(zhao, command))).toBe('destruction.not-found');
    expect(refusalOf(life.ask(wu, appraise('x')))).toBe('destruction.not-found');
    expect(refusalOf(life.ask(wang, decide('x')))).toBe('destruction.not-found');
  });
});
