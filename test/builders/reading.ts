import type { JsonObject } from '#engine/json.js';
import type { Answer, Api } from './api.js';
import { collectBody, created, ok, recordPath } from './api-bodies.js';

/** One value of each level of a person's file, as it is given and as its mask shows it. */
export const samples = {
  open: { pointer: '/region', value: '330106', mask: '330106' },
  confidential: { pointer: '/cooperationSince', value: '2019-05-01', mask: '2019' },
  personal: { pointer: '/phone', value: '+8613812345678', mask: '138****5678' },
  sensitive: { pointer: '/incomeBand', value: '200k-500k', mask: null },
} as const;

/** Values of that file that must never be seen where they were not opened. */
export const secrets = ['2019-05-01', '13812345678', '200k-500k', '张小明', '文三路九十号'];

/** A body that collects 张小明 with a value of every level. */
export function personBody(more: JsonObject = {}): JsonObject {
  return {
    ...collectBody(),
    subjectType: 'person',
    content: {
      name: '张小明',
      region: '330106',
      firstContactOn: '2025-03-03',
      phone: '13812345678',
      address: '浙江省杭州市西湖区文三路九十号',
      cooperationSince: '2019-05-01',
      incomeBand: '200k-500k',
    },
    separateConsents: ['incomeBand'],
    ...more,
  };
}

/** 张小明, collected by collector-1 and submitted. */
export async function submittedPerson(api: Api, more: JsonObject = {}): Promise<string> {
  return created(await api.as('collector-1').post('/v1/records', personBody(more))).id;
}

/** Approved by manager-1. */
export async function approvedPerson(api: Api, more: JsonObject = {}): Promise<string> {
  const id = await submittedPerson(api, more);
  ok(
    await api
      .as('manager-1')
      .post(`${recordPath(id)}/reviews`, { decision: 'approve', round: 1, grade: 'B' }),
  );
  return id;
}

/** Filed by custodian-1. */
export async function filedPerson(
  api: Api,
  more: JsonObject = {},
): Promise<{ id: string; fileNumber: string }> {
  const id = await approvedPerson(api, more);
  const filing = { retentionClass: 'prospect', medium: 'electronic' };
  return {
    id,
    fileNumber: ok(await api.as('custodian-1').post(`${recordPath(id)}/filings`, filing)).fileNumber,
  };
}

/** Filed by custodian-1 and followed up by collector-2. */
export async function allocatedPerson(api: Api, more: JsonObject = {}): Promise<string> {
  const { id } = await filedPerson(api, more);
  const allocation = { owner: 'collector-2', custodian: 'custodian-1' };
  ok(await api.as('manager-1').post(`${recordPath(id)}/allocations`, allocation));
  return id;
}

/** Lends a filed record to somebody for a week. @returns the loan's id */
export async function lend(
  api: Api,
  id: string,
  borrower: string,
  fields: JsonObject,
  purpose = 'servicing',
): Promise<string> {
  const path = `${recordPath(id)}/loans`;
  const { loanId } = created(await api.as(borrower).post(path, { purpose, fields, days: 7 }));
  ok(await api.as('custodian-1').post(`${path}/${loanId}/decisions`, { decision: 'grant' }));
  return loanId;
}

/** The field behind a pointer in the answer to a reading. */
export function fieldOf({ body }: Answer, pointer: string) {
  return body.fields.find((field: { pointer: string }) => field.pointer === pointer);
}

/** Number of readings on record. */
export async function readings(api: Api): Promise<number> {
  const events = await api.kernel.log.readAll({ after: null, maxCount: 100_000 });
  return events.filter(({ type }) => type === 'FieldsRead').length;
}
