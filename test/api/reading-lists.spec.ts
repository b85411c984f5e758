import { startApi, type Answer, type Api } from '../builders/api.js';
import { approved, collectBody, collected, created, ok } from '../builders/api-bodies.js';
import { filedPerson, readings } from '../builders/reading.js';

let api: Api;
let person: { id: string; fileNumber: string };
beforeAll(async () => {
  api = await startApi();
  for (const [i, name] of ['安吉竹业', '北仑港务', '慈溪电器'].entries()) {
    await collected(api, {}, { name, region: i === 0 ? '330523' : '330206' });
  }
  await approved(api, 'A', { name: '东方航运', region: '310101' });
  person = await filedPerson(api);
  const urgent = { grade: 'B', status: 'cooperating', urgency: 'urgent', urgencyReason: '投诉', kind: 'key' };
  await collected(api, { proposed: urgent }, { name: '鄂州钢铁', region: '420704' });
  await api.caughtUp();
});
afterAll(() => api.stop());

const manager = () => api.as('manager-1');
const names = ({ body }: Answer) => body.items.map((item: { name: string }) => item.name);

/** All pages of a list, one member at a time. */
async function walk(path: string, between: () => Promise<unknown> = async () => undefined, limit = 1) {
  const items = [];
  let next = '';
  do {
    const sign = path.includes('?') ? '&' : '?';
    const page = ok(await manager().get(`${path}${sign}limit=${limit}${next && `&cursor=${next}`}`));
    items.push(...page.items);
    next = page.next ?? '';
    await between();
  } while (next);
  return items;
}

