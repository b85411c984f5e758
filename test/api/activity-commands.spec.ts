import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandExecutor } from '#engine/execute.js';
import { LogUnavailable } from '#engine/ports/event-log.js';
import { recordDecider } from '#domain/records/decider.js';
import type { Kernel } from '#infra/kernel/kernel.js';
import { ENTRIES_PER_APPEND } from '../../apps/api/src/activity/activity-commands.js';
import { MAX_BODY_BYTES } from '../../apps/api/src/http/problem.filter.js';
import { contents, entriesBody, salesBody } from '../builders/activity.js';
import { kernelWith, startApi, type Answer, type Api } from '../builders/api.js';
import { collected, created, filed, ok, recordPath } from '../builders/api-bodies.js';
import { troubledLog, type Trouble } from '../doubles/troubled-log.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const collector = () => api.as('collector-1');
const path = (id: string) => `${recordPath(id)}/activities`;
const once = { 'idempotency-key': 'once' };

function activityOf({ kernel }: Api, id: string) {
  return kernel.log.readStream(`customerActivity-${id}`, { maxCount: 5_000 });
}

/** One sale of a filed record, entered by collector-1. */
async function sold(): Promise<{ id: string; entry: string; at: string }> {
  const { id } = await filed(api);
  const [{ id: entry }] = created(await collector().post(path(id), salesBody(1))).entries;
  return { id, entry, at: `${path(id)}/${entry}` };
}

