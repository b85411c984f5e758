import { Writable } from 'node:stream';
import { pino } from 'pino';
import { CommandExecutor } from '#engine/execute.js';
import { LogUnavailable } from '#engine/ports/event-log.js';
import { kernelWith, startApi, type Api } from '../builders/api.js';
import { approved, created, destructible, filed, ok, recordPath } from '../builders/api-bodies.js';
import {
  allocatedPerson,
  fieldOf,
  filedPerson,
  lend,
  readings,
  samples,
  secrets,
  submittedPerson,
} from '../builders/reading.js';
import { troubledLog } from '../doubles/troubled-log.js';

let api: Api;
let lines = '';
let disk: 'sound' | 'failing' = 'sound';
const sink = new Writable({
  write(chunk, _encoding, done) {
    lines += String(chunk);
    done();
  },
});

beforeAll(async () => {
  api = await startApi({
    logger: pino({ level: 'trace' }, sink),
    through: (kernel) => {
      const log = troubledLog(kernel.log, (write) => {
        if (disk === 'failing') throw new LogUnavailable();
        return write();
      });
      const executor = new CommandExecutor(log, kernel.registry, kernel.sealer, kernel.clock);
      return kernelWith(kernel, 'executor', executor);
    },
  });
  ok(await api.as('analyst-1').post('/v1/me/undertakings', { textVersion: '2025-1' }));
});
afterAll(() => api.stop());

const record = (id: string, query = '') => `${recordPath(id)}${query && `?${query}`}`;

