import { documentAfter, documentsAfter } from '../../../../test/builders/documents.js';
import { goldenLog } from '../../../../test/builders/golden-log.js';
import { recordedLog } from '../../../../test/builders/recorded-log.js';
import { auditCasesView, isCaseOpen, type AuditCaseRow } from './audit-cases.js';
import { borrowingRegisterView, loansIn, loanStateAt, type BorrowingRow } from './borrowing-register.js';
import { destructionRegisterView, destructionStateAt, type DestructionRow } from './destruction-register.js';
import { fileNumbersView, type FileNumberRow } from './file-numbers.js';
import { readingsView, type ReadingRow } from './readings.js';
import { staffRolesAt, staffView, type StaffRow } from './staff.js';

const log = goldenLog();

describe('the borrowing register', () => {
  const loan = (id: string) => documentAfter<BorrowingRow>(borrowingRegisterView, log, id);

  it('keeps a refused request with the rules that it failed', async () => {
    const refused = await loan('l-2');
    expect(refused).toMatchObject({ state: 'refused', refusedBy: 'engine', failed: ['undertaking-signed'] });
    expect(refused.report.results.filter(({ passed }) => !passed).map(({ rule }) => rule)).toEqual(
      refused.failed,
    );
  });

  it('keeps the report of the decision in place of the one of the request', async () => {
    expect((await loan('l-4')).report.at).toBe('2025-03-11T04:10:00.000Z');
    expect((await loan('l-3')).report.at).toBe('2025-03-11T03:00:00.000Z');
  });

  it('says who agreed, decided and revoked', async () => {
    expect(await loan('l-1')).toMatchObject({
      borrower: 's-wu',
      endorsed: { by: 's-wang', waived: ['no-overdue'] },
      decided: { by: 's-zhao' },
      revoked: { by: 's-zhao', at: '2025-03-11T01:00:00.000Z' },
      until: '2025-03-11T01:00:00.000Z',
    });
  });

  it('has a loan end by time alone, to the second', async () => {
    const row = await loan('l-5');
    expect(loanStateAt(row, '2025-03-19T01:09:59.999Z')).toBe('active');
    expect(loanStateAt(row, '2025-03-19T01:10:00.000Z')).toBe('expired');
  });

  it('asks the store for active and expired loans by their end', () => {
    const now = '2025-03-19T01:10:00.000Z';
    expect(loansIn('active', now)).toEqual({ state: { eq: 'granted' }, until: { gt: now } });
    expect(loansIn('expired', now)).toEqual({ state: { eq: 'granted' }, until: { lte: now } });
    expect(loansIn('revoked', now)).toEqual({ state: { eq: 'revoked' } });
  });
});

describe('the register of destructions', () => {
  const application = (id: string, upTo = log.length) =>
    documentAfter<DestructionRow>(destructionRegisterView, log.slice(0, upTo), id);

  it('names whoever had to do with a destruction, and outlives the record', async () => {
    expect(await application('d-5')).toMatchObject({
      state: 'destroyed',
      applied: { by: 's-zhao' },
      appraised: { by: 's-wu' },
      approved: { by: 's-wang' },
      shredded: { by: 's-zhao' },
      witnesses: [{ by: 's-zheng' }],
      executed: { by: 's-zhao' },
      certificate: { keys: 1 },
    });
  });

  it('shows a destruction that began and is not certified yet as begun', async () => {
    const begun = log.findIndex(({ type }) => type === 'RecordDestructionBegun');
    expect((await application('d-5', begun + 1)).state).toBe('begun');
  });

  it('has what nobody decides in time lapse by time alone', async () => {
    const open = await application('d-1', log.findIndex(({ type }) => type === 'DestructionApplied') + 1);
    expect(destructionStateAt(open, '2025-05-01T00:59:59.999Z')).toBe('open');
    expect(destructionStateAt(open, '2025-05-01T01:00:00.000Z')).toBe('lapsed');
    expect(destructionStateAt(await application('d-2'), '2025-05-03T00:00:00.000Z')).toBe('withdrawn');
  });
});

