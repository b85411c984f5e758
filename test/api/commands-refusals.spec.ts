import { refusalTexts } from '#domain/records/refusal-texts.js';
import { startApi, type Api } from '../builders/api.js';
import { collectBody, collected, created, filed, ok, recordPath } from '../builders/api-bodies.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const reason = { reason: '诉讼' };

describe('a refusal', () => {
  it('is problem+json with the code of the rule, its sentence in the caller’s language and its facts', async () => {
    const id = await collected(api, {}, { name: '拒绝码公司' });
    const review = { decision: 'approve', round: 7 };
    const zh = await api
      .as('manager-1')
      .post(`${recordPath(id)}/reviews`, review, { 'accept-language': 'zh-CN' });
    expect(zh.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(zh).toMatchObject({
      status: refusalTexts['review.round-stale'].status,
      body: {
        ...{ type: '/problems/review.round-stale', code: 'review.round-stale', status: 409 },
        ...{ detail: '所审为第 7 轮,当前为第 1 轮。', params: { round: 7, current: 1 } },
      },
    });
    const en = await api.as('manager-1').post(`${recordPath(id)}/reviews`, review);
    expect(en.body.detail).toBe('This review is of round 7; round 1 is under review.');
  });

  it('has a page under the address of its type', async () => {
    const page = await api.anyone.get('/problems/hold.consent-missing');
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('HTTP 409') });
  });

  it.each([['KH-2025-99999'], ['0b1f5f3e-8f5a-5d0e-9d0b-2f6a4c1d7e11'], ['KH-2025'], ['x'.repeat(150)]])(
    'a record that is not there is answered 404, whatever stands for it: %s',
    async (name) => {
      const answer = await api.as('manager-1').post(`/v1/records/${encodeURIComponent(name)}/holds`, reason);
      expect(answer).toMatchObject({ status: 404, body: { code: 'record.unknown' } });
    },
  );

  it('own work is refused by person, whatever his roles', async () => {
    const path = '/v1/staff/manager-2/roles';
    created(await api.as('manager-1').post(path, { role: 'collector', ...reason }));
    ok(await api.as('executive-1').post(`${path}/collector/confirmations`));
    const { id } = created(
      await api.as('manager-2').post('/v1/records', collectBody({}, { name: '自审公司' })),
    );
    const own = await api
      .as('manager-2')
      .post(`${recordPath(id)}/reviews`, { decision: 'approve', round: 1 });
    expect(own).toMatchObject({ status: 403, body: { code: 'staff.own-work' } });
  });
});

