import { startApi, type Api } from '../builders/api.js';
import { ok, recordPath } from '../builders/api-bodies.js';
import {
  allocatedPerson,
  approvedPerson,
  fieldOf,
  filedPerson,
  readings,
  samples,
  submittedPerson,
} from '../builders/reading.js';

const STATES = ['submitted', 'approved', 'filed', 'allocated'] as const;
type State = (typeof STATES)[number];

let api: Api;
const records = {} as Record<State, string>;
beforeAll(async () => {
  api = await startApi();
  records.submitted = await submittedPerson(api);
  records.approved = await approvedPerson(api);
  records.filed = (await filedPerson(api)).id;
  records.allocated = await allocatedPerson(api);
});
afterAll(() => api.stop());

/*
 * Who may open which level of a record in which state, by section 3 of the domain: the right that is used, or the code
 * of the refusal. Levels in the order confidential, personal, sensitive; collector-1 collected the record, custodian-1
 * keeps it once it is filed, collector-2 follows it up once it is allocated.
 */
const none = 'reading.no-right';
const everything = (right: string) => [right, right, right];
const nothing = everything(none);
const table: readonly (readonly [
  who: string,
  states: readonly State[],
  rights: readonly string[],
  purpose?: string,
])[] = [
  ['collector-1', ['submitted', 'approved'], everything('collector')],
  ['collector-1', ['filed', 'allocated'], nothing],
  ['collector-2', ['submitted', 'approved', 'filed'], nothing],
  ['collector-2', ['allocated'], ['follow-up-owner', 'follow-up-owner', none]],
  ['collector-3', STATES, nothing],
  ['custodian-1', ['submitted'], nothing],
  ['custodian-1', ['approved', 'filed', 'allocated'], everything('custodian')],
  ['custodian-2', ['submitted', 'filed', 'allocated'], nothing],
  ['custodian-2', ['approved'], everything('custodian')],
  ['analyst-1', STATES, ['analyst', none, none]],
  ['manager-1', STATES, everything('reading.purpose-required')],
  ['manager-1', STATES, everything('manager'), 'supervision'],
  ['executive-1', STATES, everything('reading.purpose-required')],
  ['executive-1', STATES, everything('executive'), 'supervision'],
  ['auditor-1', STATES, ['auditor', 'reading.case-required', 'reading.case-required']],
];

const cells = table.flatMap(([who, states, rights, purpose]) =>
  states.flatMap((state) =>
    (['confidential', 'personal', 'sensitive'] as const).map(
      (level, i) => [who, state, level, purpose ?? 'no purpose', rights[i]!] as const,
    ),
  ),
);

it.each(cells)('%s, record %s, level %s, stating %s: %s', async (who, state, level, purpose, right) => {
  const { pointer, value } = samples[level];
  const before = await readings(api);
  const stated = purpose === 'no purpose' ? '' : `&purpose=${purpose}`;
  const answer = await api.as(who).get(`${recordPath(records[state])}?open=${pointer}${stated}`);

  if (right.includes('.')) {
    expect(answer).toMatchObject({ status: 403, body: { code: right, params: { pointer } } });
    expect(answer.text).not.toContain(value);
    expect(await readings(api)).toBe(before);
    return;
  }
  expect(answer.status).toBe(200);
  expect(fieldOf(answer, pointer)).toMatchObject({ shown: 'value', value, mayOpen: true });
  expect(await readings(api)).toBe(before + 1);
  const [last] = await api.kernel.log.readAll({ after: null, direction: 'backwards', maxCount: 1 });
  expect(last).toMatchObject({
    type: 'FieldsRead',
    actorId: who,
    data: {
      ...{ records: [{ id: records[state], pointers: [pointer] }], right },
      ...{ purpose: stated === '' ? null : purpose, loanId: null, caseId: null },
    },
  });
});

