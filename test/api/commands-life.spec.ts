import { startApi, type Api } from '../builders/api.js';
import {
  approved,
  collectBody,
  collected,
  created,
  destructible,
  filed,
  ok,
  recordPath,
  safe2,
} from '../builders/api-bodies.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const collector = () => api.as('collector-1');
const manager = () => api.as('manager-1');
const custodian = () => api.as('custodian-1');
const analyst = () => api.as('analyst-1');

describe('collecting', () => {
  it('a collected record waits for its review at once', async () => {
    const answer = await collector().post('/v1/records', collectBody());
    expect(answer).toMatchObject({
      status: 201,
      headers: { etag: '"0"' },
      body: { state: 'submitted', lateDays: 0, duplicates: [], revision: 0 },
    });
    expect(answer.body.stream).toBe(`customerRecord-${answer.body.id}`);
  });

  it('a draft waits for its collector, who submits it with last changes', async () => {
    const id = await collected(api, { draft: true }, { name: '草稿公司' });
    const submitted = await collector().post(`${recordPath(id)}/submissions`, {
      changes: { phone: '13800000001' },
    });
    expect(ok(submitted)).toMatchObject({ round: 1, revision: 1 });
  });

  it('records that look alike are shown, a person’s name behind its mask', async () => {
    const person = { name: '欧阳小明', region: '330106', firstContactOn: '2025-03-03', phone: '13912345678' };
    const first = await collector().post('/v1/records', {
      ...collectBody(),
      subjectType: 'person',
      content: person,
    });
    await api.caughtUp();
    const again = { ...person, name: '别人', phone: '139 1234 5678' };
    const second = await collector().post('/v1/records', {
      ...collectBody(),
      subjectType: 'person',
      content: again,
    });
    expect(created(second).duplicates).toEqual([
      { id: created(first).id, fileNumber: null, name: expect.stringMatching(/^欧阳\*/) },
    ]);
  });

  it('a record is withdrawn by its collector', async () => {
    const id = await collected(api, {}, { name: '撤回公司' });
    expect(ok(await collector().post(`${recordPath(id)}/withdrawals`, { reason: '重复' }))).toMatchObject({
      revision: 1,
    });
  });
});

describe('reviewing', () => {
  it('a record is returned field by field, mended, and approved in its second round', async () => {
    const id = await collected(api, {}, { name: '退回公司' });
    const returned = await manager().post(`${recordPath(id)}/reviews`, {
      ...{ decision: 'return', round: 1, comments: { '/phone': '少一位' }, note: '请核对' },
    });
    expect(ok(returned)).toMatchObject({ outcome: 'returned', round: 1, grade: null });
    const mended = await collector().post(`${recordPath(id)}/resubmissions`, {
      ...{ changes: { phone: '0571-88886667', contacts: [{ name: '陈立' }] }, note: '已改' },
    });
    expect(ok(mended)).toMatchObject({ round: 2 });
    const review = { decision: 'approve', round: 2, grade: 'A', class: { kind: 'key' } };
    expect(ok(await manager().post(`${recordPath(id)}/reviews`, review))).toMatchObject({
      ...{ outcome: 'approved', round: 2, grade: 'A' },
    });
  });

  it('a record is rejected with a reason', async () => {
    const id = await collected(api, {}, { name: '拒绝公司' });
    const rejected = await manager().post(`${recordPath(id)}/reviews`, {
      decision: 'reject',
      round: 1,
      reason: '不是重点客户',
    });
    expect(ok(rejected)).toMatchObject({ outcome: 'rejected' });
  });

  it('members that go with another decision are refused, not ignored', async () => {
    const id = await collected(api, {}, { name: '多余公司' });
    const odd = await manager().post(`${recordPath(id)}/reviews`, {
      decision: 'approve',
      round: 1,
      reason: 'x',
    });
    expect(odd).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/reason', code: 'field.stray' }] },
    });
  });
});

