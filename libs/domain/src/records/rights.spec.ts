import { isRefusal } from '#engine/decider.js';
import {
  allocate,
  apply,
  approved,
  attest,
  borrow,
  collect,
  destructible,
  execute,
  facts,
  filed,
  grant,
  newLife,
  only,
  refusalOf,
  reject,
  returned,
  submitted,
  team,
  type Life,
} from '../../../../test/builders/records.js';
import { noRecord } from './record.js';
import { openingRight, readingRight, type Reader } from './rights.js';

const LEVELS = ['open', 'confidential', 'personal', 'sensitive'] as const;
const { zhao, wang, sun, zheng, system } = team;
const hu = { id: 'hu', roles: ['collector'] };

const reader = (id: string, role: string, more: Partial<Reader> = {}): Reader => ({
  ...{ id, roles: [role], activeSince: '', openCases: [], statedPurpose: null },
  ...more,
});

const inScope = { id: 'case-1', records: ['0a1b'], until: null };
const readers: Record<string, Reader> = {
  'the collector 孙丽': reader('sun', 'collector'),
  'another collector 周强': reader('zhou', 'collector'),
  'the analyst 吴倩': reader('wu', 'analyst'),
  'the custodian 赵宏': reader('zhao', 'custodian'),
  'another custodian 钱': reader('qian', 'custodian'),
  'a manager': reader('wang', 'manager'),
  'a manager with a purpose': reader('wang', 'manager', { statedPurpose: 'supervision' }),
  'a manager with no known purpose': reader('wang', 'manager', { statedPurpose: 'gossip' }),
  'an executive': reader('lin', 'executive'),
  'an executive with a purpose': reader('lin', 'executive', { statedPurpose: 'supervision' }),
  'an auditor': reader('zheng', 'auditor'),
  'an auditor with a case': reader('zheng', 'auditor', { openCases: [inScope] }),
  'an auditor with a case of everything': reader('zheng', 'auditor', {
    openCases: [{ id: 'case-2', records: 'all', until: null }],
  }),
  'an auditor with a case of another record': reader('zheng', 'auditor', {
    openCases: [{ ...inScope, records: ['ffff'] }],
  }),
  'an auditor whose case has ended': reader('zheng', 'auditor', {
    openCases: [{ ...inScope, until: '2025-03-03T01:00:00.000Z' }],
  }),
  'the borrower 胡': reader('hu', 'collector'),
  'the administrator': reader('admin', 'administrator', { openCases: [inScope], statedPurpose: 'audit' }),
  'somebody without a role': reader('nobody', 'none', { roles: [] }),
  'a leaver': reader('zhao', 'custodian', { activeSince: null }),
};

/** Open, confidential, personal, sensitive: `o` opened, `m` masked, `-` not at all. */
function cells(life: Life, who: Reader): string {
  return LEVELS.map((level) => {
    const right = readingRight(life.state, who, { level }, life.now);
    return isRefusal(right) ? '-' : right.masked ? 'm' : 'o';
  }).join('');
}

const INDEX_ONLY = Object.fromEntries(
  Object.keys(readers).map((name) => {
    if (['the administrator', 'somebody without a role', 'a leaver'].includes(name)) return [name, '----'];
    return [name, 'o-m-'];
  }),
);
const ALWAYS = {
  ...INDEX_ONLY,
  'the analyst 吴倩': 'oom-',
  'a manager with a purpose': 'oooo',
  'an executive with a purpose': 'oooo',
  'an auditor': 'oom-',
  'an auditor with a case': 'oooo',
  'an auditor with a case of everything': 'oooo',
  'an auditor with a case of another record': 'oom-',
  'an auditor whose case has ended': 'oom-',
};
const COLLECTORS = { ...ALWAYS, 'the collector 孙丽': 'oooo' };
const FILED = { ...ALWAYS, 'the custodian 赵宏': 'oooo' };
const NOTHING = Object.fromEntries(Object.keys(readers).map((name) => [name, '----']));

const allocated = filed().act(wang, allocate({ owner: 'zhou', custodian: 'qian' }));
const borrowed = (() => {
  const life = filed().act(hu, borrow({ facts: facts({ roles: ['collector'] }) }));
  return life.act(zhao, grant(only(life.record.loans)));
})();
const begun = (() => {
  const { life, id } = destructible();
  return life.act(zheng, attest(id)).act(zhao, execute(id));
})();
const destroyed = begun.act(system, { type: 'CompleteDestruction', certificate: {} });

