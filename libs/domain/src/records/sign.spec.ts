import { isRefusal } from '#engine/decider.js';
import { companyContent, personContent } from '../../../../test/builders/content.js';
import {
  allocate,
  apply,
  filed,
  only,
  propose,
  refusalOf,
  sign,
  team,
  type Life,
} from '../../../../test/builders/records.js';
import { diffToSign } from './proposal.js';

const { sun, zhou, zhao, qian, wang, lin } = team;

/** 孙丽 has proposed these changes of a filed record. */
function asked(changes: Parameters<typeof propose>[0] = { phone: '13900000001', paymentTerms: '月结' }) {
  const life = filed('B', {}, { content: companyContent({ paymentTerms: '现结' }) }).act(
    sun,
    propose(changes),
  );
  return { life, id: only(life.record.proposals) };
}
const recordedOf = (life: Life, id: string) => life.record.proposals[id]?.recorded;
const refuse = { decision: 'refuse', reason: '与合同不符' } as const;

describe('signing a proposal', () => {
  it('brings what was proposed into force by the event of the signature', () => {
    const { life, id } = asked();
    const signed = life.later(1).act(zhao, sign(id));
    expect(signed.record.changes['/phone']).toMatchObject({
      ...{ revision: 4, type: 'ProposalSigned', by: { id: 'zhao' }, stands: 3 },
    });
    expect(recordedOf(signed, id)).toBe('accepted');
    expect(signed.record.uncountersigned).toEqual({});
  });

  it('names the hash of the proposal’s event and the HMAC of the diff that was seen', () => {
    const { life, id } = asked();
    const [event] = life.ask(zhao, sign(id, { diffMac: 'm', presentMac: 'm' })) as readonly object[];
    expect(event).toMatchObject({
      type: 'ProposalSigned',
      data: {
        ...{ proposalId: id, proposalHash: life.events[3]?.hash, diffMac: 'm' },
        ...{ accepted: ['/phone', '/paymentTerms'], refused: [] },
      },
    });
  });

  it('over another diff is refused, and so is its refusal', () => {
    const { life, id } = asked();
    for (const more of [{}, refuse]) {
      expect(refusalOf(life.ask(zhao, sign(id, { ...more, diffMac: 'other' })))).toBe(
        'proposal.diff-changed',
      );
    }
  });

  it('is made over the record, the proposal and the hash of its event', () => {
    expect(diffToSign({ id: 'r-1' }, 'p-1', 'abc')).toEqual(['diff', 'r-1', 'p-1', 'abc']);
  });

  it('in part refuses the rest, with a reason', () => {
    const { life, id } = asked();
    const part = { pointers: ['/phone'] };
    expect(refusalOf(life.ask(zhao, sign(id, part)))).toBe('record.reason-required');
    const signed = life.act(zhao, sign(id, { ...part, reason: '付款条件另议' }));
    expect(recordedOf(signed, id)).toBe('partly-accepted');
    const { changes } = signed.record;
    expect([changes['/phone']?.revision, changes['/paymentTerms']?.revision]).toEqual([4, 0]);
    expect(signed.events.at(-1)?.data).toMatchObject({ accepted: ['/phone'], refused: ['/paymentTerms'] });
  });

  it.each([
    [['/phone', '/email'], 'proposal.pointer-not-proposed'],
    [['/phone', '/phone'], 'proposal.pointer-not-proposed'],
    [[], 'proposal.nothing-accepted'],
  ])('in part names what was proposed, each once: %j', (pointers, code) => {
    const { life, id } = asked();
    expect(refusalOf(life.ask(zhao, sign(id, { pointers, reason: '否' })))).toBe(code);
  });

  it('in part leaves no item of a list without what it must have', () => {
    const { life, id } = asked({ contacts: [{ name: '韩梅梅', phone: '13900000009' }] });
    const [name, phone] = ['name', 'phone'].map((key) => `/contacts/contacts-0-3/${key}`) as [string, string];
    const part = (pointers: string[]) => life.ask(zhao, sign(id, { pointers, reason: '号码有误' }));
    expect(part([phone])).toMatchObject({
      params: { problems: [{ pointer: name, code: 'field.required' }] },
    });
    expect(refusalOf(part([name]))).toBeNull();
  });

  it('leaves a complete record, whatever has gone since', () => {
    const content = companyContent({ email: 'a@example.com' });
    const life = filed('B', {}, { content }).act(sun, propose({ phone: null }));
    const id = only(life.record.proposals);
    const bare = life.act(zhou, propose({ email: null }));
    expect(refusalOf(life.ask(zhao, sign(id)))).toBeNull();
    expect(bare.ask(zhao, sign(id))).toMatchObject({
      params: { problems: [{ pointer: '/phone', code: 'field.required' }] },
    });
  });

  it('is a second person’s: the record’s custodian or a manager', () => {
    const { life, id } = asked();
    const by = (who: typeof sun, at = life) => refusalOf(at.ask(who, sign(id)));
    expect([by(zhao), by(wang)]).toEqual([null, null]);
    expect(by(qian)).toBe('proposal.not-the-custodian');
    expect([by(sun), by(lin)]).toEqual(['staff.role-missing', 'staff.role-missing']);
    const handed = life.act(wang, allocate({ custodian: 'qian' }));
    expect([by(zhao, handed), by(qian, handed)]).toEqual(['proposal.not-the-custodian', null]);
  });

  it('is never the proposer’s own, nor his delegate’s', () => {
    for (const by of [zhao, wang]) {
      const life = filed().act(by, propose({ phone: '13900000001' }));
      const id = only(life.record.proposals);
      expect(refusalOf(life.ask(by, sign(id)))).toBe('staff.own-work');
      expect(refusalOf(life.ask(by === zhao ? wang : zhao, sign(id), by.id))).toBe('staff.own-work');
      expect(refusalOf(life.ask(by === zhao ? wang : zhao, sign(id)))).toBeNull();
    }
  });

  it('is refused where a touched field has changed since the base, and names what changed and by whom', () => {
    const { life, id } = asked();
    const other = life.act(zhou, propose({ phone: '13900000005' }));
    const otherId = Object.keys(other.record.proposals).find((each) => each !== id) ?? '';
    const signed = other.act(wang, sign(otherId));
    expect(signed.ask(zhao, sign(id))).toMatchObject({
      refused: 'update.stale',
      params: { pointers: ['/phone'], changes: [{ revision: 5, type: 'ProposalSigned', by: 'wang' }] },
    });
    const rest = sign(id, { pointers: ['/paymentTerms'], reason: '电话已更新' });
    expect(refusalOf(signed.ask(zhao, rest))).toBeNull();
    expect(refusalOf(signed.ask(zhao, sign(id, refuse)))).toBeNull();
  });

  it('does not mind what changed elsewhere', () => {
    const { life, id } = asked();
    expect(refusalOf(life.act(zhou, propose({ needs: '茶' })).ask(zhao, sign(id)))).toBeNull();
  });

  it('of a cooperation status changes the class, of a first contact the date and the lateness', () => {
    const { life, id } = asked({ cooperationStatus: 'cooperating', firstContactOn: '2025-02-20' });
    expect(life.record.class.status).toBe('interested');
    const { record, events } = life.act(zhao, sign(id));
    expect(record.class.status).toBe('cooperating');
    expect(record.content.open).toMatchObject({
      '/cooperationStatus': 'cooperating',
      '/firstContactOn': '2025-02-20',
    });
    expect(record.firstContactOn).toBe('2025-02-20');
    expect(events.at(-1)?.data).toMatchObject({ firstContactOn: '2025-02-20', lateDays: 11 });
  });

  it('takes a value away that was to go', () => {
    const { life, id } = asked({ paymentTerms: null });
    expect(life.record.content.sealed).toEqual({ record: ['/phone', '/paymentTerms'] });
    const { content, changes } = life.act(zhao, sign(id)).record;
    expect(content.sealed).toEqual({ record: ['/phone'] });
    expect(changes['/paymentTerms']).toMatchObject({ revision: 4, stands: null });
  });

  it('of something sensitive still needs its consent', () => {
    const about = {
      subjectType: 'person',
      content: personContent(),
      separateConsents: ['incomeBand'],
    } as const;
    const life = filed('B', {}, about).act(sun, propose({ incomeBand: '200k-500k' }));
    expect(refusalOf(life.ask(zhao, sign(only(life.record.proposals))))).toBeNull();
  });
});

