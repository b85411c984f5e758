import { companyContent } from '../../../../test/builders/content.js';
import {
  apply,
  countersign,
  filed,
  only,
  propose,
  refusalOf,
  sign,
  team,
} from '../../../../test/builders/records.js';

const { sun, zhou, zhao, qian, wang, lin } = team;
const before = { needs: '按月供货', industry: 'F', email: 'old@example.com' };

/** 孙丽 has changed needs, industry and email of a filed record; they are in force. */
const updated = () =>
  filed('B', {}, { content: companyContent(before) }).act(
    sun,
    propose({ needs: '每周送货', industry: 'H', email: null }),
  );
const refuse = (pointers: string[]) =>
  countersign({ decision: 'refuse', pointers, reason: '与客户核实不符' });

describe('countersigning', () => {
  it('puts a second person behind what took effect at once, and names the changes that he looked at', () => {
    const life = updated().act(zhao, countersign());
    expect(life.record.uncountersigned).toEqual({});
    expect(life.events.at(-1)).toMatchObject({
      type: 'UpdateCountersigned',
      data: { updates: { '/needs': 3, '/industry': 3, '/email': 3 } },
    });
    expect(life.record.content.open['/industry']).toBe('H');
  });

  it('may be done field by field', () => {
    const life = updated().act(zhao, countersign({ pointers: ['/needs'] }));
    expect(Object.keys(life.record.uncountersigned).sort()).toEqual(['/email', '/industry']);
    expect(refusalOf(life.ask(zhao, countersign({ pointers: ['/needs'] })))).toBe(
      'countersignature.not-waiting',
    );
    for (const pointers of [[], ['/phone'], ['constructor']]) {
      expect(refusalOf(life.ask(zhao, countersign({ pointers })))).toMatch(/^countersignature\./);
    }
  });

  it('is the record’s custodian’s or a manager’s', () => {
    const by = (who: typeof sun) => refusalOf(updated().ask(who, countersign()));
    expect([by(zhao), by(wang), by(qian)]).toEqual([null, null, 'proposal.not-the-custodian']);
    expect([by(lin), by(sun)]).toEqual(['staff.role-missing', 'staff.role-missing']);
  });

  it('is never his own work: nobody countersigns a value that he has a part in since it last was signed', () => {
    const life = filed().act(zhao, propose({ needs: '每周送货' }));
    expect(refusalOf(life.ask(zhao, countersign()))).toBe('staff.own-work');
    expect(refusalOf(life.ask(wang, countersign(), 'zhao'))).toBe('staff.own-work');
    const both = life.act(sun, propose({ needs: '每日送货', industry: 'H' }, { baseRevision: 3 }));
    expect(refusalOf(both.ask(zhao, countersign({ pointers: ['/needs'] })))).toBe('staff.own-work');
    expect(refusalOf(both.ask(zhao, refuse(['/needs'])))).toBe('staff.own-work');
    const rest = both.act(zhao, countersign());
    expect(Object.keys(rest.record.uncountersigned)).toEqual(['/needs']);
    expect(refusalOf(rest.ask(wang, countersign()))).toBeNull();
  });

  it('is refused where a value has changed since the revision that was looked at', () => {
    const life = updated().act(zhou, propose({ needs: '每日送货' }, { baseRevision: 3 }));
    const at = (seenRevision: number, pointers: string[] | null = null) =>
      refusalOf(life.ask(zhao, countersign({ seenRevision, pointers })));
    expect([at(3), at(4), at(3, ['/industry'])]).toEqual(['update.stale', null, null]);
  });

  it('has something to look at', () => {
    expect(refusalOf(filed().ask(zhao, countersign()))).toBe('countersignature.nothing-waits');
  });

  it('waits while the record is restricted', () => {
    const restricted = updated().act(zhao, apply({ ground: 'requested' }));
    expect(refusalOf(restricted.ask(wang, countersign()))).toBe('record.restricted');
  });
});

