import { randomUUID } from 'node:crypto';
import type { Kernel } from '#infra/kernel/kernel.js';
import { kernelWith, startApi, type Api } from '../builders/api.js';
import { collected, created, filed, ok, recordPath } from '../builders/api-bodies.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const manager = () => api.as('manager-1');

describe('approving many records', () => {
  it('is answered item by item, refusals among them', async () => {
    const ids = [await collected(api, {}, { name: '批一' }), await collected(api, {}, { name: '批二' })];
    const { fileNumber, id: filedId } = await filed(api, { content: { name: '批三' } });
    const unknown = randomUUID();
    const items = [
      { record: ids[0], round: 1 },
      { record: ids[1], round: 1, grade: 'C', class: { urgency: 'deferrable' } },
      { record: fileNumber, round: 1 },
      { record: unknown, round: 1 },
      { record: 'KH-2024-00001', round: 1 },
    ];
    const answer = ok(await manager().post('/v1/reviews', { items }));
    expect(answer).toMatchObject({ kind: 'review', status: 'finished', done: 2, refused: 3, waiting: 0 });
    expect(answer.items.map((each: { item: string; outcome: string }) => [each.item, each.outcome])).toEqual([
      [ids[0], 'done'],
      [ids[1], 'done'],
      [filedId, 'record.wrong-state'],
      [unknown, 'record.unknown'],
      ['KH-2024-00001', 'record.unknown'],
    ]);
    expect(answer.items[2].detail).toBe('The record is filed; this needs one of: submitted.');
    expect(ok(await manager().get(`/v1/processes/${answer.id}`))).toEqual(answer);
  });

  it('sent again under its key is done once', async () => {
    const items = [{ record: await collected(api, {}, { name: '批重' }), round: 1 }];
    const send = () => manager().post('/v1/reviews', { items }, { 'idempotency-key': 'batch' });
    const first = ok(await send());
    const before = await api.kernel.log.head();
    expect(ok(await send())).toEqual(first);
    expect(await api.kernel.log.head()).toBe(before);
  });

  it('goes on behind a 202 for whoever does not want to wait', async () => {
    const items = [{ record: await collected(api, {}, { name: '批后' }), round: 1 }];
    const begun = await manager().post('/v1/reviews', { items }, { prefer: 'respond-async' });
    expect(begun).toMatchObject({ status: 202, body: { status: 'begun' } });
    expect(begun.headers['location']).toBe(`/v1/processes/${begun.body.id}`);
    const finished = async () =>
      ok(await manager().get(`/v1/processes/${begun.body.id}`)).status === 'finished';
    while (!(await finished()));
  });

  it('takes no texts, no duplicates, and between 1 and 500 items', async () => {
    const one = { record: randomUUID(), round: 1 };
    const send = (items: object[]) => manager().post('/v1/reviews', { items });
    expect(await send([{ ...one, note: 'x' }])).toMatchObject({
      body: { errors: [{ pointer: '/items/0/note' }] },
    });
    expect(await send([one, one])).toMatchObject({ status: 422, body: { code: 'process.item-twice' } });
    expect(await send([])).toMatchObject({ status: 400 });
    expect(await send(Array.from({ length: 501 }, () => ({ ...one, record: randomUUID() })))).toMatchObject({
      status: 400,
    });
  });

  it('is looked at by whoever began it and those who oversee, and by nobody else', async () => {
    const items = [{ record: randomUUID(), round: 1 }];
    const { id } = ok(await api.as('executive-1').post('/v1/reviews', { items }));
    const look = async (who: string) => (await api.as(who).get(`/v1/processes/${id}`)).status;
    expect([await look('executive-1'), await look('auditor-1'), await look('collector-1')]).toEqual([
      200, 200, 404,
    ]);
    expect(await manager().get('/v1/processes/customerRecord-1')).toMatchObject({ status: 404 });
  });
});