describe('refusing a proposal', () => {
  it('has a reason, and changes nothing', () => {
    const { life, id } = asked();
    expect(refusalOf(life.ask(zhao, sign(id, { decision: 'refuse' })))).toBe('record.reason-required');
    const refused = life.act(zhao, sign(id, refuse));
    expect(recordedOf(refused, id)).toBe('refused');
    expect(refused.record.content).toEqual(life.record.content);
  });

  it('is possible while the record is restricted; signing is not', () => {
    const { life, id } = asked();
    const restricted = life.act(zhao, apply({ ground: 'requested' }));
    expect(refusalOf(restricted.ask(wang, sign(id)))).toBe('record.restricted');
    expect(refusalOf(restricted.ask(wang, sign(id, refuse)))).toBeNull();
  });
});

describe('withdrawing a proposal', () => {
  it('is the proposer’s own', () => {
    const { life, id } = asked();
    const withdraw = { type: 'WithdrawProposal', proposalId: id } as const;
    expect(refusalOf(life.ask(zhou, withdraw))).toBe('proposal.not-the-proposer');
    expect(refusalOf(life.ask(zhou, withdraw, 'sun'))).toBeNull();
    expect(recordedOf(life.act(sun, withdraw), id)).toBe('withdrawn');
  });
});

describe('a proposal that is no longer open', () => {
  const { life, id } = asked();
  const withdraw = { type: 'WithdrawProposal', proposalId: id } as const;

  it.each([
    ['accepted', life.act(zhao, sign(id))],
    ['refused', life.act(zhao, sign(id, refuse))],
    ['withdrawn', life.act(sun, withdraw)],
    ['superseded', life.act(sun, propose({ phone: '13900000002', paymentTerms: null }))],
    ['lapsed', life.later(30)],
  ])('can be neither signed nor withdrawn: %s', (state, over) => {
    const answers = [over.ask(zhao, sign(id)), over.ask(sun, withdraw)];
    for (const answer of answers) {
      expect(isRefusal(answer) && answer).toMatchObject({
        ...{ refused: 'proposal.wrong-state', params: { state, needed: 'open' } },
      });
    }
  });

  it('is not found where there never was one', () => {
    for (const unknown of ['p-9', 'constructor']) {
      expect(refusalOf(life.ask(zhao, sign(unknown)))).toBe('proposal.not-found');
      expect(refusalOf(life.ask(sun, { ...withdraw, proposalId: unknown }))).toBe('proposal.not-found');
    }
  });
});