describe('filing and allocating', () => {
  it('the custodian files under the next number, which serves as an id from then on', async () => {
    const one = await filed(api, { content: { name: '归档一' } });
    const two = await filed(api, { paper: true, content: { name: '归档二' } });
    expect(one.fileNumber).toMatch(/^KH-2025-\d{5}$/);
    expect(Number(two.fileNumber.slice(-5))).toBe(Number(one.fileNumber.slice(-5)) + 1);
    const held = await custodian().post(`/v1/records/${two.fileNumber}/holds`, { reason: '诉讼' });
    expect(created(held).stream).toBe(`customerRecord-${two.id}`);
  });

  it('a record that cannot be filed takes no number', async () => {
    const { fileNumber } = await filed(api, { content: { name: '前一号' } });
    const waiting = await collected(api, {}, { name: '未审公司' });
    const body = { retentionClass: 'prospect', medium: 'electronic' };
    const refused = await custodian().post(`${recordPath(waiting)}/filings`, body);
    expect(refused).toMatchObject({ status: 409, body: { code: 'record.wrong-state' } });
    const next = await filed(api, { content: { name: '后一号' } });
    expect(Number(next.fileNumber.slice(-5))).toBe(Number(fileNumber.slice(-5)) + 1);
  });

  it('a filing that was refused gets the same number when it is given again', async () => {
    const id = await approved(api, 'B', { name: '重试公司' });
    const path = `${recordPath(id)}/filings`;
    const noPlace = await custodian().post(path, { retentionClass: 'prospect', medium: 'paper' });
    expect(noPlace).toMatchObject({ status: 422, body: { code: 'file.place-required' } });
    const { fileNumber } = await filed(api, { content: { name: '插队公司' } });
    const body = { retentionClass: 'prospect', medium: 'paper', place: safe2 };
    const answer = ok(await api.as('custodian-2').post(path, body));
    expect(Number(answer.fileNumber.slice(-5))).toBe(Number(fileNumber.slice(-5)) - 1);
  });

  it('the manager decides between two claimants, with a reason', async () => {
    const { id } = await filed(api, { content: { name: '两人公司' } });
    const claim = {
      owner: 'collector-2',
      custodian: 'custodian-1',
      claimants: ['collector-1', 'collector-2'],
    };
    const path = `${recordPath(id)}/allocations`;
    expect(await manager().post(path, claim)).toMatchObject({
      status: 422,
      body: { code: 'record.reason-required' },
    });
    const allocated = await manager().post(path, { ...claim, reason: '先接触' });
    expect(ok(allocated)).toMatchObject({
      owner: 'collector-2',
      ownerUntil: expect.stringMatching(/^2025-06-01T/),
    });
  });

  it('the executive decides where a manager is one of them', async () => {
    const { id } = await filed(api, { content: { name: '经理相争公司' } });
    const path = `${recordPath(id)}/allocations`;
    const claim = { owner: 'collector-2', custodian: 'custodian-1', reason: '先接触' };
    const among = (...claimants: string[]) =>
      api.as('executive-1').post(path, { ...claim, claimants: ['collector-2', ...claimants] });
    expect(await among('collector-1')).toMatchObject({
      status: 403,
      body: { code: 'allocation.executive-stands-in-only' },
    });
    expect(ok(await among('manager-1'))).toMatchObject({ owner: 'collector-2' });
  });

  it('nobody is given a record who is not registered', async () => {
    const { id } = await filed(api, { content: { name: '无人公司' } });
    const nobody = await manager().post(`${recordPath(id)}/allocations`, {
      owner: 'nobody',
      custodian: 'custodian-1',
    });
    expect(nobody).toMatchObject({
      status: 404,
      body: { code: 'staff.unknown', params: { staff: 'nobody' } },
    });
  });
});

