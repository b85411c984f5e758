import { randomUUID } from 'node:crypto';
import { accessStream, staffAccessDecider } from '#domain/staff-access/staff-access.js';
import { startApi, type Api } from '../builders/api.js';
import { created, ok, recordPath } from '../builders/api-bodies.js';
import { filedPerson, secrets } from '../builders/reading.js';

let api: Api;
let person: { id: string; fileNumber: string };
beforeAll(async () => {
  api = await startApi();
  person = await filedPerson(api);
  ok(await api.as('custodian-1').get(`${recordPath(person.id)}?open=phone,incomeBand`));
  api.later(1);
  ok(await api.as('manager-2').get(`${recordPath(person.id)}?open=phone&purpose=supervision`));
  await filedPerson(api);
  await api.caughtUp();
});
afterAll(() => api.stop());

const auditor = () => api.as('auditor-1');
const log = () => api.kernel.log.readAll({ after: null, maxCount: 10_000 });

/** All pages of a replay. */
async function replay(query: string, limit = 7) {
  const items = [];
  for (let next: string | null = ''; next !== null;) {
    const cursor: string = next && `&cursor=${next}`;
    const page = ok(await auditor().get(`/v1/audit/events?limit=${limit}&${query}${cursor}`));
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    next = page.next;
  }
  return items;
}
const positions = (events: readonly { position: string }[]) => events.map(({ position }) => position);

