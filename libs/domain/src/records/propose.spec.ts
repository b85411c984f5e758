import { isRefusal } from '#engine/decider.js';
import {
  allocate,
  applied,
  apply,
  approved,
  collect,
  file,
  filed,
  newLife,
  only,
  propose,
  proposed,
  refusalOf,
  returned,
  sign,
  submitted,
  team,
  approve,
  type Life,
} from '../../../../test/builders/records.js';
import { companyContent, personContent } from '../../../../test/builders/content.js';
import { proposalAt } from './proposal.js';

const { sun, zhou, zhao, qian, wang, wu, lin, zheng } = team;

const contacts = [{ name: '李雷', phone: '13912345678', position: '采购' }];
const withContact = () => filed('B', {}, { content: companyContent({ contacts, needs: '按月供货' }) });
const CONTACT = 'contacts-0-0';
const typesOf = (life: Life, since: Life) => life.events.slice(since.events.length).map(({ type }) => type);
const draftsOf = (life: Life, ...asked: Parameters<Life['ask']>) => {
  const decision = life.ask(...asked);
  if (isRefusal(decision)) throw new Error(decision.refused);
  return decision;
};

describe('proposing an update', () => {
  it('leaves a marked field as it is and lets an unmarked one take effect at once, in one append', () => {
    const life = filed();
    const after = life.act(sun, propose({ phone: '13900000001', needs: '每周送货' }));
    expect(typesOf(after, life)).toEqual(['UpdateProposed', 'RecordUpdated']);
    const { content, changes, proposals, uncountersigned } = after.record;
    expect(content.sealed).toEqual({ record: ['/phone', '/needs'] });
    expect([changes['/phone']?.revision, changes['/needs']?.revision]).toEqual([0, 4]);
    expect(proposals[only(proposals)]).toMatchObject({
      ...{ by: { id: 'sun' }, revision: 3, base: 2, recorded: 'open', removed: [] },
      content: { open: {}, sealed: { record: ['/phone'] } },
    });
    expect(uncountersigned).toMatchObject({ '/needs': { revision: 4, by: [{ id: 'sun' }], before: null } });
  });

  it('seals the new values under their parts, and the reason with the record', () => {
    const changes = { contacts: [{ id: CONTACT, phone: '13900000002' }], needs: null };
    const [proposal, update] = draftsOf(withContact(), sun, propose(changes));
    expect(proposal).toMatchObject({
      type: 'UpdateProposed',
      data: {
        ...{ sealed: { [`contact/${CONTACT}`]: [`/contacts/${CONTACT}/phone`] }, removed: [] },
        ...{ baseRevision: 2, sourceChannel: 'phone', lapsesAt: '2025-04-02T01:00:00.000Z' },
        replaces: { [`/contacts/${CONTACT}/phone`]: 0 },
      },
      sealed: {
        record: { '/text/reason': '客户来电告知' },
        [`contact/${CONTACT}`]: { [`/contacts/${CONTACT}/phone`]: '+8613900000002' },
      },
    });
    expect(update).toMatchObject({
      type: 'RecordUpdated',
      data: { sealed: {}, removed: ['/needs'], countersignBy: '2025-03-10T01:00:00.000Z' },
      sealed: { record: { '/text/reason': '客户来电告知' } },
    });
  });

  it('cites the event that each value stands in which it would replace', () => {
    const life = filed().act(sun, propose({ phone: '13900000001' }));
    const signed = life.act(zhao, sign(only(life.record.proposals)));
    const changes = { phone: '13900000002', address: '杭州市西湖区' };
    expect(draftsOf(signed, sun, propose(changes, { baseRevision: 4 }))[0]).toMatchObject({
      data: { replaces: { '/phone': 3, '/address': null } },
    });
  });

  it('lets all changes of one item of a list wait where one of them does', () => {
    const life = withContact();
    const both = { contacts: [{ id: CONTACT, position: '经理', phone: '13900000002' }] };
    expect(typesOf(life.act(sun, propose(both)), life)).toEqual(['UpdateProposed']);
    const added = { contacts: [{ name: '韩梅梅', position: '会计' }] };
    expect(typesOf(life.act(sun, propose(added)), life)).toEqual(['UpdateProposed']);
    const position = { contacts: [{ id: CONTACT, position: '经理' }] };
    expect(typesOf(life.act(sun, propose(position)), life)).toEqual(['RecordUpdated']);
    expect(typesOf(life.act(sun, propose({ contacts: null })), life)).toEqual(['UpdateProposed']);
  });

  it.each([
    ['a draft', newLife().act(sun, collect({ submit: false })), 'record.wrong-state'],
    ['what is under review', submitted(), 'record.wrong-state'],
    ['what was returned', submitted().act(wang, returned()), 'record.wrong-state'],
    ['an approved record', approved(), null],
    ['a filed record', filed(), null],
    ['a record to be destroyed some day', applied().life, null],
    ['a restricted record', filed().act(zhao, apply({ ground: 'requested' })), 'record.restricted'],
  ])('is about an approved or filed record that is not restricted: %s', (_what, life, refused) => {
    expect(refusalOf(life.ask(sun, propose({ needs: '茶' }, { baseRevision: 0 })))).toBe(refused);
  });

  it('is open to collectors, custodians and managers, and to the follow-up owner until his grant ends', () => {
    const ask = (life: Life, by: typeof sun) =>
      refusalOf(life.ask(by, propose({ needs: '茶' }, { baseRevision: 0 })));
    for (const by of [sun, zhou, zhao, qian, wang]) expect(ask(filed(), by)).toBeNull();
    expect(ask(filed(), wu)).toBe('proposal.not-entitled');
    expect(ask(filed(), lin)).toBe('proposal.not-entitled');
    expect(ask(filed(), zheng)).toBe('staff.role-missing');
    const owned = filed().act(wang, allocate({ owner: 'wu' }));
    expect([ask(owned, wu), ask(owned.later(90), wu)]).toEqual([null, 'proposal.not-entitled']);
    expect(refusalOf(owned.ask(lin, propose({ needs: '茶' }), 'wu'))).toBeNull();
  });

  it('has a reason, a known source, and a base that the record has had', () => {
    const ask = (more: object) => refusalOf(filed().ask(sun, propose({ needs: '茶' }, more)));
    expect(ask({ reason: ' ' })).toBe('record.reason-required');
    expect(ask({ sourceChannel: 'rumour' })).toBe('record.code-unknown');
    for (const baseRevision of [3, -1, 0.5]) expect(ask({ baseRevision })).toBe('proposal.base-unknown');
  });

  it('changes something', () => {
    for (const changes of [{}, { needs: null }, { contacts: [] }]) {
      expect(refusalOf(filed().ask(sun, propose(changes)))).toBe('proposal.nothing-changes');
    }
  });

  it('meets the schema, and leaves a complete record, even before anything is signed', () => {
    const ask = (life: Life, changes: Parameters<typeof propose>[0]) => life.ask(sun, propose(changes));
    expect(ask(filed(), { region: 'nowhere' })).toMatchObject({ refused: 'record.content-invalid' });
    expect(ask(filed(), { phone: null })).toMatchObject({
      params: { problems: [{ pointer: '/phone', code: 'field.required' }] },
    });
    const { phone: _none, ...mailed } = companyContent({ email: 'a@example.com' });
    const byMail = filed('B', {}, { content: mailed });
    expect(ask(byMail, { email: null, phone: '13900000001' })).toMatchObject({
      params: { problems: [{ pointer: '/phone', code: 'field.required' }] },
    });
  });

  it('contradicts neither the subject type nor the medium that it was filed as, and keeps a cooperation status', () => {
    const ask = (changes: Parameters<typeof propose>[0], life = filed()) => life.ask(sun, propose(changes));
    for (const changes of [{ subjectType: 'person' }, { medium: 'paper' }]) {
      expect(ask(changes)).toMatchObject({ refused: 'record.content-invalid' });
    }
    expect(ask({ cooperationStatus: null })).toMatchObject({ refused: 'record.content-invalid' });
    const unfiled = approved().ask(sun, propose({ medium: 'paper' }, { baseRevision: 1 }));
    expect(refusalOf(unfiled)).toBeNull();
  });

  it('dates no first contact in the future, and states nothing sensitive without its consent', () => {
    expect(refusalOf(filed().ask(sun, propose({ firstContactOn: '2025-03-04' })))).toBe(
      'record.first-contact-in-future',
    );
    const person = filed('B', {}, { subjectType: 'person', content: personContent() });
    expect(refusalOf(person.ask(sun, propose({ incomeBand: '200k-500k' })))).toBe(
      'record.separate-consent-missing',
    );
  });

  it('on a base whose touched fields have changed is refused, and hears what changed and by whom', () => {
    const life = filed()
      .act(zhou, propose({ needs: '每月送货' }))
      .later(1);
    expect(life.ask(sun, propose({ needs: '每周送货', phone: '13900000001' }))).toEqual({
      refused: 'update.stale',
      params: {
        pointers: ['/needs'],
        changes: [
          {
            ...{ pointer: '/needs', revision: 3, type: 'RecordUpdated' },
            ...{ by: 'zhou', onBehalfOf: null, at: '2025-03-03T01:00:00.000Z' },
          },
        ],
      },
    });
    expect(refusalOf(life.ask(sun, propose({ phone: '13900000001' })))).toBeNull();
    expect(refusalOf(life.ask(sun, propose({ needs: '每周送货' }, { baseRevision: 3 })))).toBeNull();
  });

  it('that would take a whole list away is stale where somebody has added to it', () => {
    const life = filed().act(zhou, propose({ specialDates: [{ occasion: '周年', date: '2020-05-01' }] }));
    expect(refusalOf(life.ask(sun, propose({ specialDates: null })))).toBe('update.stale');
  });

  it('anew for the same fields supersedes the open proposal of the same person, and of nobody else', () => {
    const life = filed()
      .act(sun, propose({ phone: '13900000001' }))
      .act(zhou, propose({ phone: '13900000002' }))
      .act(sun, propose({ phone: '13900000003', address: '杭州' }));
    const states = Object.values(life.record.proposals).map(({ by, recorded }) => [by.id, recorded]);
    expect(states).toEqual([
      ['sun', 'superseded'],
      ['zhou', 'open'],
      ['sun', 'open'],
    ]);
    const partly = life.act(sun, propose({ phone: '13900000004' }));
    expect(Object.values(partly.record.proposals).map(({ recorded }) => recorded)).toEqual([
      ...['superseded', 'open', 'open', 'open'],
    ]);
  });

  it('lapses after 30 days by itself', () => {
    const life = filed().act(sun, propose({ phone: '13900000001' }));
    const { proposals } = life.record;
    const at = (days: number) => proposalAt(proposals[only(proposals)]!, life.later(days).now);
    expect([at(29.99), at(30)]).toEqual(['open', 'lapsed']);
  });

  it('remembers the proposals of about two months', () => {
    const life = filed().act(sun, propose({ phone: '13900000001' }));
    const later = (days: number) =>
      Object.keys(life.later(days).act(sun, propose({ address: '杭州' })).record.proposals);
    expect([later(60).length, later(61).length]).toEqual([2, 1]);
  });

  it('works in the name of another, who is then its proposer as well', () => {
    const life = filed().act(zhou, propose({ phone: '13900000001' }), 'zhao');
    expect(refusalOf(life.ask(zhao, sign(only(life.record.proposals))))).toBe('staff.own-work');
  });

  it('of a historic entry may leave it incomplete', () => {
    const life = newLife()
      .act(sun, collect({ historic: true, content: { name: '旧档', email: 'a@example.com' } }))
      .act(wang, approve())
      .act(zhao, file());
    expect(refusalOf(life.ask(sun, propose({ email: null })))).toBeNull();
    expect(proposed().status).toBe(life.record.class.status);
  });
});
