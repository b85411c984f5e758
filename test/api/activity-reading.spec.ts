import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandExecutor } from '#engine/execute.js';
import { LogUnavailable, type EventLog } from '#engine/ports/event-log.js';
import { activityDecider } from '#domain/activity/decider.js';
import type { Kernel } from '#infra/kernel/kernel.js';
import { entriesBody, entryOf, recordSays } from '../builders/activity.js';
import { kernelWith, startApi, type Answer, type Api } from '../builders/api.js';
import { created, destructible, filed, ok, recordPath } from '../builders/api-bodies.js';
import { someMeta } from '../builders/kernel.js';
import { readings } from '../builders/reading.js';
import { troubledLog } from '../doubles/troubled-log.js';

const SECRETS = ['龙井茶礼盒', '440.00', '询问春茶报价', '包装略显陈旧'];
const path = (id: string) => `${recordPath(id)}/activities`;

/** A filed record, followed up by collector-2, with a sale, a talk and a criticism entered by collector-1. */
async function active(api: Api): Promise<string> {
  const { id } = await filed(api);
  const allocation = { owner: 'collector-2', custodian: 'custodian-1' };
  ok(await api.as('manager-1').post(`${recordPath(id)}/allocations`, allocation));
  const body = entriesBody(['transaction'], ['interaction'], ['feedback']);
  const { position } = created(await api.as('collector-1').post(path(id), body));
  ok(await api.as('collector-1').get(`${path(id)}?after=${position}`));
  return id;
}

const keysOf = (answer: Answer) =>
  answer.body.items.map(({ kind, time }: { kind: { code: string }; time: string }) => [kind.code, time]);
/** Pointer of each value of a page, and what is shown of it. */
const shownIn = ({ body }: Answer) =>
  Object.fromEntries(
    body.items.flatMap(
      (item: { kind: { code: string }; values: { key: string; shown: string; value: unknown }[] }) =>
        item.values.map(({ key, shown, value }) => [
          `${item.kind.code}/${key}`,
          shown === 'value' ? value : shown,
        ]),
    ),
  );