describe('an answer about a record', () => {
  it('says of each value who gave it, by which channel and event, and who reviewed it', async () => {
    const { id, fileNumber } = await filedPerson(api);
    const answer = await api.as('custodian-1').get(record(fileNumber));
    expect(answer.headers['etag']).toBe('"2"');
    expect(answer.body).toMatchObject({
      ...{ id, fileNumber, revision: 2, subjectType: 'person', restricted: false, missing: [], holds: [] },
      status: { code: 'filed', label: 'Filed' },
      class: { grade: { code: 'B', label: 'Grade B' }, urgency: { code: 'can-wait', until: null } },
      collector: { id: 'collector-1', name: expect.any(String) },
      custodian: { id: 'custodian-1' },
      rounds: [{ round: 1, outcome: 'approved', decided: { by: { id: 'manager-1' } } }],
    });
    expect(fieldOf(answer, '/phone')).toMatchObject({
      ...{ key: 'phone', label: 'Phone', level: 'personal', list: null, mayOpen: true, needs: null },
      provenance: {
        given: {
          ...{ by: { id: 'collector-1' }, onBehalfOf: null, effectiveAt: '2025-03-03' },
          channel: { code: 'sales-team', label: 'Sales team' },
          event: { stream: `customerRecord-${id}`, revision: 0 },
        },
        reviewed: { by: { id: 'manager-1' } },
        ...{ signed: null, unverified: false },
      },
    });
    expect(fieldOf(answer, '/medium').provenance.given).toMatchObject({
      by: { id: 'custodian-1' },
      channel: null,
    });
  });

  it('names what is missing of a historic entry, in the language asked for', async () => {
    const content = { name: '历史公司' };
    const body = {
      ...{ subjectType: 'company', content, purpose: 'servicing', historic: true, sourceChannel: 'order' },
      basis: { code: 'contract' },
      proposed: { grade: 'C', status: 'interested', urgency: 'can-wait', kind: 'ordinary' },
    };
    const { id: historic } = created(await api.as('collector-1').post('/v1/records', body));
    const answer = ok(await api.as('collector-1').get(record(historic), { 'accept-language': 'zh' }));
    expect(answer.missing).toContainEqual({ pointer: '/region', label: '区域' });
    expect(answer.missing).toContainEqual({ pointer: '/phone', label: '电话' });
  });

  it('has the members of a list each by their own pointer, under the list’s label', async () => {
    const contacts = [{ name: '陈立峰', phone: '13912340001', decisionRole: 'buyer' }];
    const id = await approved(api, 'B', { contacts });
    const { fields } = ok(await api.as('custodian-1').get(record(id, 'open=contacts')));
    const members = fields.filter(({ pointer }: { pointer: string }) => pointer.startsWith('/contacts/'));
    expect(members).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          label: 'Phone',
          list: { code: 'contacts', label: 'Contacts' },
          value: '+8613912340001',
        }),
        expect.objectContaining({ key: 'decisionRole', value: 'buyer', text: 'Buyer' }),
      ]),
    );
    const [last] = await api.kernel.log.readAll({ after: null, direction: 'backwards', maxCount: 1 });
    expect(last!.data['records']).toEqual([
      { id, pointers: members.map((f: { pointer: string }) => f.pointer) },
    ]);
  });

  it('lists the commands that the reader could give now', async () => {
    const id = await submittedPerson(api);
    const actions = async (who: string) =>
      ok(await api.as(who).get(record(id))).allowedActions.map(({ command }: { command: string }) => command);
    expect(await actions('manager-1')).toEqual(expect.arrayContaining(['ApproveRecord', 'ReturnRecord']));
    expect(await actions('collector-1')).toContain('WithdrawRecord');
    expect(await actions('collector-2')).not.toContain('WithdrawRecord');
  });

  it.each(['', '/history', '/proposals'])('takes the position of one’s own write: at %j', async (path) => {
    const { id } = await filedPerson(api);
    const { position } = created(
      await api.as('manager-1').post(`${recordPath(id)}/holds`, { reason: '诉讼' }),
    );
    const answer = await api.as('manager-1').get(`${recordPath(id)}${path}?after=${position}`);
    expect(answer.status).toBe(200);
    const bad = await api.as('manager-1').get(`${recordPath(id)}${path}?after=soon`);
    expect(bad.body.errors).toMatchObject([{ pointer: '/after', code: 'field.is-form' }]);
  });

  it('is as new as the record itself: an act is in the very next answer', async () => {
    const { id } = await filedPerson(api);
    for (let revision = 3; revision < 8; revision++) {
      created(await api.as('custodian-1').post(`${record(id)}/holds`, { reason: '诉讼' }));
      const answer = ok(await api.as('custodian-1').get(record(id)));
      expect(answer).toMatchObject({ revision, holds: { length: revision - 2 } });
    }
  });

  it.each(['11111111-1111-5111-8111-111111111111', 'KH-2031-00001', 'no-id', '%00'])(
    '%s is unknown',
    async (id) => {
      for (const path of ['', '/history', '?open=all']) {
        const answer = await api.as('manager-1').get(`${recordPath(id)}${path}`);
        expect(answer).toMatchObject({ status: 404, body: { code: 'record.unknown' } });
      }
    },
  );
});

describe('a reading is on disk before any value leaves', () => {
  afterEach(() => {
    disk = 'sound';
  });

  it('where it cannot be written, nothing is opened', async () => {
    const { id } = await filedPerson(api);
    const before = await readings(api);
    disk = 'failing';
    for (const open of ['phone', 'all']) {
      const answer = await api.as('custodian-1').get(record(id, `open=${open}`));
      expect(answer).toMatchObject({ status: 503, body: { code: 'server.unavailable' } });
      for (const secret of secrets) expect(answer.text).not.toContain(secret);
    }
    expect((await api.as('custodian-1').get(record(id))).status).toBe(200);
    disk = 'sound';
    expect(await readings(api)).toBe(before);
  });

  it('two readings with one Idempotency-Key are two readings', async () => {
    const { id } = await filedPerson(api);
    const before = await readings(api);
    for (const open of ['phone', 'cooperationSince']) {
      ok(
        await api
          .as('custodian-1')
          .get(record(id, `open=${open}`), { 'idempotency-key': 'same', 'if-match': '"0"' }),
      );
    }
    expect(await readings(api)).toBe(before + 2);
  });

  it('values opened under several rights are one append, with a reading for each right', async () => {
    const purpose = 'credit-check';
    const id = await allocatedPerson(api, { purpose });
    ok(await api.as('collector-2').post('/v1/me/undertakings', { textVersion: '2025-1' }));
    const loanId = await lend(api, id, 'collector-2', { pointers: ['/incomeBand'] }, purpose);
    const answer = await api.as('collector-2').get(record(id, 'open=phone,incomeBand,cooperationSince'));
    expect(fieldOf(answer, '/incomeBand')).toMatchObject({ shown: 'value' });
    const [loan, owner] = await api.kernel.log.readAll({ after: null, direction: 'backwards', maxCount: 2 });
    expect(owner).toMatchObject({
      commandId: loan!.commandId,
      data: {
        right: 'follow-up-owner',
        purpose: null,
        records: [{ id, pointers: ['/phone', '/cooperationSince'] }],
      },
    });
    expect(loan!.data).toMatchObject({
      right: 'loan',
      loanId,
      purpose,
      records: [{ pointers: ['/incomeBand'] }],
    });
  });
});