describe('the index of records', () => {
  it('lists in the order of names, a person’s by his surname and behind its mask, with no reading', async () => {
    const before = await readings(api);
    const answer = await manager().get('/v1/records');
    expect(names(answer)).toEqual(['安吉竹业', '北仑港务', '慈溪电器', '东方航运', '鄂州钢铁', '张*明']);
    expect(answer.body).toMatchObject({ next: null, lag: { events: 0, seconds: 0 } });
    expect(answer.body.position).toBe(await api.kernel.log.head());
    expect(await readings(api)).toBe(before);
  });

  it.each([
    ['region=33', ['安吉竹业', '北仑港务', '慈溪电器', '张*明']],
    ['region=330000', ['安吉竹业', '北仑港务', '慈溪电器', '张*明']],
    ['region=330200', ['北仑港务', '慈溪电器']],
    ['region=330523', ['安吉竹业']],
    ['status=approved', ['东方航运']],
    ['status=filed&region=33', ['张*明']],
    ['grade=A', ['东方航运']],
    ['kind=key', ['鄂州钢铁']],
    ['urgency=urgent', ['鄂州钢铁']],
    ['cooperationStatus=cooperating', ['鄂州钢铁']],
    ['custodian=custodian-1', ['张*明']],
    [`q=${encodeURIComponent('张小明')}`, ['张*明']],
    [`q=${encodeURIComponent('138 1234 5678')}`, ['张*明']],
    [`q=${encodeURIComponent('东方航运有限公司')}`, ['东方航运']],
    [`q=${encodeURIComponent('张小')}`, []],
    ['q=%3B%2B', []],
  ])('%s', async (query, expected) => {
    expect(names(await manager().get(`/v1/records?${query}`))).toEqual(expected);
  });

  it('finds a record by its file number', async () => {
    const answer = await manager().get(`/v1/records?q=${person.fileNumber.toLowerCase()}`);
    expect(answer.body.items).toMatchObject([{ id: person.id, fileNumber: person.fileNumber }]);
  });

  it('sorts by opening, and by urgency with names within', async () => {
    expect(names(await manager().get('/v1/records?sort=openedAt'))[0]).toBe('安吉竹业');
    expect(names(await manager().get('/v1/records?sort=-openedAt'))[0]).toBe('鄂州钢铁');
    expect(names(await manager().get('/v1/records?sort=urgency'))).toEqual([
      ...['鄂州钢铁', '安吉竹业', '北仑港务', '慈溪电器', '东方航运', '张*明'],
    ]);
  });

  it.each(['name', 'openedAt', '-openedAt', 'urgency'])(
    'page by page in the order %s it is the same list as at once, whatever comes in meanwhile',
    async (sort) => {
      const filter = `/v1/records?kind=ordinary&region=33&sort=${sort}`;
      const whole = ok(await manager().get(filter)).items;
      let inserted = 0;
      const paged = await walk(filter, async () => {
        inserted++;
        await collected(api, {}, { name: '阿里巴巴', region: '440100' });
        await api.caughtUp();
      });
      expect(inserted).toBe(whole.length);
      expect(paged).toEqual(whole);
    },
  );

  it('a record that comes in before the place of the cursor neither repeats nor hides another', async () => {
    const first = ok(await manager().get('/v1/records?region=33&limit=2'));
    await collected(api, {}, { name: '阿克苏果业', region: '330106' });
    await api.caughtUp();
    const second = ok(await manager().get(`/v1/records?region=33&limit=2&cursor=${first.next}`));
    expect(names({ body: second } as Answer)).toEqual(['慈溪电器', '张*明']);
  });

  it('the urgency in force is as on the first page, though it ends between pages', async () => {
    const before = ok(await manager().get('/v1/records?sort=urgency&region=42&limit=1')).items;
    expect(before[0].class.urgency).toMatchObject({ code: 'urgent', until: expect.any(String) });
    const first = ok(await manager().get('/v1/records?sort=urgency&limit=1'));
    expect(first.items[0].name).toBe('鄂州钢铁');
    api.later(4);
    const rest = ok(await manager().get(`/v1/records?sort=urgency&limit=200&cursor=${first.next}`));
    expect(names({ body: rest } as Answer)).not.toContain('鄂州钢铁');
    const anew = ok(await manager().get('/v1/records?urgency=can-wait&region=42'));
    expect(anew.items[0].class.urgency).toEqual({ code: 'can-wait', label: 'Can wait', until: null });
  });

  it.each([
    ['garbage', 'garbage'],
    ['a version that never was', Buffer.from('{"v":9}').toString('base64url')],
    ['a list', Buffer.from('[]').toString('base64url')],
    ['null', Buffer.from('null').toString('base64url')],
  ])('a cursor that is %s is refused', async (_what, cursor) => {
    const answer = await manager().get(`/v1/records?cursor=${cursor}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.bad-cursor' } });
  });

  it.each([
    ['a place that is none', { p: 7 }],
    ['values that do not fit the sort', { k: [] }],
    ['a value that is no scalar', { k: [{ $gt: '' }] }],
    ['an instant that is none', { at: 'soon' }],
  ])('a cursor that was tampered with, to hold %s, is refused', async (_what, forged) => {
    const { next } = ok(await manager().get('/v1/records?limit=1'));
    const place = JSON.parse(Buffer.from(next, 'base64url').toString());
    const cursor = Buffer.from(JSON.stringify({ ...place, ...forged })).toString('base64url');
    const answer = await manager().get(`/v1/records?limit=1&cursor=${cursor}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.bad-cursor' } });
  });

  it('a cursor is good only with the filters and the sort that it came with', async () => {
    const { next } = ok(await manager().get('/v1/records?limit=1'));
    for (const query of ['grade=B', 'sort=openedAt']) {
      const answer = await manager().get(`/v1/records?limit=1&${query}&cursor=${next}`);
      expect(answer).toMatchObject({ status: 400, body: { code: 'request.bad-cursor' } });
    }
    const elsewhere = await manager().get(`/v1/loans?cursor=${next}`);
    expect(elsewhere).toMatchObject({ status: 400, body: { code: 'request.bad-cursor' } });
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=ten',
    'limit=',
    'sort=grade',
    'region=xx',
    'after=7',
    'name=x',
    'grade=A&grade=B',
  ])('the query %s is refused', async (query) => {
    expect(await manager().get(`/v1/records?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
  });

  it('waits for the position of one’s own write', async () => {
    const answer = await api.as('collector-1').post('/v1/records', collectBody({}, { name: '等待公司' }));
    const { id, position } = created(answer);
    const { items } = ok(
      await api.as('collector-1').get(`/v1/records?sort=-openedAt&limit=1&after=${position}`),
    );
    expect(items[0].id).toBe(id);
  });

  it('answers 409 with the position reached where the view does not come so far', async () => {
    const head = await api.kernel.log.head();
    const answer = await manager().get(`/v1/records?after=${'9'.repeat(20)}`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'view.behind', params: { reached: head } } });
  });

  it('the administrator does not see it', async () => {
    expect((await api.as('admin').get('/v1/records')).status).toBe(403);
    expect((await api.as('admin').get('/v1/facets')).status).toBe(403);
  });
});

it('facets count the filtered records, urgency as in force, regions by province, then city', async () => {
  const all = ok(await manager().get('/v1/facets', { 'accept-language': 'zh-CN' }));
  const listed = ok(await manager().get('/v1/records?limit=200')).items;
  expect(all.total).toBe(listed.length);
  for (const values of Object.values<{ count: number }[]>(all.facets)) {
    expect(values.reduce((sum, { count }) => sum + count, 0)).toBe(all.total);
  }
  expect(all.facets.region).toContainEqual({ code: '310000', label: '上海市', count: 1 });
  expect(all.facets.urgency).toEqual([{ code: 'can-wait', label: '可等待', count: all.total }]);
  expect(all.facets.status).toContainEqual({ code: 'filed', label: '已归档', count: 1 });

  const some = ok(await manager().get('/v1/facets?region=33&status=submitted'));
  const within = ok(await manager().get('/v1/records?region=33&status=submitted&limit=200')).items;
  expect(some.total).toBe(within.length);
  expect(some.facets.region).toContainEqual({ code: '330200', label: 'Zhejiang', count: 2 });
});

it('the review queue is in order across pages, says why, and marks one’s own work', async () => {
  const queue = ok(await manager().get('/v1/reviews'));
  expect(queue.items[0]).toMatchObject({
    record: { name: '鄂州钢铁', fileNumber: null, destroyed: false },
    ...{ round: 1, overdue: true, mayReview: true, collector: { id: 'collector-1' } },
    reasons: [
      { code: 'review.overdue', text: expect.stringMatching(/^overdue since 2025-03-0\d \d\d:\d\d$/) },
      ...[{ code: 'review.key-customer' }, { code: 'review.waiting-since' }],
    ],
  });
  const paged = await walk('/v1/reviews');
  expect(paged.map(({ record }) => record.id)).toEqual(
    queue.items.map(({ record }: { record: { id: string } }) => record.id),
  );
  const zh = ok(await manager().get('/v1/reviews?limit=1', { 'accept-language': 'zh' }));
  expect(zh.items[0].reasons[0].text).toMatch(/^已于 .* 逾期$/);
  expect(ok(await api.as('executive-1').get('/v1/reviews')).items).toEqual([]);
  expect((await api.as('collector-1').get('/v1/reviews')).status).toBe(403);
});

describe('members of staff', () => {
  it('everybody sees names and roles', async () => {
    for (const who of ['admin', 'collector-1']) {
      const { items } = ok(await api.as(who).get('/v1/staff?role=auditor'));
      expect(items.map(({ id }: { id: string }) => id)).toEqual(['auditor-1', 'auditor-2', 'auditor-3']);
      expect(items[0]).toMatchObject({ name: expect.any(String), active: true, roles: ['auditor'] });
    }
    expect(ok(await api.as('collector-1').get('/v1/staff?active=false')).items).toEqual([]);
  });

  it('duties are for himself and for those who look after the team', async () => {
    const sees = async (who: string) => ok(await api.as(who).get('/v1/staff/analyst-1')).duties;
    expect(await sees('collector-1')).toBeNull();
    expect(await sees('analyst-1')).toMatchObject({ grants: [{ role: 'analyst', label: 'analyst' }] });
    expect(await sees('manager-1')).toMatchObject({ grants: [{ role: 'analyst', until: null }] });
  });

  it.each(['nobody', 'NOBODY', '..%2F'])('%s is unknown', async (id) => {
    expect(await manager().get(`/v1/staff/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'staff.unknown' },
    });
  });
});

it('texts come in the language asked for', async () => {
  const item = async (language: string) =>
    ok(await manager().get('/v1/records?grade=A', { 'accept-language': language })).items[0];
  expect(await item('zh-CN,zh;q=0.9')).toMatchObject({
    status: { code: 'approved', label: '审核通过' },
    class: { grade: { label: '甲级' }, kind: { label: '普通' } },
  });
  expect(await item('en')).toMatchObject({
    status: { label: 'Approved' },
    class: { grade: { label: 'Grade A' } },
  });
});