describe('entering activity', () => {
  it('answers each entry with its id, in the order given, in a stream beside the record', async () => {
    const { id } = await filed(api);
    const body = entriesBody(['transaction'], ['interaction'], ['feedback'], ['need'], ['risk-assessment']);
    const answer = await collector().post(path(id), body);
    expect(answer).toMatchObject({
      ...{ status: 201, headers: { etag: '"4"' } },
      body: { stream: `customerActivity-${id}`, revision: 4 },
    });
    const events = await activityOf(api, id);
    expect(answer.body.entries).toEqual(
      events.map(({ data, effectiveAt }) => ({ id: data['entryId'], kind: data['kind'], time: effectiveAt })),
    );
    expect(answer.body.entries.map(({ kind }: { kind: string }) => kind)).toEqual(
      body.entries.map(({ kind }) => kind),
    );
  });

  it('names the revision of the record that its facts are from', async () => {
    const { id } = await filed(api);
    await collector().post(path(id), salesBody(1));
    const { revision } = await api.kernel.executor.load(recordDecider, `customerRecord-${id}`);
    expect((await activityOf(api, id))[0]!.data['recordRevision']).toBe(revision);
  });

  it('writes nothing in clear of what an entry says', async () => {
    const { id } = await filed(api);
    await collector().post(path(id), entriesBody(['transaction'], ['interaction']));
    const text = JSON.stringify(await activityOf(api, id));
    for (const secret of ['龙井茶礼盒', '440.00', 'CNY', 'wechat', '询问春茶报价']) {
      expect(text).not.toContain(secret);
    }
  });

  it('takes 1,000 entries, and their repeat under the same key gets the same answer', async () => {
    const { id } = await filed(api);
    const first = await collector().post(path(id), salesBody(1_000), once);
    expect(created(first).entries).toHaveLength(1_000);
    const before = await api.events();
    const second = await collector().post(path(id), salesBody(1_000), once);
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(await api.events()).toBe(before);
    expect(new Set(first.body.entries.map((entry: { id: string }) => entry.id)).size).toBe(1_000);
  });

  it('refuses another list under the same key, though only its last entry differs', async () => {
    const { id } = await filed(api);
    const body = salesBody(ENTRIES_PER_APPEND + 1);
    created(await collector().post(path(id), body, once));
    const before = await api.events();
    const changed = { entries: body.entries.with(-1, { kind: 'need', content: contents.need }) };
    expect(await collector().post(path(id), changed, once)).toMatchObject({
      ...{ status: 422, body: { code: 'command.key-reused' } },
    });
    expect(await collector().post(path(id), salesBody(ENTRIES_PER_APPEND + 2), once)).toMatchObject({
      status: 422,
    });
    expect(await api.events()).toBe(before);
  });

  it('fits an append with all that a request may hold', async () => {
    const { id } = await filed(api);
    const room = MAX_BODY_BYTES - ENTRIES_PER_APPEND * 110;
    const summary = '茶'.repeat(Math.floor(room / ENTRIES_PER_APPEND / 3));
    const body = {
      entries: Array.from({ length: ENTRIES_PER_APPEND }, () => ({
        ...{ kind: 'interaction', content: { ...contents.interaction, summary } },
      })),
    };
    const size = Buffer.byteLength(JSON.stringify(body));
    expect([size > 0.95 * MAX_BODY_BYTES, size < MAX_BODY_BYTES]).toEqual([true, true]);
    expect((await collector().post(path(id), body)).status).toBe(201);
  });

  it('names each faulty entry and field with what would be right, and enters none', async () => {
    const { id } = await filed(api);
    const body = entriesBody(
      ['transaction'],
      ['transaction', { amount: '1e3', currency: 'yuan' }],
      ['interaction', { time: '2099-01-01' }],
      ['need', { mood: 'good' }],
    );
    const before = await api.events();
    const answer = await collector().post(path(id), body, { 'accept-language': 'zh' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(answer.body.errors).toEqual([
      fault('/entries/1/content/amount', 'field.invalid-money', '应为：金额,如1200.50。'),
      fault('/entries/1/content/currency', 'field.invalid-currency', '应为：货币代码,如CNY。'),
      fault('/entries/2/content/time', 'field.in-future', '应为：不晚于现在的时间。'),
      fault('/entries/3/content/mood', 'field.unknown', '应为：以下之一:time, text。'),
    ]);
    expect(answer.text).not.toContain('1e3');
    expect(await api.events()).toBe(before);
  });

  it.each([
    ['no entry', { entries: [] }],
    ['1,001 entries', salesBody(1_001)],
    ['a complaint, which stands in the file itself', { entries: [{ kind: 'complaint', content: {} }] }],
    ['an entry without content', { entries: [{ kind: 'need' }] }],
    ['no list', {}],
  ])('refuses %s', async (_what, body) => {
    const { id } = await filed(api);
    expect(await collector().post(path(id), body)).toMatchObject({ status: 400 });
    expect(await activityOf(api, id)).toEqual([]);
  });

  it.each([
    ['collector-2', 201],
    ['custodian-2', 201],
    ['manager-1', 201],
    ['analyst-1', 403],
    ['executive-1', 403],
    ['auditor-1', 403],
    ['admin', 403],
  ])('by %s of a record that is not his: %i', async (who, status) => {
    const { id } = await filed(api);
    expect((await api.as(who).post(path(id), salesBody(1))).status).toBe(status);
  });

  it('is open to whoever follows the customer up, until his standing grant ends', async () => {
    const { id } = await filed(api);
    const allocation = { owner: 'analyst-1', custodian: 'custodian-1' };
    ok(await api.as('manager-1').post(`${recordPath(id)}/allocations`, allocation));
    const enter = async () => (await api.as('analyst-1').post(path(id), salesBody(1))).status;
    expect(await enter()).toBe(201);
    api.later(90);
    expect(await enter()).toBe(403);
  });

  it.each([
    ['unknown', () => Promise.resolve('00000000-0000-5000-8000-000000000000'), 404, 'record.unknown'],
    ['a draft', () => collected(api, { draft: true }), 409, 'record.wrong-state'],
  ] as const)('about a record that is %s is refused', async (_what, make, status, code) => {
    const answer = await collector().post(path(await make()), salesBody(1));
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it('about a record whose customer asked for its end is refused', async () => {
    const { id } = await filed(api);
    const application = { ground: 'requested', reason: '来函要求' };
    created(await api.as('custodian-1').post(`${recordPath(id)}/destructions`, application));
    expect(await collector().post(path(id), salesBody(1))).toMatchObject({
      ...{ status: 409, body: { code: 'record.restricted' } },
    });
  });
});

describe('a long list that is cut off', () => {
  const COUNT = 3 * ENTRIES_PER_APPEND + 7;
  const KEY = { 'idempotency-key': 'long list' };
  let folder: string;
  let own: Api | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dossier-activity-'));
  });
  afterEach(async () => {
    await own?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** An API whose appends to a customer's activity meet with trouble, counted from 1. */
  function troubled(trouble: (write: Parameters<Trouble>[0], call: number) => ReturnType<Trouble>) {
    const through = (kernel: Kernel) => {
      const { registry, sealer, clock } = kernel;
      let calls = 0;
      const log = troubledLog(kernel.log, async (write) => write());
      const append: typeof log.append = (stream, revision, events) => {
        const write = () => kernel.log.append(stream, revision, events);
        return stream.startsWith('customerActivity-') ? trouble(write, ++calls) : write();
      };
      const executor = new CommandExecutor({ ...log, append }, registry, sealer, clock);
      return kernelWith(kernel, 'executor', executor);
    };
    return startApi({ folder, through });
  }

  it.each([
    ['before its second append was written', false],
    ['after its second append was written', true],
  ])('by a crash %s goes on where it stopped when it is sent again', async (_when, written) => {
    own = await troubled(async (write, call) => {
      if (call === 2 && written) await write();
      if (call >= 2) throw new LogUnavailable();
      return write();
    });
    const { id } = await filed(own);
    const body = salesBody(COUNT);
    expect(await own.as('collector-1').post(path(id), body, KEY)).toMatchObject({ status: 503 });
    expect(await activityOf(own, id)).toHaveLength((written ? 2 : 1) * ENTRIES_PER_APPEND);
    await own.stop();

    own = await startApi({ folder });
    const answer = created(await own.as('collector-1').post(path(id), body, KEY));
    const events = await activityOf(own, id);
    expect(events.map(({ data }) => data['entryId'])).toEqual(
      answer.entries.map((entry: { id: string }) => entry.id),
    );
    const amounts = await Promise.all(
      events.map(async (event) => (await own!.kernel.sealer.valuesOf(event))['/amount']),
    );
    expect(amounts).toEqual(body.entries.map(({ content }) => content['amount']));
  });

  it('by a refusal says how many entries stand', async () => {
    let id = '';
    own = await troubled(async (write, call) => {
      const result = await write();
      if (call === 2) {
        const application = { ground: 'requested', reason: '来函要求' };
        created(await own!.as('custodian-1').post(`${recordPath(id)}/destructions`, application));
      }
      return result;
    });
    ({ id } = await filed(own));
    expect(await own.as('collector-1').post(path(id), salesBody(COUNT), KEY)).toMatchObject({
      ...{ status: 409, body: { code: 'record.restricted', recorded: 2 * ENTRIES_PER_APPEND } },
    });
  });
});

describe('correcting an entry', () => {
  const content = { ...contents.transaction, amount: '44.00' };
  const correction = { content, reason: '多打一个零' };

  it('keeps what was entered before, in an event of its own', async () => {
    const { id, entry, at } = await sold();
    expect(ok(await api.as('custodian-1').post(`${at}/corrections`, correction))).toMatchObject({
      ...{ id: entry, state: 'corrected', revision: 1 },
    });
    const [before, after] = await activityOf(api, id);
    const { sealer } = api.kernel;
    expect(await sealer.valuesOf(before!)).toMatchObject({ '/amount': '0.25' });
    expect(after!.data).toMatchObject({ entryId: entry, kind: 'transaction', replaces: 0 });
    expect(await sealer.valuesOf(after!)).toEqual({
      ...{ '/item': '龙井茶礼盒', '/amount': '44.00', '/currency': 'CNY' },
      ...{ '/was/amount': '0.25', '/was/currency': 'CNY', '/text/reason': '多打一个零' },
    });
  });

  it('is done once under its key, and takes the place of the correction before', async () => {
    const { id, at } = await sold();
    const send = () => collector().post(`${at}/corrections`, correction, once);
    const first = ok(await send());
    expect(ok(await send())).toEqual(first);
    ok(await collector().post(`${at}/corrections`, { ...correction, reason: '还是不对' }));
    const events = await activityOf(api, id);
    expect(events.map(({ data }) => data['replaces'] ?? null)).toEqual([null, 0, 1]);
    expect(await api.kernel.sealer.valuesOf(events[2]!)).toMatchObject({ '/was/amount': '44.00' });
  });

  it('names what is wrong with the new content', async () => {
    const { at } = await sold();
    const wrong = { content: { ...content, amount: '44,00' }, reason: '改' };
    expect(await collector().post(`${at}/corrections`, wrong)).toMatchObject({
      ...{ status: 400, body: { errors: [{ pointer: '/content/amount', code: 'field.invalid-money' }] } },
    });
    expect(await collector().post(`${at}/corrections`, { content })).toMatchObject({
      ...{ status: 400, body: { errors: [{ pointer: '/reason' }] } },
    });
  });

  it('of an entry that the record does not have is refused, another record’s too', async () => {
    const { id } = await filed(api);
    const { entry } = await sold();
    for (const other of [entry, '00000000-0000-5000-8000-000000000000', 'x']) {
      expect(await collector().post(`${path(id)}/${other}/corrections`, correction)).toMatchObject({
        ...{ status: 404, body: { code: 'activity.not-found' } },
      });
    }
  });

  it('with If-Match goes by this entry alone', async () => {
    const { id, at } = await sold();
    const seen = { 'if-match': '"0"' };
    const [{ id: other }] = created(await collector().post(path(id), salesBody(1))).entries;
    ok(await collector().post(`${path(id)}/${other}/strikings`, { reason: '重复' }));
    const send = (): Promise<Answer> => collector().post(`${at}/corrections`, correction, seen);
    expect((await send()).status).toBe(200);
    expect(await send()).toMatchObject({
      ...{ status: 412, body: { code: 'command.stale', changes: [{ type: 'ActivityCorrected' }] } },
    });
  });
});

describe('striking an entry out', () => {
  it('has a reason, and is done once', async () => {
    const { id, at, entry } = await sold();
    expect(await collector().post(`${at}/strikings`, {})).toMatchObject({ status: 400 });
    expect(ok(await collector().post(`${at}/strikings`, { reason: '录错客户' }))).toMatchObject({
      ...{ id: entry, state: 'struck' },
    });
    for (const [act, body] of [
      ['strikings', { reason: '再次' }],
      ['corrections', { content: contents.transaction, reason: '再次' }],
    ] as const) {
      expect(await collector().post(`${at}/${act}`, body)).toMatchObject({
        ...{ status: 409, body: { code: 'activity.already-struck' } },
      });
    }
    expect(await activityOf(api, id)).toHaveLength(2);
  });

  it.each(['analyst-1', 'executive-1', 'auditor-1', 'admin'])('by %s is refused', async (who) => {
    const { at } = await sold();
    expect((await api.as(who).post(`${at}/strikings`, { reason: '录错客户' })).status).toBe(403);
  });
});

describe('the last contact', () => {
  it('is what an application for destruction counts retention from, entries struck out left aside', async () => {
    const { id } = await filed(api, { content: { firstContactOn: '2020-01-01' } });
    const { entries } = created(
      await collector().post(
        path(id),
        entriesBody(
          ['transaction', { time: '2021-05-01' }],
          ['interaction', { time: '2022-05-01T17:00:00Z' }],
          ['need', { time: '2024-05-01' }],
          ['risk-assessment', { time: '2024-06-01' }],
        ),
      ),
    );
    ok(await collector().post(`${path(id)}/${entries[2].id}/strikings`, { reason: '录错客户' }));
    const destructions = `${recordPath(id)}/destructions`;
    const application = { ground: 'requested', reason: '来函要求' };
    const { position } = created(await api.as('custodian-1').post(destructions, application));
    const [applied] = await api.kernel.log.readAll({ after: null, direction: 'backwards', maxCount: 1 });
    expect(applied).toMatchObject({ type: 'DestructionApplied', position });
    expect(applied!.data['lastContact']).toMatchObject({ on: '2022-05-02', position: expect.any(String) });
    expect(applied!.data['retainUntil']).toBe('2022-05-02');
  });
});

function fault(pointer: string, code: string, detail: string) {
  return { pointer, code, detail };
}
