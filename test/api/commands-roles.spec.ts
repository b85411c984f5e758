import { randomUUID } from 'node:crypto';
import type { RecordCommand } from '#domain/records/commands.js';
import { commandRoles } from '#domain/records/roles.js';
import { ROLES } from '#domain/roles.js';
import { startApi, type Api } from '../builders/api.js';
import { collectBody, safe2 } from '../builders/api-bodies.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const reason = { reason: '理由' };

/** Where each command of a record is given, and a body that is well formed; nobody gives the engine's own. */
const routes: Readonly<
  Record<Exclude<RecordCommand['type'], 'CompleteDestruction'>, readonly [path: string, body: object]>
> = {
  CollectRecord: ['', collectBody()],
  SubmitRecord: ['/ID/submissions', {}],
  ResubmitRecord: ['/ID/resubmissions', {}],
  WithdrawRecord: ['/ID/withdrawals', {}],
  ApproveRecord: ['/ID/reviews', { decision: 'approve', round: 1 }],
  ReturnRecord: ['/ID/reviews', { decision: 'return', round: 1, comments: { '/phone': '少一位' } }],
  RejectRecord: ['/ID/reviews', { decision: 'reject', round: 1, ...reason }],
  FileRecord: ['/ID/filings', { retentionClass: 'prospect', medium: 'paper', place: safe2 }],
  AllocateRecord: ['/ID/allocations', { owner: 'collector-1', custodian: 'custodian-1' }],
  ProposeUpdate: [
    '/ID/proposals',
    { changes: { phone: '13900000001' }, ...reason, source: 'phone', baseRevision: 2 },
  ],
  SignProposal: ['/ID/proposals/PID/signatures', { decision: 'accept', diffMac: 'a1'.repeat(32) }],
  WithdrawProposal: ['/ID/proposals/PID/withdrawals', {}],
  CountersignUpdate: ['/ID/countersignatures', { decision: 'accept' }],
  RequestLoan: ['/ID/loans', { purpose: 'servicing', fields: { pointers: ['/phone'] }, days: 7 }],
  WithdrawLoanRequest: ['/ID/loans/LID/withdrawals', {}],
  EndorseLoan: ['/ID/loans/LID/endorsements', {}],
  DecideLoan: ['/ID/loans/LID/decisions', { decision: 'grant' }],
  RevokeLoan: ['/ID/loans/LID/revocations', reason],
  PlaceHold: ['/ID/holds', reason],
  ConsentToRelease: ['/ID/holds/HID/consents', {}],
  ReleaseHold: ['/ID/holds/HID/releases', reason],
  ApplyForDestruction: ['/ID/destructions', { ground: 'invalid', ...reason }],
  WithdrawDestruction: ['/ID/destructions/DID/withdrawals', {}],
  AppraiseDestruction: ['/ID/destructions/DID/appraisals', { opinion: 'destroy', ...reason }],
  DecideDestruction: ['/ID/destructions/DID/approvals', { decision: 'approve' }],
  AttestDestruction: ['/ID/destructions/DID/attestations', {}],
  AttestShredding: ['/ID/destructions/DID/shreddings', {}],
  ExecuteDestruction: ['/ID/destructions/DID/execution', {}],
};

const matrix = (Object.keys(routes) as (keyof typeof routes)[]).flatMap((command) =>
  ROLES.map((role) => ({ command, role, allowed: commandRoles[command].includes(role) })),
);

describe('giving a command about a record', () => {
  it.each(matrix)('$command by $role: allowed $allowed', async ({ command, role, allowed }) => {
    const [path, body] = routes[command];
    const url = `/v1/records${path.replace('ID', randomUUID())}`;
    const person = api.as(role === 'administrator' ? 'admin' : `${role}-1`);
    const before = await api.kernel.log.head();
    const { status, body: answer } = await person.post(url, body);
    if (allowed) {
      // There is no such record: who gets this far was not stopped for his role.
      expect([status, answer.code]).toEqual(
        command === 'CollectRecord' ? [201, undefined] : [404, 'record.unknown'],
      );
    } else {
      expect([status, answer.code]).toEqual([403, 'auth.forbidden']);
      expect(await api.kernel.log.head()).toBe(before);
    }
  });

  it('without a token is answered 401, before anything else is looked at', async () => {
    for (const [path, body] of Object.values(routes)) {
      const answer = await api.anyone.post(`/v1/records${path.replace('ID', randomUUID())}`, body);
      expect(answer).toMatchObject({ status: 401, body: { code: 'auth.required' } });
    }
  });
});