describe('a page of activity', () => {
  let api: Api;
  let id: string;
  beforeAll(async () => {
    api = await startApi();
    id = await active(api);
  });
  afterAll(() => api.stop());

  it.each([
    'collector-3',
    'custodian-2',
    'analyst-1',
    'manager-1',
    'executive-1',
    'auditor-1',
    'custodian-1',
  ])('shows %s kinds, times and who entered them, and nothing else without opening', async (who) => {
    const before = await readings(api);
    const answer = await api.as(who).get(path(id));
    expect(keysOf(answer)).toEqual([
      ['interaction', '2025-03-02T01:30:00.000Z'],
      ['feedback', '2025-03-02'],
      ['transaction', '2025-03-01'],
    ]);
    expect(answer.body.items[0]).toMatchObject({
      kind: { code: 'interaction', label: 'Interaction' },
      entered: { by: { id: 'collector-1', name: expect.any(String) }, onBehalfOf: null },
      ...{ corrected: null, struck: null, event: { stream: `customerActivity-${id}`, revision: 1 } },
    });
    expect(Object.values(shownIn(answer)).every((shown) => shown === 'hidden')).toBe(true);
    for (const secret of SECRETS) expect(answer.text).not.toContain(secret);
    expect(await readings(api)).toBe(before);
  });

  it('is not for the administrator', async () => {
    expect((await api.as('admin').get(path(id))).status).toBe(403);
  });

  const confidential = {
    ...{ 'transaction/item': '龙井茶礼盒', 'transaction/amount': '440.00', 'transaction/currency': 'CNY' },
    ...{ 'interaction/channel': 'wechat', 'feedback/kind': 'criticism' },
  };
  const personal = { 'interaction/summary': '询问春茶报价', 'feedback/text': '包装略显陈旧' };
  const hidden = { 'interaction/summary': 'hidden', 'feedback/text': 'hidden' };
  it.each([
    ['collector-2', '', 'follow-up-owner', { ...confidential, ...personal }],
    ['custodian-1', '', 'custodian', { ...confidential, ...personal }],
    ['manager-1', '&purpose=supervision', 'manager', { ...confidential, ...personal }],
    ['analyst-1', '', 'analyst', { ...confidential, ...hidden }],
    ['auditor-1', '', 'auditor', { ...confidential, ...hidden }],
  ])('opens to %s%s what his right as %s reaches, with one reading', async (who, purpose, right, shown) => {
    const before = await api.events();
    const answer = await api.as(who).get(`${path(id)}?open=all${purpose}`);
    expect(shownIn(answer)).toEqual(shown);
    expect(await api.events()).toBe(before + 1);
    const [last] = await api.kernel.log.readAll({ after: null, direction: 'backwards', maxCount: 1 });
    expect(last).toMatchObject({ type: 'FieldsRead', actorId: who, data: { right } });
    const [{ id: of, pointers }] = last!.data['records'] as unknown as [{ id: string; pointers: string[] }];
    const opened = Object.values(shown).filter((value) => value !== 'hidden');
    const form = /^\/activities\/[0-9a-f-]{36}\/[a-z]+$/;
    expect([of, pointers.length, pointers.every((each) => form.test(each))]).toEqual([
      id,
      opened.length,
      true,
    ]);
  });

  it.each(['collector-3', 'custodian-2', 'manager-1'])(
    'opens nothing to %s, and records nothing',
    async (who) => {
      const before = await api.events();
      const answer = await api.as(who).get(`${path(id)}?open=all`);
      expect(Object.values(shownIn(answer)).every((shown) => shown === 'hidden')).toBe(true);
      expect(await api.events()).toBe(before);
    },
  );

  it('opens single members by name, of the entries that have them', async () => {
    const answer = await api.as('analyst-1').get(`${path(id)}?open=amount,channel`);
    expect(shownIn(answer)).toMatchObject({
      ...{ 'transaction/amount': '440.00', 'transaction/item': 'hidden', 'interaction/channel': 'wechat' },
    });
    expect(answer.body.items[2].values[0]).toMatchObject({ key: 'item', mayOpen: true, needs: null });
    const [channel] = answer.body.items[0].values;
    expect(channel).toMatchObject({ key: 'channel', text: 'WeChat' });
  });

  it.each([
    ['analyst-1', 'open=amount,summary', 403, 'reading.no-right'],
    ['manager-1', 'open=amount', 403, 'reading.purpose-required'],
    ['auditor-1', 'open=text', 403, 'reading.case-required'],
    ['custodian-1', 'open=phone', 422, 'record.field-unknown'],
    ['custodian-1', 'open=/amount', 400, 'request.invalid'],
    ['custodian-1', 'kind=complaint', 400, 'request.invalid'],
    ['custodian-1', 'from=yesterday', 400, 'request.invalid'],
    ['custodian-1', 'cursor=abc', 400, 'request.bad-cursor'],
  ])('asked by %s with %s is refused: %i %s', async (who, query, status, code) => {
    const before = await api.events();
    const answer = await api.as(who).get(`${path(id)}?${query}`);
    expect(answer).toMatchObject({ status, body: { code } });
    for (const secret of SECRETS) expect(answer.text).not.toContain(secret);
    expect(await api.events()).toBe(before);
  });

  it.each([
    ['kind=feedback', ['feedback']],
    ['from=2025-03-02', ['interaction', 'feedback']],
    ['to=2025-03-01', ['transaction']],
    ['from=2025-03-01&to=2025-03-01&kind=transaction', ['transaction']],
    ['from=2025-03-03', []],
  ])('is of what is asked for: %s', async (query, kinds) => {
    const answer = await api.as('collector-3').get(`${path(id)}?${query}`);
    expect(keysOf(answer).map(([kind]: [string]) => kind)).toEqual(kinds);
  });

  it('goes on behind its cursor, and opens no more than the page', async () => {
    const reader = api.as('custodian-1');
    const seen: string[] = [];
    let next = '';
    do {
      const page = await reader.get(`${path(id)}?limit=1&open=all${next && `&cursor=${next}`}`);
      const [last] = await api.kernel.log.readAll({ after: null, direction: 'backwards', maxCount: 1 });
      const [{ pointers }] = last!.data['records'] as unknown as [{ pointers: string[] }];
      expect(new Set(pointers.map((each) => each.split('/')[2]))).toEqual(new Set([page.body.items[0].id]));
      seen.push(...keysOf(page).map(([kind]: [string]) => kind));
      ({ next } = page.body);
    } while (next);
    expect(seen).toEqual(['interaction', 'feedback', 'transaction']);
  });

  it('of another record is empty, and of an unknown one unknown', async () => {
    const { id: other } = await filed(api);
    expect(ok(await api.as('collector-3').get(path(other))).items).toEqual([]);
    const unknown = await api.as('collector-3').get(path('00000000-0000-5000-8000-000000000000'));
    expect(unknown).toMatchObject({ status: 404, body: { code: 'record.unknown' } });
  });
});