describe('a file number', () => {
  it('leads to its record, a destroyed one too, and may be reserved in vain', async () => {
    const numbers = await documentsAfter(fileNumbersView, log);
    const row = (number: string) => numbers.get(number) as unknown as FileNumberRow;
    expect(row('KH-2025-00001')).toMatchObject({ record: 'r-huaxing', filedAt: '2025-03-07T05:31:00.000Z' });
    expect(row('KH-2025-00003')).toMatchObject({ record: 'r-li', filedAt: null });
  });
});

describe('the readings', () => {
  it('are one row for each record that a request read', async () => {
    const readings = await documentsAfter(readingsView, log);
    expect([...readings.keys()]).toEqual([
      'staffAccess-s-wu-202503@0/r-huaxing',
      'staffAccess-s-wu-202503@0/r-zhang',
      'staffAccess-s-zheng-202505@0/r-huaxing',
    ]);
  });

  it('name the fields of that record only, each once', async () => {
    const records = [
      { id: 'r-1', pointers: ['/phone', '/phone'] },
      { id: 'r-2', pointers: ['/email'] },
      { id: 'r-1', pointers: ['/address', '/phone'] },
    ];
    const data = { records, right: 'owner', purpose: null, loanId: null, caseId: null };
    const stream = 'staffAccess-s-1-202503';
    const read = recordedLog([
      { stream, type: 'FieldsRead', data, by: 's-1', at: '2025-03-03T01:00:00.000Z' },
    ]);
    const row = await documentAfter<ReadingRow>(readingsView, read, `${stream}@0/r-1`);
    expect(row).toMatchObject({ person: 's-1', record: 'r-1', pointers: ['/phone', '/address'] });
    expect((await documentsAfter(readingsView, read)).size).toBe(2);
  });
});

describe('a member of staff', () => {
  const staff = (id: string) => documentAfter<StaffRow>(staffView, log, id);

  it('has confirmed roles, and others that wait', async () => {
    expect(await staff('s-sun')).toMatchObject({
      roles: ['collector'],
      pending: ['custodian'],
      active: true,
    });
  });

  it('keeps the box of his name', async () => {
    expect((await staff('s-sun')).name).toMatchObject({ stream: 'staff-s-sun', part: 'person' });
  });

  it('has no roles when he has left, and when he left is known until he returns', async () => {
    const left = await staff('s-wu');
    expect([left.active, left.roles, left.deactivatedAt, left.successor]).toEqual([
      ...[false, [], '2025-03-01T00:16:00.000Z', 's-lin'],
    ]);
    expect((await staff('s-zhou')).deactivatedAt).toBeNull();
  });

  it('holds a role with an end only until then', () => {
    const grant = { requestedBy: ['s-admin'], requestedAt: '2025-03-01T00:00:00.000Z' };
    const confirmedAt = '2025-03-02T00:00:00.000Z';
    const grants = { analyst: { ...grant, confirmedAt, until: '2025-06-01T00:00:00.000Z' } };
    expect(staffRolesAt({ active: true, grants }, '2025-05-31T23:59:59.999Z')).toEqual(['analyst']);
    expect(staffRolesAt({ active: true, grants }, '2025-06-01T00:00:00.000Z')).toEqual([]);
  });
});

describe('an audit case', () => {
  it('is open until it is closed or over', async () => {
    const cases = await documentsAfter(auditCasesView, log);
    const [closed, lasting] = ['a-1', 'a-2'].map((id) => cases.get(id) as unknown as AuditCaseRow);
    expect(closed).toMatchObject({ auditor: 's-zheng', scope: ['r-huaxing', 'r-zhang'] });
    expect(isCaseOpen(closed!, '2025-05-17T00:00:00.000Z')).toBe(false);
    expect(isCaseOpen(lasting!, '2025-06-30T15:59:59.999Z')).toBe(true);
    expect(isCaseOpen(lasting!, '2025-06-30T16:00:00.000Z')).toBe(false);
  });
});