describe('a process that was interrupted', () => {
  it('is resumed at the next start', async () => {
    const folder = api.folder;
    const stopping = await startApi({ folder: `${folder}/resumed`, through: refusingReviews });
    const record = await collected(stopping, {}, { name: '批续' });
    const body = { items: [{ record, round: 1 }] };
    const begun = await stopping.as('manager-1').post('/v1/reviews', body, { prefer: 'respond-async' });
    expect(begun.status).toBe(202);
    await stopping.stop();

    const resumed = await startApi({ folder: `${folder}/resumed` });
    try {
      const look = () => resumed.as('manager-1').get(`/v1/processes/${begun.body.id}`);
      while (ok(await look()).status !== 'finished');
      expect(ok(await look())).toMatchObject({ done: 1, refused: 0 });
    } finally {
      await resumed.stop();
    }
  });
});

/** A process whose records cannot be written. */
function refusingReviews(kernel: Kernel): Kernel {
  const { executor } = kernel;
  const execute = (...given: Parameters<typeof executor.execute>) =>
    (given[2] as { type: string }).type === 'ApproveRecord'
      ? Promise.reject(new Error('the disk is full'))
      : executor.execute(...given);
  const load = executor.load.bind(executor);
  return kernelWith(kernel, 'executor', { execute, load } as unknown as typeof executor);
}

describe('an audit case', () => {
  it('is opened by an auditor about records, and closed by him alone', async () => {
    const { id, fileNumber } = await filed(api, { content: { name: '审计公司' } });
    const open = { number: 'SJ-2025-004', scope: [fileNumber], endsOn: '2025-03-31', reason: '投诉' };
    const opened = created(await api.as('auditor-1').post('/v1/audit-cases', open));
    expect(opened.until).toBe('2025-03-31T16:00:00.000Z');
    await api.caughtUp();
    const row = (await api.kernel.reader.get('auditCases', [opened.id])).get(opened.id)!;
    expect(row['scope']).toEqual([id]);
    const path = `/v1/audit-cases/${opened.id}/closings`;
    const other = await api.as('auditor-2').post(path, {});
    expect(other).toMatchObject({ status: 403, body: { code: 'audit-case.not-his-own' } });
    ok(await api.as('auditor-1').post(path, { conclusion: '属实' }));
    expect(await api.as('auditor-1').post(path, {})).toMatchObject({
      status: 409,
      body: { code: 'audit-case.closed' },
    });
  });

  it('about everything, or about nothing that is known', async () => {
    const open = (scope: unknown) =>
      api
        .as('auditor-1')
        .post('/v1/audit-cases', { number: '1', scope, endsOn: '2025-03-31', reason: '抽查' });
    expect(await open('all')).toMatchObject({ status: 201 });
    expect(await open(['KH-2024-00001'])).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/scope/0' }] },
    });
    expect(await open([])).toMatchObject({ status: 400, body: { errors: [{ pointer: '/scope' }] } });
    expect(await open('some')).toMatchObject({ status: 400 });
  });

  it('is nobody else’s to open', async () => {
    const open = { number: '1', scope: 'all', endsOn: '2025-03-31', reason: '抽查' };
    expect(await manager().post('/v1/audit-cases', open)).toMatchObject({ status: 403 });
  });
});

describe('the clock of a demo', () => {
  it('is moved forward by the administrator, and rules go by it', async () => {
    const to = new Date(Date.parse(api.kernel.clock.now()) + 86_400_000).toISOString();
    const { now } = ok(await api.as('admin').post('/v1/demo/clock', { to }));
    expect(now >= to).toBe(true);
    const id = await collected(api, {}, { name: '次日公司' });
    const [event] = await api.kernel.log.readStream(`customerRecord-${id}`, { from: 0, maxCount: 1 });
    expect(event!.recordedAt >= to).toBe(true);
  });

  it('never goes back', async () => {
    const back = await api.as('admin').post('/v1/demo/clock', { to: '2025-03-01T00:00:00Z' });
    expect(back).toMatchObject({ status: 409, body: { code: 'clock.not-forward' } });
  });

  it('is not for others to move', async () => {
    expect(await manager().post('/v1/demo/clock', { to: '2026-03-01T00:00:00Z' })).toMatchObject({
      status: 403,
    });
  });
});

describe('a path with a record', () => {
  it('takes no other spelling of an id', async () => {
    const id = await collected(api, {}, { name: '大写公司' });
    const answer = await manager().post(`${recordPath(id.toUpperCase())}/holds`, { reason: '诉讼' });
    expect(answer).toMatchObject({ status: 404, body: { code: 'record.unknown' } });
  });
});