it('nothing is shown where the reading cannot be put on record', async () => {
  const through = (kernel: Kernel) => {
    const { log, registry, sealer, clock } = kernel;
    const append: EventLog['append'] = (stream, revision, events) =>
      stream.startsWith('staffAccess-')
        ? Promise.reject(new LogUnavailable())
        : log.append(stream, revision, events);
    const deaf = { ...troubledLog(log, (write) => write()), append };
    return kernelWith(kernel, 'executor', new CommandExecutor(deaf, registry, sealer, clock));
  };
  const api = await startApi({ through });
  try {
    const id = await active(api);
    for (const each of ['activities?open=all', 'activity-totals?open=spend']) {
      const answer = await api.as('custodian-1').get(`${recordPath(id)}/${each}`);
      expect(answer).toMatchObject({ status: 503, body: { code: 'server.unavailable' } });
      for (const secret of SECRETS) expect(answer.text).not.toContain(secret);
    }
  } finally {
    await api.stop();
  }
});

describe('a corrected entry', () => {
  let api: Api;
  let id: string;
  let entry: string;
  beforeAll(async () => {
    api = await startApi();
    id = await active(api);
    entry = ok(await api.as('custodian-1').get(`${path(id)}?kind=transaction`)).items[0].id;
    const content = { time: '2025-02-28', item: '龙井茶礼盒', amount: '44.00', currency: 'CNY' };
    const body = { content, reason: '多打一个零' };
    const { position } = ok(await api.as('manager-1').post(`${path(id)}/${entry}/corrections`, body));
    await api.as('custodian-1').get(`${path(id)}?after=${position}`);
  });
  afterAll(() => api.stop());

  it('stands in the page as it is now, with who corrected it', async () => {
    const answer = await api.as('custodian-1').get(`${path(id)}?kind=transaction&open=all`);
    expect(answer.body.items).toHaveLength(1);
    expect(answer.body.items[0]).toMatchObject({
      ...{ id: entry, time: '2025-02-28', entered: { by: { id: 'collector-1' } } },
      ...{ corrected: { by: { id: 'manager-1' } }, struck: null },
    });
    expect(shownIn(answer)).toMatchObject({ 'transaction/amount': '44.00' });
  });

  it('keeps its original, which is opened by the same right with one reading', async () => {
    const before = await readings(api);
    const { versions } = ok(await api.as('custodian-1').get(`${path(id)}/${entry}?open=amount`));
    const told = versions.map(({ time, entered, values }: VersionAnswer) => [
      ...[time, entered.by.id, values.find(({ key }) => key === 'amount')!.value],
    ]);
    expect(told).toEqual([
      ['2025-03-01', 'collector-1', '440.00'],
      ['2025-02-28', 'manager-1', '44.00'],
    ]);
    expect(await readings(api)).toBe(before + 1);
    const masked = await api.as('collector-3').get(`${path(id)}/${entry}?open=all`);
    for (const secret of SECRETS) expect(masked.text).not.toContain(secret);
  });

  it('is not found under another record', async () => {
    const { id: other } = await filed(api);
    expect(await api.as('custodian-1').get(`${path(other)}/${entry}`)).toMatchObject({
      ...{ status: 404, body: { code: 'activity.not-found' } },
    });
  });

  it('is told to auditors in words, without what it says', async () => {
    const answer = await api.as('auditor-1').get('/v1/audit/events?type=ActivityCorrected');
    expect(ok(answer).items).toMatchObject([
      { by: { id: 'manager-1' }, text: expect.stringMatching(/corrected an entry .*: transaction$/) },
    ]);
    for (const secret of [...SECRETS, '44.00', '多打一个零']) expect(answer.text).not.toContain(secret);
  });
});

