import {
  borrow,
  countersign,
  filed,
  grant,
  only,
  propose,
  sign,
  team,
  type Life,
} from '../../../../test/builders/records.js';
import type { RecordCommand } from './commands.js';
import { touches } from './touches.js';

const { sun, zhou, zhao, wang, wu } = team;
const lastTouches = (life: Life, command: RecordCommand) => touches(command, life.events.at(-1)!, life.state);

describe('an event touches a command that came with an If-Match', () => {
  const changed = filed().act(zhou, propose({ needs: '茶' }));

  it.each([
    [{ needs: '咖啡' }, true],
    [{ phone: '13900000001' }, false],
    [{ contacts: [{ name: '韩梅梅' }] }, false],
  ])('where both change the same field: %j', (changes, touched) => {
    expect(lastTouches(changed, propose(changes))).toBe(touched);
  });

  it('where a list is taken away that the event has added to, or one item of it is changed', () => {
    const dated = filed().act(zhou, propose({ specialDates: [{ occasion: '周年', date: '2020-05-01' }] }));
    const items = (id: string, occasion: string) => propose({ specialDates: [{ id, occasion }] });
    expect(lastTouches(dated, propose({ specialDates: null }))).toBe(true);
    expect(lastTouches(dated, items('specialDates-0-3', '生日'))).toBe(true);
    expect(lastTouches(dated, items('another', '生日'))).toBe(false);
  });

  it('where it changes what is to be signed or countersigned', () => {
    const asked = filed().act(sun, propose({ phone: '13900000001', address: '杭州' }));
    const id = only(asked.record.proposals);
    const other = asked.act(zhou, propose({ address: '宁波' }));
    const otherId = Object.keys(other.record.proposals).find((each) => each !== id)!;
    const signed = other.act(wang, sign(otherId));
    expect(lastTouches(signed, sign(id))).toBe(true);
    expect(lastTouches(signed, sign(id, { pointers: ['/phone'] }))).toBe(false);
    expect(lastTouches(changed, countersign({ pointers: ['/needs'] }))).toBe(true);
    expect(lastTouches(changed, countersign({ pointers: ['/industry'] }))).toBe(false);
    expect(lastTouches(changed, countersign())).toBe(true);
  });

  it('where it is about the same proposal, loan, hold or application, not about one beside it', () => {
    const life = filed().act(wu, borrow());
    const loanId = only(life.record.loans);
    const lent = life.act(zhao, grant(loanId));
    expect(lastTouches(lent, grant(loanId))).toBe(true);
    expect(lastTouches(lent, grant('another'))).toBe(false);
    expect(lastTouches(lent, { type: 'ExecuteDestruction', applicationId: 'd-1' })).toBe(true);
  });
});