describe('a loan', () => {
  const second = 1_000;
  const moveTo = (instant: number) => api.kernel.demoClock!.moveTo(new Date(instant).toISOString());

  it('opens what was lent until its end, to the second, and not a second longer', async () => {
    const { id } = await filedPerson(api);
    const loan = await lend(api, id, 'analyst-1', { levels: [], pointers: ['/phone'] });
    const { items } = ok(
      await api.as('analyst-1').get(`${record(id)}/loans?after=${await api.kernel.log.head()}`),
    );
    const until = Date.parse(items[0].until);

    moveTo(until - 20 * second);
    const during = await api.as('analyst-1').get(record(id, 'open=phone'));
    expect(fieldOf(during, '/phone')).toMatchObject({ shown: 'value', value: samples.personal.value });
    const [reading] = await api.kernel.log.readAll({ after: null, direction: 'backwards', maxCount: 1 });
    expect(reading!.data).toMatchObject({ right: 'loan', loanId: loan, purpose: 'servicing' });
    expect(fieldOf(during, '/address')).toMatchObject({ shown: 'mask', mayOpen: false });

    moveTo(until + second);
    const after = await api.as('analyst-1').get(record(id, 'open=phone'));
    expect(after).toMatchObject({
      status: 403,
      body: { code: 'reading.no-right', params: { pointer: '/phone' } },
    });
    const all = await api.as('analyst-1').get(record(id, 'open=all'));
    expect(fieldOf(all, '/phone')).toMatchObject({ shown: 'mask', mayOpen: false });
  });

  it('ends at once when it is revoked', async () => {
    const { id } = await filedPerson(api);
    const loan = await lend(api, id, 'analyst-1', { pointers: ['/phone', '/address'] });
    expect((await api.as('analyst-1').get(record(id, 'open=phone'))).status).toBe(200);
    ok(await api.as('custodian-1').post(`${record(id)}/loans/${loan}/revocations`, { reason: '误批' }));
    expect((await api.as('analyst-1').get(record(id, 'open=phone'))).status).toBe(403);
  });

  it('stands in the register of everybody who may see it, by record, borrower and state', async () => {
    const { id, fileNumber } = await filedPerson(api);
    const loan = await lend(api, id, 'analyst-1', { levels: [], pointers: ['/phone'] });
    await api.caughtUp();
    const expected = {
      ...{ id: loan, state: 'active', days: 7, purpose: { code: 'servicing' }, refusedBy: null, failed: [] },
      record: { id, fileNumber, name: '张*明', destroyed: false },
      borrower: { id: 'analyst-1', name: expect.any(String) },
      decided: { by: { id: 'custodian-1' } },
      report: { eligible: true, results: expect.any(Array) },
    };
    const lists = [
      ['custodian-2', `/v1/records/${fileNumber}/loans`],
      ['analyst-1', `/v1/records/${id}/loans`],
      ['auditor-1', `/v1/loans?record=${fileNumber}&state=active`],
      ['manager-1', `/v1/loans?borrower=analyst-1&limit=1`],
      ['analyst-1', '/v1/loans?limit=1'],
      ['analyst-1', '/v1/staff/analyst-1/loans?limit=1'],
      ['executive-1', '/v1/staff/analyst-1/loans?limit=1'],
    ] as const;
    for (const [who, path] of lists) expect(ok(await api.as(who).get(path)).items).toMatchObject([expected]);
    expect(ok(await api.as('analyst-2').get(`/v1/records/${id}/loans`)).items).toEqual([]);
    expect(ok(await api.as('manager-1').get(`/v1/loans?record=${id}&state=expired`)).items).toEqual([]);
  });

  it.each([
    ['analyst-2', '/v1/staff/analyst-1/loans'],
    ['analyst-2', '/v1/loans?borrower=analyst-1'],
    ['admin', '/v1/loans'],
    ['admin', '/v1/staff/analyst-1/loans'],
  ])('%s does not see %s', async (who, path) => {
    expect(await api.as(who).get(path)).toMatchObject({ status: 403, body: { code: 'auth.forbidden' } });
  });

  it('that the engine refused is listed with the rules that failed, and what would make them pass', async () => {
    const { id } = await filedPerson(api);
    const body = { purpose: 'servicing', fields: { levels: [], pointers: ['/phone'] }, days: 7 };
    created(await api.as('analyst-3').post(`${record(id)}/loans`, body));
    await api.caughtUp();
    const { items } = ok(await api.as('analyst-3').get(`${record(id)}/loans`, { 'accept-language': 'zh' }));
    expect(items).toMatchObject([{ state: 'refused', refusedBy: 'engine', failed: ['undertaking-signed'] }]);
    const failed = items[0].report.results.find((rule: { passed: boolean }) => !rule.passed);
    expect(failed).toMatchObject({
      says: '已签署保密承诺',
      remedy: expect.stringMatching(/^请签署保密承诺/),
    });
  });
});

