import { companyContent } from '../../../../test/builders/content.js';
import {
  collect,
  newLife,
  RECORD,
  refusalOf,
  returned,
  START,
  submitted,
  team,
} from '../../../../test/builders/records.js';

const { sun, zhou, wang } = team;
const resubmit = (changes = {}) => ({ type: 'ResubmitRecord', changes, note: null }) as const;

describe('a draft', () => {
  const draft = newLife().act(sun, collect({ submit: false }));

  it('stays with its collector, who submits it with last changes', () => {
    expect(draft.record).toMatchObject({ id: RECORD.split('-')[1], status: 'draft', rounds: [] });
    expect(refusalOf(draft.ask(zhou, { type: 'SubmitRecord', changes: {} }))).toBe(
      'record.not-the-collector',
    );
    const { record } = draft.act(sun, { type: 'SubmitRecord', changes: { region: '330100' } });
    expect(record).toMatchObject({ status: 'submitted', rounds: [{ round: 1, submittedAt: START }] });
    expect(record.content.open['/region']).toBe('330100');
  });

  it('cannot be reviewed', () => {
    expect(refusalOf(draft.ask(wang, returned()))).toBe('record.wrong-state');
  });
});

describe('resubmitting', () => {
  const contacts = [
    { name: '李雷', phone: '13912345678' },
    { name: '韩梅梅', email: 'han@example.com' },
  ];
  const life = newLife()
    .act(sun, collect({ content: companyContent({ contacts, needs: '按月供货' }) }))
    .act(wang, returned());
  const [first, second] = ['contacts-0-0', 'contacts-1-0'];

  it('keeps every round', () => {
    const { record } = life.act(sun, resubmit({ phone: '13812345678' }));
    expect(record.rounds).toMatchObject([
      { round: 1, outcome: 'returned', decidedBy: { id: 'wang' } },
      { round: 2, outcome: null, submittedBy: { id: 'sun' } },
    ]);
  });

  it('changes a contact under its own id, adds another, and takes values away', () => {
    const changes = { needs: null, contacts: [{ id: first, email: 'li@example.com' }, { name: '王芳' }] };
    const { record, events } = life.act(sun, resubmit(changes));
    expect(record.content.sealed).toEqual({
      record: ['/phone'],
      [`contact/${first}`]: [
        `/contacts/${first}/name`,
        `/contacts/${first}/phone`,
        `/contacts/${first}/email`,
      ],
      [`contact/${second}`]: [`/contacts/${second}/name`, `/contacts/${second}/email`],
      'contact/contacts-1-2': ['/contacts/contacts-1-2/name'],
    });
    expect(events.at(-1)?.data).toMatchObject({ round: 2, removed: ['/needs'] });
  });

  it('takes a whole list away with null', () => {
    const { record } = life.act(sun, resubmit({ contacts: null }));
    expect(Object.keys(record.content.sealed)).toEqual(['record']);
  });

  it('refuses an item that the record does not have', () => {
    expect(life.ask(sun, resubmit({ contacts: [{ id: 'c-9', name: '某人' }] }))).toMatchObject({
      params: { problems: [{ pointer: '/contacts/0/id', code: 'field.unknown-item' }] },
    });
  });

  it('must leave a complete record', () => {
    const bare = submitted().act(wang, returned());
    expect(bare.ask(sun, resubmit({ phone: null }))).toMatchObject({
      params: { problems: [{ pointer: '/phone', code: 'field.required' }] },
    });
    expect(refusalOf(bare.ask(sun, resubmit({ name: null })))).toBe('record.content-invalid');
  });

  it('counts lateness again by the mended date of first contact, to the day it was opened', () => {
    const mended = life.later(5).act(sun, resubmit({ firstContactOn: '2025-02-20' }));
    expect(mended.events.at(-1)?.data).toMatchObject({ firstContactOn: '2025-02-20', lateDays: 11 });
    expect(mended.record.firstContactOn).toBe('2025-02-20');
  });

  it('takes back the date of first contact of a historic entry, where nobody knows it after all', () => {
    const historic = newLife()
      .act(sun, collect({ historic: true }))
      .act(wang, returned());
    const mended = historic.act(sun, resubmit({ firstContactOn: 'unknown' }));
    expect(mended.events.at(-1)?.data).toMatchObject({ firstContactOn: null, lateDays: null });
    expect(mended.record.firstContactOn).toBeNull();
  });

  it('belongs to a returned record', () => {
    expect(refusalOf(submitted().ask(sun, resubmit()))).toBe('record.wrong-state');
  });
});

describe('withdrawing', () => {
  it('is the collector’s own, while the record is not approved', () => {
    const withdraw = { type: 'WithdrawRecord', reason: null } as const;
    expect(refusalOf(submitted().ask(zhou, withdraw))).toBe('record.not-the-collector');
    const withdrawn = submitted().act(sun, withdraw);
    expect(withdrawn.record).toMatchObject({ status: 'withdrawn', closedAt: START });
    expect(refusalOf(withdrawn.ask(sun, withdraw))).toBe('record.wrong-state');
  });

  it('may be done through a delegate', () => {
    expect(refusalOf(submitted().ask(zhou, { type: 'WithdrawRecord', reason: null }, 'sun'))).toBeNull();
  });
});