const states: [string, Life, Record<string, string>][] = [
  ['a draft', newLife().act(sun, collect({ submit: false })), COLLECTORS],
  ['a submitted record', submitted(), COLLECTORS],
  ['a returned record', submitted().act(wang, returned()), COLLECTORS],
  ['a rejected record', submitted().act(wang, reject()), COLLECTORS],
  ['a withdrawn record', submitted().act(sun, { type: 'WithdrawRecord', reason: null }), COLLECTORS],
  [
    'an approved record that is nobody’s yet',
    approved(),
    { ...COLLECTORS, 'the custodian 赵宏': 'oooo', 'another custodian 钱': 'oooo' },
  ],
  [
    'an approved record allocated before filing',
    approved().act(wang, allocate({ owner: 'zhou', custodian: 'qian' })),
    { ...COLLECTORS, 'another custodian 钱': 'oooo', 'another collector 周强': 'ooo-' },
  ],
  ['a filed record', filed(), FILED],
  [
    'an allocated record',
    allocated,
    { ...ALWAYS, 'another custodian 钱': 'oooo', 'another collector 周强': 'ooo-' },
  ],
  [
    'an allocated record whose grant has run out',
    allocated.later(90),
    {
      ...{ ...ALWAYS, 'another custodian 钱': 'oooo' },
    },
  ],
  [
    'a reallocated record',
    allocated.act(wang, allocate({ owner: 'sun', custodian: 'zhao' })),
    { ...FILED, 'the collector 孙丽': 'ooo-' },
  ],
  ['a lent record', borrowed, { ...FILED, 'the borrower 胡': 'oom-' }],
  ['a record whose loan has ended', borrowed.later(7), FILED],
  ['a restricted record', allocated.act(zhao, apply({ ground: 'requested' })), INDEX_ONLY],
  ['a record being destroyed', begun, NOTHING],
  ['a destroyed record', destroyed, NOTHING],
];

describe.each(states)('of %s', (_state, life, expected) => {
  it.each(Object.keys(readers))('%s reads what the table gives', (name) => {
    const who = readers[name];
    if (!who) throw new Error(name);
    expect(cells(life, who)).toBe(expected[name]);
  });
});

describe('the right', () => {
  const right = (life: Life, who: string, level: (typeof LEVELS)[number], pointer?: string) =>
    readingRight(life.state, readers[who] as Reader, pointer ? { level, pointer } : { level }, life.now);

  it('names the loan, the case or the purpose that it rests on', () => {
    expect(right(borrowed, 'the borrower 胡', 'confidential')).toEqual({
      right: 'loan',
      masked: false,
      under: only(borrowed.record.loans),
    });
    expect(right(filed(), 'an auditor with a case', 'personal')).toMatchObject({
      right: 'audit-case',
      under: 'case-1',
    });
    expect(right(filed(), 'a manager with a purpose', 'sensitive')).toMatchObject({
      right: 'manager',
      under: 'supervision',
    });
    expect(right(filed(), 'the analyst 吴倩', 'personal')).toEqual({
      right: 'analyst',
      masked: true,
      under: null,
    });
  });

  it('of a borrower reaches the fields lent and no others of their level', () => {
    expect(right(borrowed, 'the borrower 胡', 'personal', '/phone')).toMatchObject({ masked: false });
    expect(right(borrowed, 'the borrower 胡', 'personal', '/email')).toMatchObject({ masked: true });
    expect(right(borrowed.later(7), 'the borrower 胡', 'personal', '/phone')).toMatchObject({ masked: true });
  });

  it('of a borrower reaches all items of a list lent whole', () => {
    const asked = filed().act(hu, borrow({ fields: { levels: [], pointers: ['/contacts'] } }));
    const life = asked.act(zhao, grant(only(asked.record.loans)));
    expect(right(life, 'the borrower 胡', 'personal', '/contacts/c-1/name')).toMatchObject({ masked: false });
    expect(right(life, 'the borrower 胡', 'personal', '/contactsOther')).toMatchObject({ masked: true });
  });

  it('by a grant or a loan is over for who left, also when he comes back', () => {
    const back = (life: Life, id: string) =>
      cells(life, reader(id, 'collector', { activeSince: life.later(1).now }));
    expect(cells(allocated, reader('zhou', 'collector', { activeSince: allocated.now }))).toBe('ooo-');
    expect(back(allocated, 'zhou')).toBe('o-m-');
    expect(cells(borrowed, reader('hu', 'collector', { activeSince: '2020-01-01T00:00:00.000Z' }))).toBe(
      'oom-',
    );
    expect(back(borrowed, 'hu')).toBe('o-m-');
  });

  it('to open a value is never a mask', () => {
    const opening = (who: string) =>
      openingRight(filed().state, readers[who] as Reader, { level: 'personal' }, filed().now);
    expect(opening('the analyst 吴倩')).toMatchObject({ refused: 'reading.no-right' });
    expect(opening('a manager')).toMatchObject({ refused: 'reading.purpose-required' });
    expect(opening('an auditor')).toMatchObject({ refused: 'reading.case-required' });
  });

  it('to a record that is not there is none', () => {
    const { now } = newLife();
    const right = readingRight(noRecord, reader('zhao', 'custodian'), { level: 'open' }, now);
    expect(right).toMatchObject({ refused: 'record.not-found' });
  });

  it('to a record that is gone says so', () => {
    const gone = (life: Life) => right(life, 'the custodian 赵宏', 'open');
    expect(gone(begun)).toMatchObject({ refused: 'record.being-destroyed' });
    expect(gone(destroyed)).toMatchObject({ refused: 'record.already-destroyed' });
    expect(refusalOf(destroyed.ask(zhao, apply()))).toBe('record.already-destroyed');
  });
});