describe('an audit case', () => {
  it('opens values to its auditor while it is open, for the records in its scope', async () => {
    const { id, fileNumber } = await filedPerson(api);
    const other = await filedPerson(api);
    const auditor = api.as('auditor-1');
    const endsOn = api.kernel.clock.now().slice(0, 10);
    const open = { number: 'SJ-2025-01', scope: [fileNumber], endsOn, reason: '客户投诉' };
    const { id: caseId } = created(await auditor.post('/v1/audit-cases', open));

    const answer = await auditor.get(record(id, 'open=phone,incomeBand'));
    expect(fieldOf(answer, '/incomeBand')).toMatchObject({ value: '200k-500k', text: '200,000 to 500,000' });
    const [reading] = await api.kernel.log.readAll({ after: null, direction: 'backwards', maxCount: 1 });
    expect(reading!.data).toMatchObject({ right: 'audit-case', caseId, loanId: null });
    for (const [who, where] of [
      ['auditor-1', other.id],
      ['auditor-2', id],
    ] as const) {
      const refused = await api.as(who).get(record(where, 'open=phone'));
      expect(refused).toMatchObject({ status: 403, body: { code: 'reading.case-required' } });
    }

    await api.caughtUp();
    const { items } = ok(await api.as('executive-1').get(`/v1/audit-cases?record=${fileNumber}`));
    expect(items).toMatchObject([
      { id: caseId, number: 'SJ-2025-01', scope: [id], state: 'open', closed: null },
    ]);
    ok(await auditor.post(`/v1/audit-cases/${caseId}/closings`, { conclusion: '属实' }));
    const closed = await auditor.get(record(id, 'open=phone'));
    expect(closed).toMatchObject({ status: 403, body: { code: 'reading.case-required' } });
    await api.caughtUp();
    expect(ok(await auditor.get('/v1/audit-cases?state=closed')).items).toMatchObject([
      { id: caseId, state: 'closed' },
    ]);
    expect(ok(await auditor.get('/v1/audit-cases?state=open')).items).toEqual([]);
    expect((await api.as('manager-1').get('/v1/audit-cases')).status).toBe(403);
  });

  it('is over at its end, without anybody closing it', async () => {
    const { id } = await filedPerson(api);
    const endsOn = api.kernel.clock.now().slice(0, 10);
    const open = { number: 'SJ-2025-02', scope: 'all', endsOn, reason: '例行' };
    created(await api.as('auditor-3').post('/v1/audit-cases', open));
    expect((await api.as('auditor-3').get(record(id, 'open=phone'))).status).toBe(200);
    api.later(2);
    expect((await api.as('auditor-3').get(record(id, 'open=phone'))).status).toBe(403);
    const { items } = ok(await api.as('auditor-3').get('/v1/audit-cases?auditor=auditor-3&state=ended'));
    expect(items).toMatchObject([{ number: 'SJ-2025-02', state: 'ended' }]);
  });
});

