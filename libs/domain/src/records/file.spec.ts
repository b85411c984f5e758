import {
  allocate,
  approved,
  file,
  filed,
  refusalOf,
  safe2,
  submitted,
  team,
} from '../../../../test/builders/records.js';

const { zhao, qian, wang, lin } = team;

describe('filing', () => {
  it('makes the filer the custodian of a record that is nobody’s', () => {
    expect(filed().record).toMatchObject({
      status: 'filed',
      custodian: 'zhao',
      filing: { fileNumber: 'KH-2025-00017', retentionClass: 'prospect', medium: 'electronic' },
    });
    expect(approved().act(qian, file(), 'zhao').record.custodian).toBe('zhao');
  });

  it('belongs to an approved record', () => {
    expect(refusalOf(submitted().ask(zhao, file()))).toBe('record.wrong-state');
    expect(refusalOf(filed().ask(zhao, file()))).toBe('record.wrong-state');
  });

  it('belongs to the custodian to whom the record was allocated before', () => {
    const allocated = approved().act(wang, allocate({ custodian: 'qian' }));
    expect(refusalOf(allocated.ask(zhao, file()))).toBe('file.not-the-custodian');
    expect(allocated.act(qian, file()).record.custodian).toBe('qian');
  });

  it.each(['KH-25-00017', 'KH-2025-17', 'kh-2025-00017', 'KH-2025-000171'])(
    'refuses the number %s',
    (fileNumber) => {
      expect(refusalOf(approved().ask(zhao, file({ fileNumber })))).toBe('file.number-malformed');
    },
  );

  it.each(['sensitive', 'not-filed', 'constructor'])('refuses the retention class %s', (retentionClass) => {
    expect(refusalOf(approved().ask(zhao, file({ retentionClass })))).toBe('file.retention-class-unfit');
  });

  it('refuses a medium that the catalogue does not have', () => {
    expect(refusalOf(approved().ask(zhao, file({ medium: 'stone' })))).toBe('record.code-unknown');
  });

  it('needs the place of paper, and seals it as a field of the record', () => {
    expect(refusalOf(approved().ask(zhao, file({ medium: 'paper' })))).toBe('file.place-required');
    const halfPlace = { ...safe2, slot: ' ' };
    expect(refusalOf(approved().ask(zhao, file({ medium: 'both', place: halfPlace })))).toBe(
      'file.place-required',
    );
    expect(refusalOf(approved().ask(zhao, file({ place: safe2 })))).toBe('file.place-without-paper');
    expect(approved().ask(zhao, file({ medium: 'paper', place: safe2 }))).toMatchObject([
      {
        data: { open: { '/medium': 'paper' }, sealed: { record: ['/paperLocation'] } },
        sealed: { record: { '/paperLocation': '2号柜 / 3 / 690001' } },
      },
    ]);
  });
});

describe('allocating', () => {
  it('gives owner and custodian from approval on, and the owner a grant of 90 days', () => {
    expect(refusalOf(submitted().ask(wang, allocate()))).toBe('record.wrong-state');
    expect(approved().act(wang, allocate({ custodian: 'qian' })).record).toMatchObject({
      custodian: 'qian',
      owner: { id: 'sun', until: '2025-06-01T01:00:00.000Z' },
    });
  });

  it('confirms a standing grant when the same owner is given again', () => {
    const again = filed().act(wang, allocate()).later(80).act(wang, allocate());
    expect(again.record.owner?.until).toBe('2025-08-20T01:00:00.000Z');
  });

  it('needs a reason where two claim the customer, one of whom gets him', () => {
    const claimants = ['sun', 'zhou'];
    expect(refusalOf(filed().ask(wang, allocate({ claimants })))).toBe('record.reason-required');
    expect(refusalOf(filed().ask(wang, allocate({ claimants, owner: 'wu', reason: '先到' })))).toBe(
      'allocation.owner-not-a-claimant',
    );
    expect(refusalOf(filed().ask(wang, allocate({ claimants, reason: '先到' })))).toBeNull();
  });

  it('is never for a manager who is a party: then the executive allocates, and only then', () => {
    const facts = {
      position: '1',
      owner: { active: true, roles: ['manager'] },
      custodian: { active: true, roles: ['custodian'] },
      claimants: [],
    };
    expect(refusalOf(filed().ask(wang, allocate({ owner: 'wang', facts })))).toBe('staff.own-work');
    expect(refusalOf(filed().ask(lin, allocate({ owner: 'wang', facts })))).toBeNull();
    expect(refusalOf(filed().ask(lin, allocate()))).toBe('allocation.executive-stands-in-only');
  });

  it('is the executive’s, too, where a manager only claims the customer', () => {
    const claimed = (roles: readonly string[]) => {
      const claimants = ['sun', 'wang'];
      const others = [
        { active: true, roles: ['collector'] },
        { active: true, roles },
      ];
      const facts = { ...allocate().facts, claimants: others };
      return filed().ask(lin, allocate({ claimants, reason: '先接触', facts }));
    };
    expect(refusalOf(claimed(['manager']))).toBeNull();
    expect(refusalOf(claimed(['collector']))).toBe('allocation.executive-stands-in-only');
  });

  it('is to active staff who hold the duty', () => {
    const given = (owner: object, custodian: object) => {
      const usual = allocate().facts;
      const facts = {
        position: '1',
        owner: { ...usual.owner, ...owner },
        custodian: { ...usual.custodian, ...custodian },
        claimants: [],
      };
      return refusalOf(filed().ask(wang, allocate({ facts })));
    };
    expect(given({ active: false }, {})).toBe('staff.inactive');
    expect(given({}, { active: false })).toBe('staff.inactive');
    expect(given({}, { roles: ['analyst'] })).toBe('allocation.custodian-role-missing');
    expect(given({ roles: ['auditor'] }, {})).toBe('allocation.owner-unfit');
  });
});