describe('bad input', () => {
  const urgent = { grade: 'B', status: 'interested', urgency: 'urgent', kind: 'ordinary' };
  const bad = (body: object) => api.as('collector-1').post('/v1/records', body);
  const faults = (answer: Awaited<ReturnType<typeof bad>>) =>
    Object.fromEntries(
      answer.body.errors.map((each: { pointer: string; code: string }) => [each.pointer, each.code]),
    );

  it('is answered 400 naming each field, and nothing is written', async () => {
    const before = await api.kernel.log.head();
    const answer = await bad({
      ...collectBody(),
      ...{
        subjectType: 'ghost',
        purpose: 'fun',
        basis: { code: 'consent', toldOn: '2025-02-30' },
        nonsense: 1,
      },
      ...{ proposed: { grade: 'Z', status: 'interested', urgency: 'urgent' }, separateConsents: ['a', 'a'] },
      ...{ draft: 'yes', sourceChannel: '\ud800' },
    });
    expect(answer.status).toBe(400);
    expect(faults(answer)).toEqual({
      '/nonsense': 'field.unknown',
      '/subjectType': 'field.is-in',
      '/purpose': 'field.is-in',
      '/basis/toldOn': 'field.is-calendar-date',
      '/separateConsents': 'field.is-list-of',
      '/sourceChannel': 'field.is-in',
      '/proposed/grade': 'field.is-in',
      '/proposed/kind': 'field.is-in',
      '/draft': 'field.is-flag',
    });
    expect(await api.kernel.log.head()).toBe(before);
  });

  it('says what would be right in both languages', async () => {
    const detailIn = async (language: string) => {
      const body = { ...collectBody(), basis: { code: 'consent', toldOn: 'soon' } };
      const answer = await api.as('collector-1').post('/v1/records', body, { 'accept-language': language });
      return answer.body.errors[0].detail;
    };
    expect(await detailIn('en')).toBe('Give the date on which the customer was told as YYYY-MM-DD.');
    expect(await detailIn('zh')).toBe('应为告知日期，格式为 YYYY-MM-DD。');
  });

  it('in the content is found by the schema, field by field', async () => {
    const before = await api.kernel.log.head();
    const { region: _missing, ...content } = collectBody().content as Record<string, unknown>;
    const contacts = [{ name: '陈立', shoeSize: 43 }];
    const answer = await bad({
      ...collectBody(),
      content: { ...content, email: 'no', colour: 'red', contacts },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(faults(answer)).toEqual({
      '/content/email': 'field.invalid-email',
      '/content/colour': 'field.unknown',
      '/content/contacts/0/shoeSize': 'field.unknown',
      '/content/region': 'field.required',
    });
    expect(await api.kernel.log.head()).toBe(before);
  });

  it('in the content is named together with what is wrong elsewhere', async () => {
    const { region: _missing, ...content } = collectBody().content as Record<string, unknown>;
    const more = { purpose: 'fun', proposed: { grade: 'Z' }, historic: 'no', nonsense: 1 };
    const answer = await bad({ ...collectBody(), ...more, content: { ...content, email: 'no' } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(faults(answer)).toEqual({
      '/nonsense': 'field.unknown',
      '/purpose': 'field.is-in',
      '/proposed/grade': 'field.is-in',
      '/proposed/status': 'field.is-in',
      '/proposed/urgency': 'field.is-in',
      '/proposed/kind': 'field.is-in',
      '/historic': 'field.is-flag',
      '/content/email': 'field.invalid-email',
      '/content/region': 'field.required',
    });
  });

  it.each([
    ['record.reason-required', '/proposed/urgencyReason', { proposed: urgent }, {}],
    ['record.told-date-invalid', '/basis/toldOn', { basis: { code: 'consent' } }, {}],
    ['record.told-in-future', '/basis/toldOn', { basis: { code: 'consent', toldOn: '2099-01-01' } }, {}],
    ['record.first-contact-in-future', '/content/firstContactOn', {}, { firstContactOn: '2099-01-01' }],
  ] as const)('a refusal about one member names it: %s at %s', async (code, pointer, more, content) => {
    const answer = await bad(collectBody(more, content));
    expect(answer).toMatchObject({ status: 422, body: { code } });
    expect(answer.body.errors).toEqual([{ pointer, code, detail: answer.body.detail }]);
  });

  it('a refusal about one member of a later command names it as that command does', async () => {
    const id = await collected(api, { draft: true }, { name: '催办公司' });
    const changes = { firstContactOn: '2099-01-01' };
    const submitted = await api.as('collector-1').post(`${recordPath(id)}/submissions`, { changes });
    expect(submitted.body.errors).toMatchObject([{ pointer: '/changes/firstContactOn' }]);
    ok(await api.as('collector-1').post(`${recordPath(id)}/submissions`));
    const review = { decision: 'approve', round: 1, class: { urgency: 'urgent' } };
    const approval = await api.as('manager-1').post(`${recordPath(id)}/reviews`, review);
    expect(approval.body.errors).toMatchObject([{ pointer: '/urgencyReason' }]);
  });

  it.each([
    ['a list in the place of an object', { basis: [] }],
    ['null in the place of a nested object', { proposed: null }],
    ['a text in the place of the content', { content: 'x' }],
    [
      'half a surrogate pair',
      { content: { name: '\ud800', region: '330106', firstContactOn: '2025-03-03', phone: '1' } },
    ],
  ])('%s is 400, never 500', async (_, more) => {
    expect(await bad({ ...collectBody(), ...more })).toMatchObject({ status: 400 });
  });

  it.each(['text/plain', 'application/xml'])('a body of %s is refused with 415', async (type) => {
    const answer = await api.as('collector-1').post('/v1/records', collectBody(), { 'content-type': type });
    expect(answer).toMatchObject({ status: 415, body: { code: 'request.unsupported-media-type' } });
  });

  it('a value that is refused is never echoed', async () => {
    const answer = await bad({
      ...collectBody(),
      purpose: 'hunter2-secret',
      content: { name: 'hunter2-secret' },
    });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('hunter2');
  });

  it('a text longer than its bound, or blank, is refused', async () => {
    const { id } = await filed(api, { content: { name: '超长公司' } });
    const hold = (text: string) => api.as('manager-1').post(`${recordPath(id)}/holds`, { reason: text });
    expect(await hold('长'.repeat(2001))).toMatchObject({ status: 400 });
    expect(await hold('   ')).toMatchObject({ status: 400 });
    expect(await hold('长'.repeat(2000))).toMatchObject({ status: 201 });
  });

  it('changes that leave a required value out are refused, naming it', async () => {
    const id = await collected(api, { draft: true }, { name: '必填公司' });
    const submit = (changes: object) =>
      api.as('collector-1').post(`${recordPath(id)}/submissions`, { changes });
    expect(await submit({ phone: null })).toMatchObject({
      ...{ status: 422, body: { code: 'record.content-invalid' } },
      ...{ body: { errors: [{ pointer: '/changes/phone', code: 'field.required' }] } },
    });
    expect(await submit({ email: 'no' })).toMatchObject({
      ...{ status: 400, body: { errors: [{ pointer: '/changes/email', code: 'field.invalid-email' }] } },
    });
    expect(await submit({ contacts: [{ id: 'made-up', name: '陈立' }] })).toMatchObject({
      ...{ status: 422, body: { errors: [{ code: 'field.unknown-item' }] } },
    });
  });
});

describe('the same Idempotency-Key', () => {
  const key = (name: string) => ({ 'idempotency-key': name });

  it('gets the first answer again, and nothing happens twice', async () => {
    const body = collectBody({}, { name: '重发公司', contacts: [{ name: '陈立', phone: '13812345678' }] });
    const first = await api.as('collector-1').post('/v1/records', body, key('a'));
    const before = await api.kernel.log.head();
    const second = await api.as('collector-1').post('/v1/records', body, key('a'));
    expect(second).toMatchObject({ status: 201, body: { ...first.body, duplicates: expect.anything() } });
    expect(await api.kernel.log.head()).toBe(before);
  });

  it.each([
    ['a clear member', { purpose: 'contract' }, {}],
    ['a sealed value', {}, { phone: '0571-88886660' }],
    ['a value of a part of its own', {}, { contacts: [{ name: '陈丽' }] }],
    [
      'a text of the act',
      {
        proposed: {
          grade: 'B',
          status: 'interested',
          urgency: 'urgent',
          urgencyReason: '更急',
          kind: 'ordinary',
        },
      },
      {},
    ],
  ])('with another body is refused with 422: %s', async (_, more, content) => {
    const proposed = {
      grade: 'B',
      status: 'interested',
      urgency: 'urgent',
      urgencyReason: '急',
      kind: 'ordinary',
    };
    const send = (also: object, changed: object) =>
      api
        .as('collector-1')
        .post(
          '/v1/records',
          collectBody({ proposed, ...also }, { name: '异体公司', contacts: [{ name: '陈立' }], ...changed }),
          key(`other ${Object.keys({ ...more, ...content }).join()}`),
        );
    created(await send({}, {}));
    expect(await send(more, content)).toMatchObject({ status: 422, body: { code: 'command.key-reused' } });
  });

  it('of two persons means two commands', async () => {
    const body = collectBody({}, { name: '两人同键' });
    const one = created(await api.as('collector-1').post('/v1/records', body, key('b')));
    const two = created(await api.as('collector-2').post('/v1/records', body, key('b')));
    expect(one.id).not.toBe(two.id);
  });

  it('files once and gives the same number', async () => {
    const id = await collected(api, {}, { name: '重归公司' });
    ok(await api.as('manager-1').post(`${recordPath(id)}/reviews`, { decision: 'approve', round: 1 }));
    const file = () =>
      api
        .as('custodian-1')
        .post(`${recordPath(id)}/filings`, { retentionClass: 'prospect', medium: 'electronic' }, key('c'));
    const first = ok(await file());
    expect(ok(await file())).toEqual(first);
  });
});

describe('If-Match', () => {
  it('stale for what the command is about is 412, saying what changed and by whom', async () => {
    const id = await collected(api, {}, { name: '过期公司' });
    const path = `${recordPath(id)}/reviews`;
    ok(await api.as('manager-1').post(path, { decision: 'return', round: 1, comments: { '/phone': '错' } }));
    const stale = await api
      .as('manager-2')
      .post(path, { decision: 'approve', round: 1 }, { 'if-match': '"0"' });
    expect(stale).toMatchObject({
      ...{ status: 412, headers: { etag: '"1"' } },
      body: { code: 'command.stale', changes: [{ type: 'RecordReturned', revision: 1, by: 'manager-1' }] },
    });
  });

  it('of a revision since which nothing that matters happened lets the command pass', async () => {
    const { id } = await filed(api, { content: { name: '无关公司' } });
    created(await api.as('auditor-1').post(`${recordPath(id)}/holds`, reason));
    const allocate = { owner: 'collector-1', custodian: 'custodian-1' };
    ok(await api.as('manager-1').post(`${recordPath(id)}/allocations`, allocate, { 'if-match': '"2"' }));
  });

  it('that is no strong ETag is 400', async () => {
    const answer = await api
      .as('manager-1')
      .post('/v1/records/KH-2025-00001/holds', reason, { 'if-match': 'W/"1"' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.bad-if-match' } });
  });
});