describe('a record that is to be destroyed', () => {
  it('cannot be read while an application restricts it; its mask stays', async () => {
    const { id } = await filedPerson(api);
    const applied = { ground: 'withdrawn', reason: '客户撤回同意' };
    const answer = await api.as('custodian-1').post(`${record(id)}/destructions`, applied);
    expect(created(answer).applicationId).toEqual(expect.any(String));
    const refused = await api.as('custodian-1').get(record(id, 'open=phone'));
    expect(refused.body).toMatchObject({ code: 'record.restricted', params: { pointer: '/phone' } });
    const masked = await api.as('custodian-1').get(record(id, 'open=all'));
    expect(masked.body.restricted).toBe(true);
    expect(fieldOf(masked, '/phone')).toMatchObject({ shown: 'mask', needs: 'record.restricted' });
    expect(fieldOf(masked, '/cooperationSince')).toMatchObject({ shown: 'hidden' });
  });

  it('is gone for every reader; its register, its loans and its history stay, without its values', async () => {
    const { id, fileNumber } = await filed(api, { content: { name: '终局公司', phone: '0571-81234567' } });
    const did = await destructible(api, id);
    await api.caughtUp();
    const before = ok(await api.as('manager-1').get(`/v1/destructions/${did}`));
    expect(before).toMatchObject({
      ...{ state: 'approved', ground: { code: 'invalid' }, certificate: null },
      record: { id, fileNumber, name: '终局公司', destroyed: false },
    });
    expect(before.guard.results.filter(({ passed }: { passed: boolean }) => !passed)).toMatchObject([
      { rule: 'witnesses-enough', says: expect.any(String) },
    ]);

    const path = `${record(id)}/destructions/${did}`;
    ok(await api.as('collector-2').post(`${path}/attestations`));
    expect((await api.as('custodian-1').post(`${path}/execution`)).status).toBe(202);
    const begun = await api.as('manager-1').get(record(fileNumber));
    expect(begun.status).toBe(410);
    expect(begun.body.code).toMatch(/^record\.(being|already)-destroyed$/);
    await destroyed(did);

    for (const query of ['', 'open=all', 'open=phone&purpose=supervision']) {
      const answer = await api.as('manager-1').get(record(fileNumber, query));
      expect(answer).toMatchObject({ status: 410, body: { code: 'record.already-destroyed' } });
    }
    const register = ok(
      await api.as('analyst-1').get(`/v1/destructions?record=${fileNumber}&state=destroyed`),
    );
    expect(register.items).toMatchObject([
      {
        ...{ id: did, state: 'destroyed', certificate: { recordId: id } },
        record: { id, fileNumber, name: null, destroyed: true },
        ...{ applied: { by: { id: 'custodian-1' } }, witnesses: [{ by: { id: 'collector-2' } }] },
      },
    ]);
    expect(ok(await api.as('manager-1').get(`/v1/destructions/${did}`)).guard).toBeNull();
    const history = await api.as('analyst-1').get(`${record(fileNumber)}/history?order=desc&limit=2`, {
      'accept-language': 'zh-CN',
    });
    expect(history.body.items).toMatchObject([
      { code: 'destruction.completed', text: '档案已销毁，并出具销毁证书', by: { id: 'system' } },
      { code: 'destruction.begun', text: expect.stringMatching(/ 开始销毁$/), by: { id: 'custodian-1' } },
    ]);
    expect(history.text).not.toContain('终局公司');
    expect(
      ok(await api.as('manager-1').get('/v1/records?q=%E7%BB%88%E5%B1%80%E5%85%AC%E5%8F%B8')).items,
    ).toEqual([]);
    const events = await api.as('auditor-1').get(`/v1/audit/events?record=${fileNumber}`);
    expect(events.text).not.toContain('终局公司');
    expect(events.body.items[0].data.open).toMatchObject({ '/name': null });
  });

  it('shows of a part whose key has died that it is gone, and the rest as before', async () => {
    const { id } = await filedPerson(api);
    const { vault, keys, clock } = api.kernel;
    const key = `customer-${id}/field/incomeBand`;
    await vault.destroyKeys([key], clock.now());
    keys.forget([key]);
    const named = await api.as('custodian-1').get(record(id, 'open=incomeBand'));
    expect(named.status).toBe(410);
    expect(named.body).toMatchObject({
      code: 'record.already-destroyed',
      params: { pointer: '/incomeBand' },
    });
    const all = await api.as('custodian-1').get(record(id, 'open=all'));
    expect(fieldOf(all, '/incomeBand')).toMatchObject({ shown: 'destroyed', value: null });
    expect(fieldOf(all, '/phone')).toMatchObject({ shown: 'value' });
  });

  async function destroyed(did: string): Promise<void> {
    for (;;) {
      const { state } = ok(await api.as('manager-1').get(`/v1/destructions/${did}`));
      if (state === 'destroyed') return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});

it('the history tells every event with names, page by page in either direction, and no reasons', async () => {
  const { id } = await filedPerson(api);
  created(await api.as('manager-1').post(`${record(id)}/holds`, { reason: '机密理由' }));
  const path = `${record(id)}/history`;
  const whole = await api.as('collector-3').get(path);
  expect(whole.body.items.map(({ code }: { code: string }) => code)).toEqual([
    ...['record.collected-late', 'record.approved', 'record.filed', 'hold.placed'],
  ]);
  const { name } = ok(await api.as('admin').get('/v1/staff/manager-1'));
  expect(whole.body.items[3]).toMatchObject({
    ...{ type: 'HoldPlaced', text: `${name} placed a hold`, by: { id: 'manager-1', name } },
    event: { stream: `customerRecord-${id}`, revision: 3 },
  });
  expect(whole.text).not.toContain('机密理由');
  for (const secret of secrets) expect(whole.text).not.toContain(secret);

  for (const order of ['asc', 'desc']) {
    const paged = [];
    for (let next: string | null = ''; next !== null;) {
      const page = ok(
        await api.as('collector-3').get(`${path}?order=${order}&limit=1${next && `&cursor=${next}`}`),
      );
      paged.push(...page.items);
      next = page.next;
    }
    expect(order === 'asc' ? paged : paged.reverse()).toEqual(whole.body.items);
  }
  const { next } = ok(await api.as('collector-3').get(`${path}?limit=1`));
  expect((await api.as('collector-3').get(`${path}?order=desc&cursor=${next}`)).status).toBe(400);
  expect((await api.as('admin').get(path)).status).toBe(403);
});

it('nothing of a customer stands in the log lines of all this', () => {
  expect(lines.split('\n').length).toBeGreaterThan(100);
  expect(lines).toContain('/v1/records/:id');
  for (const secret of [
    ...secrets,
    '13912340001',
    '陈立峰',
    '终局公司',
    '81234567',
    '机密理由',
    '张*明',
    '138****',
  ]) {
    expect(lines).not.toContain(secret);
    expect(lines).not.toContain(encodeURIComponent(secret));
  }
});
