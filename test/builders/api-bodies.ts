import type { JsonObject } from '#engine/json.js';
import type { Answer, Api } from './api.js';
import { companyContent } from './content.js';

/** A body for `POST /v1/records` that is accepted. */
export function collectBody(more: JsonObject = {}, content: JsonObject = {}): JsonObject {
  const { subjectType: _said, ...given } = companyContent(content);
  return {
    subjectType: 'company',
    content: given,
    purpose: 'servicing',
    basis: { code: 'consent', toldOn: '2025-03-03' },
    separateConsents: [],
    sourceChannel: 'sales-team',
    proposed: { grade: 'B', status: 'interested', urgency: 'can-wait', kind: 'ordinary' },
    ...more,
  };
}

/** The path of a record. */
export const recordPath = (id: string) => `/v1/records/${id}`;

/** A record, collected by collector-1. */
export async function collected(api: Api, more: JsonObject = {}, content: JsonObject = {}): Promise<string> {
  return created(await api.as('collector-1').post('/v1/records', collectBody(more, content))).id;
}

/** A record, approved by manager-1. */
export async function approved(api: Api, grade = 'B', content: JsonObject = {}): Promise<string> {
  const id = await collected(api, {}, content);
  const review = { decision: 'approve', round: 1, grade };
  ok(await api.as('manager-1').post(`${recordPath(id)}/reviews`, review));
  return id;
}

export const safe2 = { container: '2号柜', slot: '3', barcode: '690001' };

/** A record, filed by custodian-1. */
export async function filed(
  api: Api,
  { grade = 'B', paper = false, content = {} } = {},
): Promise<{ id: string; fileNumber: string }> {
  const id = await approved(api, grade, content);
  const filing = paper ? { medium: 'paper', place: safe2 } : { medium: 'electronic' };
  const body = { retentionClass: 'prospect', ...filing };
  const answer = ok(await api.as('custodian-1').post(`${recordPath(id)}/filings`, body));
  return { id, fileNumber: answer.fileNumber };
}

/** An application for the destruction of a filed record, approved, its wait over. */
export async function destructible(api: Api, id: string, approver = 'manager-1'): Promise<string> {
  const path = `${recordPath(id)}/destructions`;
  const applied = await api.as('custodian-1').post(path, { ground: 'invalid', reason: '客户已注销' });
  const did: string = created(applied).applicationId;
  ok(await api.as('analyst-1').post(`${path}/${did}/appraisals`, { opinion: 'destroy', reason: '属实' }));
  ok(await api.as(approver).post(`${path}/${did}/approvals`, { decision: 'approve' }));
  api.later(7);
  return did;
}

/** The body of an answer that must be 200. */
export function ok({ status, body, text }: Answer): Answer['body'] {
  if (status !== 200) throw new Error(`${status}: ${text}`);
  return body;
}

/** The body of an answer that must be 201. */
export function created({ status, body, text }: Answer): Answer['body'] {
  if (status !== 201) throw new Error(`${status}: ${text}`);
  return body;
}
