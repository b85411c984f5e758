import { apply, filed, only, refusalOf, team, type Life } from '../../../../test/builders/records.js';

const { zhao, wang, lin, zheng, sun } = team;
const hold = (reason = '诉讼') => ({ type: 'PlaceHold', reason }) as const;
const release = (holdId: string, reason = '结案') => ({ type: 'ReleaseHold', holdId, reason }) as const;
const consent = (holdId: string) => ({ type: 'ConsentToRelease', holdId, reason: null }) as const;
const holdOf = (life: Life) => only(life.record.holds);

describe('a hold', () => {
  it('has a reason, and is placed by custodian, manager, executive or auditor', () => {
    expect(refusalOf(filed().ask(zhao, hold(' ')))).toBe('record.reason-required');
    expect(refusalOf(filed().ask(sun, hold()))).toBe('staff.role-missing');
    for (const each of [zhao, wang, lin, zheng]) expect(refusalOf(filed().ask(each, hold()))).toBeNull();
  });

  it('is not released by the one who placed it, nor by a delegate of his', () => {
    const held = filed().act(wang, hold());
    expect(refusalOf(held.ask(wang, release(holdOf(held))))).toBe('staff.own-work');
    expect(refusalOf(held.ask(lin, release(holdOf(held)), 'wang'))).toBe('staff.own-work');
    expect(held.act(lin, release(holdOf(held))).record.holds).toEqual({});
  });

  it('is not released by the one who applied for the destruction', () => {
    const applicant = { id: 'zhao', roles: ['custodian', 'manager'] };
    const held = filed().act(applicant, apply()).act(wang, hold());
    expect(refusalOf(held.ask(applicant, release(holdOf(held))))).toBe('staff.own-work');
    const lapsed = held.later(31);
    expect(refusalOf(lapsed.ask(applicant, release(holdOf(lapsed))))).toBe('staff.own-work');
  });

  it('of an auditor is released only with an auditor’s consent', () => {
    const held = filed().act(zheng, hold());
    const id = holdOf(held);
    expect(refusalOf(held.ask(wang, release(id)))).toBe('hold.consent-missing');
    const consented = held.act(zheng, consent(id));
    expect(refusalOf(consented.ask(wang, release(id)))).toBeNull();
    expect(refusalOf(consented.ask(zheng, consent(id)))).toBe('hold.already-consented');
  });

  it('of another needs no consent', () => {
    const held = filed().act(wang, hold());
    expect(refusalOf(held.ask(zheng, consent(holdOf(held))))).toBe('hold.not-an-auditors');
  });

  it('is released once, with a reason', () => {
    const held = filed().act(wang, hold());
    const id = holdOf(held);
    expect(refusalOf(held.ask(lin, release(id, '')))).toBe('record.reason-required');
    const released = held.act(lin, release(id));
    expect(refusalOf(released.ask(lin, release(id)))).toBe('hold.not-found');
    expect(refusalOf(released.ask(lin, release('constructor')))).toBe('hold.not-found');
    expect(refusalOf(released.ask(zheng, consent(id)))).toBe('hold.not-found');
  });
});