describe('the replay of the log', () => {
  it('shows every event in order, in either direction, with its envelope and hashes', async () => {
    const stored = await log();
    const forwards = await replay('order=asc');
    expect(positions(forwards)).toEqual(positions(stored));
    expect(positions(await replay('order=desc', 200))).toEqual(positions(stored).reverse());
    for (const [i, event] of stored.entries()) {
      const { id, stream, revision, hash, prev, commandId, actorId } = event;
      expect(forwards[i]).toMatchObject({ id, stream, revision, hash, prev, commandId, by: { id: actorId } });
      expect(forwards[i].sealed).toEqual(Object.keys(event.boxes));
    }
  });

  it('opens nothing that is sealed', async () => {
    const text = JSON.stringify(await replay(''));
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it.each<[string, (event: { type: string; actorId: string; recordedAt: string }) => boolean]>([
    ['actor=custodian-1', ({ actorId }) => actorId === 'custodian-1'],
    ['type=FieldsRead', ({ type }) => type === 'FieldsRead'],
    ['actor=manager-2&type=FieldsRead', (e) => e.type === 'FieldsRead' && e.actorId === 'manager-2'],
    ['since=2025-03-04T00:00:00Z', ({ recordedAt }) => recordedAt >= '2025-03-04'],
    ['until=2025-03-04T00:00:00Z', ({ recordedAt }) => recordedAt < '2025-03-04'],
  ])('of %s shows those events alone', async (query, meant) => {
    const expected = positions((await log()).filter(meant));
    expect(expected.length).toBeGreaterThan(0);
    expect(positions(await replay(query, 2))).toEqual(expected);
    expect(positions(await replay(`${query}&order=desc`, 2))).toEqual(expected.reverse());
  });

  it('of a record shows its own stream, by id or file number', async () => {
    const stored = await api.kernel.log.readStream(`customerRecord-${person.id}`, { maxCount: 100 });
    for (const name of [person.id, person.fileNumber]) {
      expect(positions(await replay(`record=${name}`, 1))).toEqual(positions(stored));
      expect(positions(await replay(`record=${name}&order=desc`, 1))).toEqual(positions(stored).reverse());
    }
  });

  it('goes on from a position, in either direction', async () => {
    const stored = positions(await log());
    const middle = stored[20]!;
    expect(positions(await replay(`position=${middle}`))).toEqual(stored.slice(21));
    expect(positions(await replay(`position=${middle}&order=desc`))).toEqual(stored.slice(0, 20).reverse());
  });

  it.each([
    ['position=99999999999999999999', 'request.invalid'],
    [`position=${'1'.repeat(40)}`, 'request.invalid'],
    ['position=7', 'request.invalid'],
    ['cursor=xyz', 'request.bad-cursor'],
    ['since=yesterday', 'request.invalid'],
    ['order=random', 'request.invalid'],
  ])('%s is refused', async (query, code) => {
    expect(await auditor().get(`/v1/audit/events?${query}`)).toMatchObject({ status: 400, body: { code } });
  });

  it('is for auditors and the executive', async () => {
    expect((await api.as('executive-1').get('/v1/audit/events?limit=1')).status).toBe(200);
    for (const who of ['manager-1', 'custodian-1', 'collector-1', 'analyst-1', 'admin']) {
      expect((await api.as(who).get('/v1/audit/events')).status).toBe(403);
    }
  });

  it('of a rare event looks at a bounded number of events, and goes on from there', async () => {
    const reading = { right: 'custodian', purpose: null, loanId: null, caseId: null };
    const one = { ...reading, records: [{ id: person.id, pointers: ['/phone'] }] };
    const readings = Array.from({ length: 300 }, () => one);
    for (let i = 0; i < 7; i++) {
      const commandId = randomUUID();
      const meta = { commandId, correlationId: commandId, channel: 'api', policies: {} } as const;
      const actor = { id: 'custodian-3', roles: ['custodian'] };
      const stream = accessStream('custodian-3', api.kernel.clock.now());
      const command = { type: 'ReadFields', readings } as const;
      await api.kernel.executor.execute(staffAccessDecider, stream, command, { ...meta, actor });
    }
    const path = '/v1/audit/events?type=AuditCaseOpened';
    const first = ok(await auditor().get(path));
    expect(first).toMatchObject({ items: [], scanned: 2_000, next: expect.any(String) });
    const open = { number: 'SJ-9', scope: 'all', endsOn: '2025-03-31', reason: '例行' };
    created(await auditor().post('/v1/audit-cases', open));
    const second = ok(await auditor().get(`${path}&cursor=${first.next}`));
    expect(second.items).toMatchObject([{ type: 'AuditCaseOpened', by: { id: 'auditor-1' } }]);
    expect(second.next).toBeNull();
  });
});

describe('the register of readings', () => {
  it.each<[string, object]>([
    [
      'person=manager-2',
      {
        ...{ person: { id: 'manager-2' }, right: 'manager', purpose: { code: 'supervision' }, loan: null },
        fields: [{ pointer: '/phone', label: 'phone' }],
      },
    ],
    ['person=custodian-1&pointer=/incomeBand', { right: 'custodian', purpose: null, auditCase: null }],
    ['person=custodian-1&until=2025-03-04T00:00:00Z', { readAt: expect.stringMatching(/^2025-03-03/) }],
  ])('of %s says who read what under which right', async (query, expected) => {
    const { items } = ok(await auditor().get(`/v1/audit/readings?${query}`));
    expect(items).toMatchObject([expected]);
    expect(items[0].record).toEqual({ ...person, name: '张*明', destroyed: false });
  });

  it('of a record lists newest first, in the language asked for', async () => {
    const path = `/v1/audit/readings?record=${person.fileNumber}&until=2025-03-04T23:00:00Z&limit=2`;
    const { items } = ok(await auditor().get(path, { 'accept-language': 'zh' }));
    expect(items).toHaveLength(2);
    expect(items[0].readAt >= items[1].readAt).toBe(true);
    expect(items[0].fields).toEqual([{ pointer: '/phone', label: '电话' }]);
    const none = ok(await auditor().get('/v1/audit/readings?since=2031-01-01T00:00:00Z'));
    expect(none.items).toEqual([]);
  });

  it('is for auditors, the executive and managers', async () => {
    for (const who of ['executive-1', 'manager-1']) {
      expect((await api.as(who).get('/v1/audit/readings?limit=1')).status).toBe(200);
    }
    for (const who of ['custodian-1', 'collector-1', 'analyst-1', 'admin']) {
      expect((await api.as(who).get('/v1/audit/readings')).status).toBe(403);
    }
  });
});
