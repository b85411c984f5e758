import { companyContent, personContent } from '../../../../test/builders/content.js';
import {
  collect,
  newLife,
  proposed,
  refusalOf,
  returned,
  submitted,
  team,
} from '../../../../test/builders/records.js';
import { urgencyAt } from './collect.js';
import { isRefusal } from '#engine/decider.js';

const { sun, wang, admin } = team;
const collected = (more: Parameters<typeof collect>[0] = {}) => {
  const decision = newLife().ask(sun, collect(more));
  if (isRefusal(decision)) throw new Error(JSON.stringify(decision));
  const [event] = decision;
  if (event?.type !== 'RecordCollected') throw new Error('not collected');
  return event;
};

describe('collecting a record', () => {
  it('keeps open values in clear and seals all others by their part', () => {
    const contacts = [{ name: '李雷', phone: '13912345678' }];
    const { data, sealed } = collected({ content: companyContent({ needs: '按月供货', contacts }) });
    expect(data.open).toEqual({
      '/name': '杭州华兴贸易有限公司',
      '/subjectType': 'company',
      '/region': '330106',
      '/firstContactOn': '2025-03-03',
      '/cooperationStatus': 'interested',
    });
    expect(data.sealed).toEqual({
      record: ['/phone', '/needs'],
      'contact/contacts-0-0': ['/contacts/contacts-0-0/name', '/contacts/contacts-0-0/phone'],
    });
    expect(sealed?.['record']).toEqual({ '/phone': '+8657188886666', '/needs': '按月供货' });
    expect(sealed?.['contact/contacts-0-0']?.['/contacts/contacts-0-0/name']).toBe('李雷');
    expect(JSON.stringify(data)).not.toContain('88886666');
  });

  it('takes place, as business goes, on the day of the first contact', () => {
    expect(collected().effectiveAt).toBe('2025-03-03');
  });

  it.each([
    ['2025-02-24', 0],
    ['2025-02-23', 8],
    ['2025-01-02', 60],
  ])('counts a first contact on %s as %d days late', (firstContactOn, lateDays) => {
    expect(collected({ content: companyContent({ firstContactOn }) }).data.lateDays).toBe(lateDays);
  });

  it('does not count the lateness of a historic entry, which may be incomplete', () => {
    const { data } = collected({
      historic: true,
      content: { name: 'Alfreds Futterkiste', firstContactOn: '1997-08-25' },
    });
    expect(data).toMatchObject({ lateDays: null, firstContactOn: '1997-08-25', historic: true });
    const unknown = collected({
      historic: true,
      content: { name: 'Paris spécialités', firstContactOn: 'unknown' },
    });
    expect(unknown.data.firstContactOn).toBeNull();
    expect(unknown.effectiveAt).toBeUndefined();
  });

  it('refuses content that the schema does not allow, naming each problem but no value', () => {
    const content = { name: '杭州华兴', region: '330106', firstContactOn: '2025-03-03', shoeSize: 44 };
    expect(newLife().ask(sun, collect({ content }))).toEqual({
      refused: 'record.content-invalid',
      params: {
        problems: [
          { pointer: '/shoeSize', code: 'field.unknown' },
          { pointer: '/phone', code: 'field.required' },
        ],
      },
    });
  });

  it('refuses content that contradicts the proposed class or the subject type', () => {
    const content = companyContent({ cooperationStatus: 'ended' });
    expect(newLife().ask(sun, collect({ content }))).toMatchObject({
      params: { problems: [{ pointer: '/cooperationStatus', code: 'field.contradicts' }] },
    });
  });

  it('refuses a first contact in the future', () => {
    const content = companyContent({ firstContactOn: '2025-03-04' });
    expect(refusalOf(newLife().ask(sun, collect({ content })))).toBe('record.first-contact-in-future');
  });

  it('refuses codes that their catalogue does not have', () => {
    const unknown = [
      { purpose: 'gossip' },
      { sourceChannel: 'rumour' },
      { basis: { code: 'whim', toldOn: null } },
      { proposed: proposed({ grade: 'D' }) },
      { proposed: proposed({ status: 'dormant' }) },
      { proposed: proposed({ urgency: 'yesterday' }) },
      { proposed: proposed({ kind: 'odd' }) },
    ];
    for (const more of unknown) {
      expect(refusalOf(newLife().ask(sun, collect(more)))).toBe('record.code-unknown');
    }
  });

  it('refuses consent without the date on which the customer was told', () => {
    const asked = (toldOn: string | null, code = 'consent') =>
      refusalOf(newLife().ask(sun, collect({ basis: { code, toldOn } })));
    expect(asked(null)).toBe('record.told-date-invalid');
    expect(asked('March')).toBe('record.told-date-invalid');
    expect(asked('2025-03-04')).toBe('record.told-in-future');
    expect(asked(null, 'contract')).toBeNull();
  });

  it('refuses a sensitive field without its separate consent', () => {
    const content = personContent({ incomeBand: '200k-500k', family: [{ relation: 'spouse' }] });
    const asked = { subjectType: 'person' as const, content };
    expect(newLife().ask(sun, collect({ ...asked, separateConsents: ['family'] }))).toEqual({
      refused: 'record.separate-consent-missing',
      params: { fields: ['incomeBand'] },
    });
    const both = collected({ ...asked, separateConsents: ['family', 'incomeBand'] });
    expect(Object.keys(both.data.sealed)).toEqual(['record', 'field/incomeBand', 'field/family']);
    expect(refusalOf(newLife().ask(sun, collect({ ...asked, separateConsents: ['phone'] })))).toBe(
      'record.field-unknown',
    );
  });

  it('refuses a sensitive field without its separate consent in a historic entry, too', () => {
    const content = personContent({ incomeBand: '200k-500k' });
    const asked = { subjectType: 'person' as const, content, historic: true };
    expect(refusalOf(newLife().ask(sun, collect(asked)))).toBe('record.separate-consent-missing');
    const life = newLife()
      .act(sun, collect({ ...asked, content: personContent() }))
      .act(wang, returned());
    const mended = { type: 'ResubmitRecord', changes: { incomeBand: '200k-500k' }, note: null } as const;
    expect(refusalOf(life.ask(sun, mended))).toBe('record.separate-consent-missing');
  });

  it('refuses urgency without a reason, and ends it after 3 days', () => {
    const urgent = proposed({ urgency: 'urgent' });
    expect(refusalOf(newLife().ask(sun, collect({ proposed: urgent })))).toBe('record.reason-required');
    const { record } = submitted({ proposed: { ...urgent, urgencyReason: '招标在即' } });
    expect(urgencyAt(record, '2025-03-06T00:59:59.999Z')).toBe('urgent');
    expect(urgencyAt(record, '2025-03-06T01:00:00.000Z')).toBe('can-wait');
  });

  it('is done once', () => {
    expect(refusalOf(submitted().ask(sun, collect()))).toBe('record.already-collected');
  });

  it('is for collectors', () => {
    expect(refusalOf(newLife().ask(admin, collect()))).toBe('staff.role-missing');
  });

  it('keeps the likely duplicates it was shown, with the position they were found at', () => {
    const duplicates = { position: '17', records: ['r-2'] };
    expect(collected({ duplicates }).data.duplicates).toEqual(duplicates);
  });
});
