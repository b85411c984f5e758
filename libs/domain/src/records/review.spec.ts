import { companyContent } from '../../../../test/builders/content.js';
import {
  approve,
  collect,
  newLife,
  proposed,
  refusalOf,
  reject,
  returned,
  submitted,
  team,
} from '../../../../test/builders/records.js';

const { sun, zhou, wang, lin, wu } = team;
const resubmit = (changes = {}) => ({ type: 'ResubmitRecord', changes, note: null }) as const;

describe('reviewing', () => {
  it('is never for the collector, whatever roles he has', () => {
    const both = { id: 'sun', roles: ['collector', 'manager', 'executive'] };
    const life = newLife().act(both, collect());
    expect(refusalOf(life.ask(both, approve()))).toBe('staff.own-work');
    expect(refusalOf(life.ask(both, returned()))).toBe('staff.own-work');
    expect(refusalOf(life.ask(both, reject()))).toBe('staff.own-work');
  });

  it('is never for the collector through a delegate, nor for the delegate who collected', () => {
    expect(refusalOf(submitted().ask(wang, approve(), 'sun'))).toBe('staff.own-work');
    const onBehalf = newLife().act(zhou, collect(), 'wang');
    expect(refusalOf(onBehalf.ask(wang, approve()))).toBe('staff.own-work');
  });

  it('is never for whoever mended the record', () => {
    const mender = { id: 'wang', roles: ['collector', 'manager'] };
    const life = submitted().act(wang, returned()).act(mender, resubmit());
    expect(refusalOf(life.ask(wang, approve({ round: 2 })))).toBe('staff.own-work');
    expect(refusalOf(life.ask(lin, approve({ round: 2 })))).toBeNull();
  });

  it('is for the executive only where a manager collected or mended', () => {
    expect(refusalOf(submitted().ask(lin, approve()))).toBe('review.executive-stands-in-only');
    const byManager = newLife().act({ id: 'wang', roles: ['manager', 'collector'] }, collect());
    expect(refusalOf(byManager.ask(lin, approve()))).toBeNull();
  });

  it('is for no other role', () => {
    expect(refusalOf(submitted().ask(wu, approve()))).toBe('staff.role-missing');
  });

  it('is of the round that the reviewer saw', () => {
    const life = submitted()
      .act(wang, returned())
      .act(sun, resubmit({ phone: '13812345678' }));
    expect(life.ask(wang, approve({ round: 1 }))).toEqual({
      refused: 'review.round-stale',
      params: { round: 1, current: 2 },
    });
    expect(refusalOf(life.ask(wang, approve({ round: 2 })))).toBeNull();
  });
});

describe('approving', () => {
  it('confirms grade and class, or sets others and says which', () => {
    const kept = submitted().act(wang, approve()).record;
    expect(kept).toMatchObject({ status: 'approved', grade: 'B', class: { status: 'interested' } });
    const set = submitted().act(
      wang,
      approve({ grade: 'A', class: { status: 'cooperating', urgency: null, kind: 'key' } }),
    );
    expect(set.record).toMatchObject({ grade: 'A', class: { status: 'cooperating', kind: 'key' } });
    expect(set.record.content.open['/cooperationStatus']).toBe('cooperating');
    expect(set.events.at(-1)?.data).toMatchObject({ changed: ['grade', 'status', 'kind'] });
  });

  it('refuses codes that their catalogue does not have', () => {
    expect(refusalOf(submitted().ask(wang, approve({ grade: 'Z' })))).toBe('record.code-unknown');
    const odd = { status: 'dormant', urgency: null, kind: null };
    expect(refusalOf(submitted().ask(wang, approve({ class: odd })))).toBe('record.code-unknown');
  });

  it('makes urgent only with a reason, from now on', () => {
    const urgent = { status: null, urgency: 'urgent', kind: null };
    expect(refusalOf(submitted().ask(wang, approve({ class: urgent })))).toBe('record.reason-required');
    const { record } = submitted()
      .later(1)
      .act(wang, approve({ class: urgent, urgencyReason: '投诉' }));
    expect(record.class).toMatchObject({ urgency: 'urgent', urgencyUntil: '2025-03-07T01:00:00.000Z' });
  });

  it('keeps the end of an urgency that it confirms, and what has ended is over', () => {
    const life = submitted({ proposed: proposed({ urgency: 'urgent', urgencyReason: '招标' }) });
    expect(life.later(1).act(wang, approve()).record.class.urgencyUntil).toBe('2025-03-06T01:00:00.000Z');
    expect(life.later(4).act(wang, approve()).record.class).toMatchObject({
      urgency: 'can-wait',
      urgencyUntil: null,
    });
  });
});

describe('returning for rework', () => {
  it('gives a reason for each field, sealed at the field’s own pointer', () => {
    const asked = submitted().ask(wang, returned({ comments: { '/phone': '少一位' }, note: '请补' }));
    expect(asked).toEqual([
      {
        type: 'RecordReturned',
        data: { round: 1, fields: ['/phone'] },
        sealed: { record: { '/text/comments/phone': '少一位', '/text/note': '请补' } },
      },
    ]);
  });

  it('refuses a return without a comment, with a blank one, or on a field that does not exist', () => {
    const asked = (comments: Record<string, string>) =>
      refusalOf(submitted().ask(wang, returned({ comments })));
    expect(asked({})).toBe('review.comments-required');
    expect(asked({ '/phone': ' ' })).toBe('review.comments-required');
    expect(asked({ '/shoeSize': '?' })).toBe('record.field-unknown');
  });

  it('refuses a comment on an item that the record does not have: a pointer stands in clear and is no free text', () => {
    const life = newLife().act(sun, collect({ content: companyContent({ contacts: [{ name: '李雷' }] }) }));
    const asked = (pointer: string) =>
      refusalOf(life.ask(wang, returned({ comments: { [pointer]: '号码有误' } })));
    expect(asked('/contacts/13912345678/phone')).toBe('record.field-unknown');
    expect(asked('/contacts/0/phone')).toBe('record.field-unknown');
    expect(asked('/contacts/contacts-0-0/phone')).toBeNull();
    expect(asked('/contacts')).toBeNull();
  });
});

describe('rejecting', () => {
  it('has a reason and closes the record', () => {
    expect(refusalOf(submitted().ask(wang, reject({ reason: '' })))).toBe('record.reason-required');
    expect(submitted().act(wang, reject()).record).toMatchObject({
      status: 'rejected',
      closedAt: expect.any(String),
    });
  });
});