describe('totals', () => {
  const totals = (of: string) => `${recordPath(of)}/activity-totals`;
  let api: Api;
  let id: string;
  beforeAll(async () => {
    api = await startApi();
    id = await active(api);
  });
  afterAll(() => api.stop());

  it('count entries and name the last contact for all, and hide what was spent', async () => {
    const before = await readings(api);
    const answer = await api.as('collector-3').get(totals(id));
    expect(ok(answer)).toMatchObject({
      counts: [
        { kind: { code: 'transaction' }, count: 1 },
        { kind: { code: 'interaction' }, count: 1 },
        { kind: { code: 'feedback' }, count: 1 },
      ],
      lastContactOn: '2025-03-02',
      spend: { shown: 'hidden', value: null, mayOpen: false, needs: 'reading.no-right' },
    });
    expect(answer.text).not.toContain('440');
    expect(await readings(api)).toBe(before);
  });

  it('follow corrections, returns and strikes, and are opened by the right to amounts with a reading', async () => {
    const enter = entriesBody(
      ['transaction', { amount: '-40.5' }],
      ['transaction', { amount: '99', currency: 'USD' }],
    );
    const { entries } = created(await api.as('collector-1').post(path(id), enter));
    const usd = `${path(id)}/${entries[1].id}`;
    const content = { time: '2025-03-01', item: '茶具', amount: '99.1234', currency: 'EUR' };
    ok(await api.as('collector-1').post(`${usd}/corrections`, { content, reason: '币种有误' }));
    const read = async (more = '') =>
      ok(await api.as('analyst-1').get(`${totals(id)}?open=spend${more}`)).spend;
    await api.caughtUp();
    expect((await read()).value).toEqual([
      { currency: 'CNY', amount: '399.50' },
      { currency: 'EUR', amount: '99.1234' },
    ]);
    const { position } = ok(await api.as('collector-1').post(`${usd}/strikings`, { reason: '录错客户' }));
    const before = await readings(api);
    expect((await read(`&after=${position}`)).value).toEqual([{ currency: 'CNY', amount: '399.50' }]);
    expect(await readings(api)).toBe(before + 1);
    expect(await api.as('collector-3').get(`${totals(id)}?open=spend`)).toMatchObject({
      ...{ status: 403, body: { code: 'reading.no-right' } },
    });
  });

  it('are the same in a rebuild', async () => {
    await api.caughtUp();
    for (const view of ['activity', 'activityTotals']) {
      const { parity, flipped } = await api.kernel.projector.rebuild(view);
      expect([parity!.differing, flipped]).toEqual([0, true]);
      expect(parity!.candidate.digest).toBe(parity!.serving.digest);
    }
  });

  it('of a record without activity are nothing', async () => {
    const { id: other } = await filed(api);
    expect(ok(await api.as('custodian-1').get(`${totals(other)}?open=spend`))).toMatchObject({
      ...{ counts: [], lastContactOn: null, spend: { shown: 'value', value: [] } },
    });
  });
});

describe('after the destruction of a record', () => {
  let folder: string;
  let api: Api;
  let id: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dossier-activity-'));
    api = await startApi({ folder });
    id = await active(api);
    await api.caughtUp();
    const did = await destructible(api, id);
    const at = `${recordPath(id)}/destructions/${did}`;
    ok(await api.as('auditor-1').post(`${at}/attestations`));
    expect((await api.as('custodian-1').post(`${at}/execution`)).status).toBe(202);
    for (let last = ''; last !== 'RecordDestroyed';) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const [head] = await api.kernel.log.readStream(`customerRecord-${id}`, {
        ...{ direction: 'backwards', maxCount: 1 },
      });
      last = head!.type;
    }
  });
  afterAll(async () => {
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('no box of its activity opens', async () => {
    const events = await api.kernel.log.readStream(`customerActivity-${id}`, { maxCount: 10 });
    expect(events).toHaveLength(3);
    for (const event of events) expect(await api.kernel.sealer.valuesOf(event)).toEqual({});
  });

  it('its totals are gone, and a rebuild finds the same', async () => {
    const docs = await api.kernel.reader.get('activityTotals', [id]);
    expect(docs.get(id)).toEqual({ _id: id, at: expect.any(String), gone: true });
    for (const view of ['activity', 'activityTotals']) {
      const { parity } = await api.kernel.projector.rebuild(view);
      expect([parity!.differing, parity!.candidate.digest]).toEqual([0, parity!.serving.digest]);
    }
  });

  it('no byte of what was entered is left in any file', () => {
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    for (const secret of SECRETS) {
      expect(files.some((bytes) => bytes.includes(Buffer.from(secret)))).toBe(false);
    }
  });

  it.each(['activities', 'activities?open=all', 'activity-totals'])('%s is refused', async (what) => {
    const answer = await api.as('custodian-1').get(`${recordPath(id)}/${what}`);
    expect(answer).toMatchObject({ status: 410, body: { code: 'record.already-destroyed' } });
  });

  it('an entry that was under way when it began is stopped by the dead key', async () => {
    const outcome = await api.kernel.executor.execute(
      activityDecider,
      `customerActivity-${id}`,
      { type: 'RecordActivity', entries: [entryOf()], record: recordSays() },
      someMeta(),
    );
    expect(outcome).toEqual({ kind: 'erased' });
  });

  it('nothing is entered, corrected or struck out any more', async () => {
    const [event] = await api.kernel.log.readStream(`customerActivity-${id}`, { maxCount: 1 });
    const entry = `${path(id)}/${String(event!.data['entryId'])}`;
    const body = entriesBody(['transaction']);
    const correction = { content: body.entries[0]!.content, reason: '改' };
    for (const [at, sent] of [
      [path(id), body],
      [`${entry}/corrections`, correction],
      [`${entry}/strikings`, { reason: '废' }],
    ] as const) {
      expect(await api.as('collector-1').post(at, sent)).toMatchObject({
        ...{ status: 410, body: { code: 'record.already-destroyed' } },
      });
    }
  });
});

interface VersionAnswer {
  readonly time: string;
  readonly entered: { readonly by: { readonly id: string } };
  readonly values: readonly { readonly key: string; readonly value: unknown }[];
}