describe('without opening', () => {
  const readers = [
    'collector-3',
    'custodian-2',
    'analyst-1',
    'manager-1',
    'executive-1',
    'auditor-1',
    'custodian-1',
  ];

  it.each(readers)('%s sees masks of personal values, and no reading is recorded', async (who) => {
    const before = await readings(api);
    const answer = await api.as(who).get(recordPath(records.allocated));
    expect(answer.status).toBe(200);
    for (const level of ['open', 'personal'] as const) {
      const shown = level === 'open' ? 'value' : 'mask';
      expect(fieldOf(answer, samples[level].pointer)).toMatchObject({ shown, value: samples[level].mask });
    }
    expect(fieldOf(answer, '/name')).toMatchObject({ shown: 'mask', value: '张*明' });
    for (const secret of ['2019-05-01', '13812345678', '200k-500k', '张小明']) {
      expect(answer.text).not.toContain(secret);
    }
    expect(await readings(api)).toBe(before);
  });

  it.each([
    ['collector-3', 'hidden', null],
    ['auditor-1', 'mask', '2019'],
    ['analyst-1', 'mask', '2019'],
    ['custodian-1', 'mask', '2019'],
    ['manager-1', 'hidden', null],
  ])('%s sees of a confidential value: %s', async (who, shown, value) => {
    const answer = await api.as(who).get(recordPath(records.allocated));
    expect(fieldOf(answer, '/cooperationSince')).toMatchObject({ shown, value });
  });

  it('a sensitive value is hidden even from those who may open it', async () => {
    const answer = await api.as('custodian-1').get(recordPath(records.allocated));
    expect(fieldOf(answer, '/incomeBand')).toMatchObject({
      shown: 'hidden',
      value: null,
      text: null,
      mayOpen: true,
    });
  });
});

it('the administrator sees no record, known or not', async () => {
  const known = await api.as('admin').get(recordPath(records.filed));
  const unknown = await api.as('admin').get(recordPath('00000000-0000-5000-8000-000000000000'));
  expect(known.status).toBe(403);
  const { correlationId: one, ...first } = known.body;
  const { correlationId: other, ...second } = unknown.body;
  expect(one).not.toBe(other);
  expect(first).toEqual(second);
});

it('`all` opens what is allowed, with one reading for each right, and masks the rest', async () => {
  const before = await readings(api);
  const answer = ok(await api.as('collector-2').get(`${recordPath(records.allocated)}?open=all`));
  const shown = Object.fromEntries(
    answer.fields.map((f: { pointer: string; shown: string }) => [f.pointer, f.shown]),
  );
  expect(shown).toMatchObject({ '/phone': 'value', '/cooperationSince': 'value', '/incomeBand': 'hidden' });
  expect(await readings(api)).toBe(before + 1);
});

it('one value without right among those asked for by name: nothing is opened and nothing is recorded', async () => {
  const before = await readings(api);
  const answer = await api.as('analyst-1').get(`${recordPath(records.filed)}?open=cooperationSince,phone`);
  expect(answer).toMatchObject({
    status: 403,
    body: { code: 'reading.no-right', params: { pointer: '/phone' } },
  });
  expect(await readings(api)).toBe(before);
});

it('a right is refused alike whether or not the record has the value', async () => {
  const absent = await api.as('analyst-1').get(`${recordPath(records.filed)}?open=email`);
  expect(absent).toMatchObject({
    status: 403,
    body: { code: 'reading.no-right', params: { pointer: '/email' } },
  });
});

it.each([
  ['open=telephone', 422, 'record.field-unknown'],
  ['open=phone;drop', 400, 'request.invalid'],
  ['open=phone&purpose=curiosity', 400, 'request.invalid'],
  ['opened=phone', 400, 'request.invalid'],
])('a query that says %s is refused', async (query, status, code) => {
  const answer = await api.as('manager-1').get(`${recordPath(records.filed)}?${query}`);
  expect(answer).toMatchObject({ status, body: { code } });
});