describe('borrowing', () => {
  const wish = { purpose: 'servicing', fields: { levels: ['confidential'], pointers: ['/phone'] }, days: 7 };

  it('a dry run reports every rule in sentences and writes nothing', async () => {
    const { id } = await filed(api, { content: { name: '试借公司' } });
    const before = await api.kernel.log.head();
    const report = await analyst().post(
      `${recordPath(id)}/loans`,
      { ...wish, dryRun: true },
      { 'accept-language': 'zh' },
    );
    expect(report).toMatchObject({ status: 200, body: { eligible: false } });
    expect(report.body.results).toHaveLength(13);
    expect(report.body.results[1]).toMatchObject({
      ...{ rule: 'undertaking-signed', says: '已签署保密承诺', passed: false },
      remedy: '请签署保密承诺,有效期 365 天。',
    });
    expect(await api.kernel.log.head()).toBe(before);
  });

  it('a request that fails a rule nobody may waive is refused by the engine, and kept', async () => {
    const { id } = await filed(api, { content: { name: '拒借公司' } });
    const answer = created(await analyst().post(`${recordPath(id)}/loans`, wish));
    expect(answer).toMatchObject({ state: 'refused', failed: ['undertaking-signed'], revision: 4 });
  });

  it('an eligible request is granted by the custodian, and can be revoked', async () => {
    const { id } = await filed(api, { content: { name: '借阅公司' } });
    ok(await analyst().post('/v1/me/undertakings', { textVersion: '2025-1' }));
    const { loanId, state } = created(await analyst().post(`${recordPath(id)}/loans`, wish));
    expect(state).toBe('requested');
    const path = `${recordPath(id)}/loans/${loanId}`;
    const granted = ok(await custodian().post(`${path}/decisions`, { decision: 'grant' }));
    expect(granted).toMatchObject({ state: 'active', until: expect.stringMatching(/^2025-03-10T/) });
    expect(ok(await manager().post(`${path}/revocations`, { reason: '停用' }))).toMatchObject({
      state: 'revoked',
    });
  });

  it('the loan of a grade A file needs a manager too', async () => {
    const { id } = await filed(api, { grade: 'A', content: { name: '甲级公司' } });
    const { loanId } = created(await analyst().post(`${recordPath(id)}/loans`, wish));
    const path = `${recordPath(id)}/loans/${loanId}`;
    const early = await custodian().post(`${path}/decisions`, { decision: 'grant' });
    expect(early).toMatchObject({
      status: 409,
      body: { code: 'loan.not-eligible', params: { failed: ['grade-a-consent'] } },
    });
    ok(await manager().post(`${path}/endorsements`, {}));
    expect(ok(await custodian().post(`${path}/decisions`, { decision: 'grant' }))).toMatchObject({
      state: 'active',
    });
  });

  it('open loans count against the borrower by the register', async () => {
    const { id } = await filed(api, { content: { name: '计数公司' } });
    await api.caughtUp();
    const report = ok(await analyst().post(`${recordPath(id)}/loans`, { ...wish, dryRun: true }));
    const limit = report.results.find((each: { rule: string }) => each.rule === 'loan-limit');
    expect(limit).toMatchObject({ facts: { openLoans: 1, limit: 20 }, position: expect.any(String) });
  });

  it('a request that waits is withdrawn by its borrower', async () => {
    const { id } = await filed(api, { content: { name: '撤借公司' } });
    const { loanId } = created(await analyst().post(`${recordPath(id)}/loans`, wish));
    const path = `${recordPath(id)}/loans/${loanId}/withdrawals`;
    expect(await analyst().post(path, { why: 'x' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/why' }] },
    });
    expect(ok(await analyst().post(path))).toMatchObject({ state: 'withdrawn' });
  });
});

describe('holding', () => {
  it('an auditor’s hold is released with an auditor’s consent', async () => {
    const { id } = await filed(api, { content: { name: '冻结公司' } });
    const path = `${recordPath(id)}/holds`;
    const { holdId, byAuditor } = created(await api.as('auditor-1').post(path, { reason: '稽核' }));
    expect(byAuditor).toBe(true);
    const early = await manager().post(`${path}/${holdId}/releases`, { reason: '完毕' });
    expect(early).toMatchObject({ status: 409, body: { code: 'hold.consent-missing' } });
    ok(await api.as('auditor-2').post(`${path}/${holdId}/consents`, {}));
    expect(ok(await manager().post(`${path}/${holdId}/releases`, { reason: '完毕' }))).toMatchObject({
      state: 'released',
    });
  });
});

describe('applying for destruction', () => {
  it('a dry run says what stands in the way and writes nothing', async () => {
    const { id } = await filed(api, { content: { name: '试销公司' } });
    const before = await api.kernel.log.head();
    const path = `${recordPath(id)}/destructions`;
    const body = { ground: 'expired', reason: '到期', dryRun: true };
    const report = ok(await custodian().post(path, body));
    expect(report.refusal).toMatchObject({ code: 'destruction.retention-not-over' });
    expect(report.guard).toMatchObject({ passed: false, applicationId: null });
    expect(report.guard.results[0]).toEqual({
      ...{ rule: 'no-hold', says: 'No hold is in force', passed: true, facts: { holds: [] } },
    });
    expect(await api.kernel.log.head()).toBe(before);
  });

  it('an application is withdrawn by its applicant', async () => {
    const { id } = await filed(api, { content: { name: '撤销公司' } });
    const path = `${recordPath(id)}/destructions`;
    const { applicationId } = created(await custodian().post(path, { ground: 'invalid', reason: '误' }));
    expect(ok(await custodian().post(`${path}/${applicationId}/withdrawals`))).toMatchObject({
      state: 'withdrawn',
    });
  });

  it('an appraiser who would keep the record ends the application', async () => {
    const { id } = await filed(api, { content: { name: '留存公司' } });
    const path = `${recordPath(id)}/destructions`;
    const { applicationId } = created(await custodian().post(path, { ground: 'invalid', reason: '误' }));
    const kept = await analyst().post(`${path}/${applicationId}/appraisals`, {
      opinion: 'keep',
      reason: '仍在用',
    });
    expect(ok(kept)).toMatchObject({ state: 'refused' });
  });

  it('an execution that is not ready is refused with the rules that fail; a dry run shows them all', async () => {
    const { id } = await filed(api, { paper: true, content: { name: '未备公司' } });
    const did = await destructible(api, id);
    const path = `${recordPath(id)}/destructions/${did}/execution`;
    expect(await custodian().post(path)).toMatchObject({
      ...{ status: 409, body: { code: 'destruction.guard-failed' } },
      ...{ body: { params: { failed: ['paper-shredded', 'witnesses-enough'] } } },
    });
    const detailIn = async (language: string) =>
      (await custodian().post(path, {}, { 'accept-language': language })).body.detail;
    expect(await detailIn('en')).toMatch(/: The paper is shredded; Enough witnesses have attested\.$/);
    expect(await detailIn('zh')).toContain('纸质材料已粉碎、监销人数足够');
    const { guard } = ok(await custodian().post(path, { dryRun: true }));
    expect(guard.results.filter((each: { passed: boolean }) => !each.passed)).toHaveLength(2);
  });
});