describe('a refused countersignature', () => {
  it('has a reason, and restores the value that was there before, by naming the event that it stands in', () => {
    const life = updated();
    expect(refusalOf(life.ask(zhao, { ...refuse(['/needs']), reason: null }))).toBe('record.reason-required');
    const reverted = life.act(zhao, refuse(['/needs', '/industry', '/email']));
    expect(reverted.events.at(-1)).toMatchObject({
      type: 'UpdateReverted',
      data: {
        updates: { '/needs': 3, '/industry': 3, '/email': 3 },
        restored: { '/needs': 0, '/industry': 0, '/email': 0 },
      },
    });
    const { content, uncountersigned, changes } = reverted.record;
    expect(content.open['/industry']).toBe('F');
    expect([...(content.sealed['record'] ?? [])].sort()).toEqual(['/email', '/needs', '/phone']);
    expect(uncountersigned).toEqual({});
    expect(changes['/needs']).toMatchObject({ revision: 4, type: 'UpdateReverted', stands: 0 });
  });

  it('takes away a value that was not there before', () => {
    const life = filed().act(sun, propose({ needs: '每周送货' }));
    const { content } = life.act(zhao, refuse(['/needs'])).record;
    expect(content.sealed).toEqual({ record: ['/phone'] });
    expect(life.act(zhao, refuse(['/needs'])).events.at(-1)?.data).toMatchObject({
      restored: { '/needs': null },
    });
  });

  it('restores the last value with a second person behind it, however often it changed since', () => {
    const life = updated()
      .act(zhou, propose({ industry: 'G' }, { baseRevision: 3 }))
      .act(sun, propose({ industry: 'K' }, { baseRevision: 4 }));
    expect(life.act(zhao, refuse(['/industry'])).record.content.open['/industry']).toBe('F');
    const accepted = life.act(zhao, countersign()).act(sun, propose({ industry: 'A' }, { baseRevision: 6 }));
    expect(accepted.act(zhao, refuse(['/industry'])).record.content.open['/industry']).toBe('K');
  });

  it('makes a proposal stale that was built on the value', () => {
    const reverted = updated().act(zhao, refuse(['/needs']));
    expect(refusalOf(reverted.ask(sun, propose({ needs: '茶' }, { baseRevision: 3 })))).toBe('update.stale');
  });

  it('leaves a complete record, whatever was built on the value since', () => {
    const life = filed().act(sun, propose({ email: 'a@example.com' }));
    const without = life.act(sun, propose({ phone: null }, { baseRevision: 3 }));
    const signed = without.act(wang, sign(only(without.record.proposals)));
    expect(signed.ask(zhao, refuse(['/email']))).toMatchObject({
      params: { problems: [{ pointer: '/phone', code: 'field.required' }] },
    });
    const dates = filed().act(sun, propose({ specialDates: [{ occasion: '周年', date: '2020-05-01' }] }));
    const [occasion, date] = ['occasion', 'date'].map((key) => `/specialDates/specialDates-0-3/${key}`) as [
      string,
      string,
    ];
    expect(refusalOf(dates.ask(zhao, refuse([date])))).toBe('record.content-invalid');
    expect(refusalOf(dates.ask(zhao, refuse([date, occasion])))).toBeNull();
  });

  it('is not needed any more once a signature has put another value there', () => {
    const contacts = [{ name: '李雷', phone: '13912345678', position: '采购' }];
    const id = 'contacts-0-0';
    const life = filed('B', {}, { content: companyContent({ contacts }) })
      .act(sun, propose({ contacts: [{ id, position: '经理' }] }))
      .act(sun, propose({ contacts: [{ id, position: '总监', phone: '13900000001' }] }, { baseRevision: 3 }));
    const signed = life.act(zhao, sign(only(life.record.proposals)));
    expect(Object.keys(life.record.uncountersigned)).toEqual([`/contacts/${id}/position`]);
    expect(signed.record.uncountersigned).toEqual({});
  });
});
