import type { Json, JsonObject } from '#engine/json.js';
import type { Condition, Filter, SortKey } from '#engine/ports/view-store.js';
import { FILE_NUMBER } from '#domain/file-numbers/file-numbers.js';
import { matchKeys } from '#domain/matching/match-keys.js';
import {
  businessTypes,
  cooperationStatuses,
  grades,
  industries,
  kinds,
  scales,
  urgencies,
} from '#domain/schema/catalogues.js';
import { flatten } from '#domain/schema/content.js';
import { CodeField, codesOf, StaffIdField, TextField } from '../http/fields.js';
import { RECORD_STATUSES } from '../records/reading/labels.js';
import { AfterQuery, FormField } from './page-query.js';
import type { Phase } from './pages.js';

/** Which records are meant. All of it must hold. */
export class RecordFilterQuery extends AfterQuery {
  @FormField(/^([1-9]\d|[1-9]\d{3}|[1-9]\d{5}|[A-Z]{2}|unknown)$/, {
    en: 'a region: GB/T 2260 code (33 or 330000 is all of Zhejiang), ISO 3166 country, or unknown',
    zh: '区域：行政区划代码（33 或 330000 为浙江全省）、国家代码或 unknown',
    example: '330106',
  })
  region?: string | null;

  @CodeField(RECORD_STATUSES, {
    en: 'the state of the record',
    zh: '档案状态',
    example: 'filed',
    optional: true,
  })
  status?: string | null;

  @CodeField(codesOf(cooperationStatuses), { en: 'the cooperation status', zh: '合作状态', optional: true })
  cooperationStatus?: string | null;

  @CodeField(codesOf(urgencies), { en: 'the urgency in force now', zh: '当前紧急程度', optional: true })
  urgency?: string | null;

  @CodeField(codesOf(kinds), { en: 'the kind', zh: '客户类别', optional: true })
  kind?: string | null;

  @CodeField(codesOf(grades), { en: 'the grade', zh: '档案等级', optional: true })
  grade?: string | null;

  @CodeField(codesOf(industries), { en: 'the industry', zh: '行业', optional: true })
  industry?: string | null;

  @CodeField(codesOf(scales), { en: 'the scale', zh: '规模', optional: true })
  scale?: string | null;

  @CodeField(codesOf(businessTypes), { en: 'the business type', zh: '业务类型', optional: true })
  businessType?: string | null;

  @StaffIdField({ en: 'the follow-up owner', zh: '跟进人', optional: true })
  owner?: string | null;

  @StaffIdField({ en: 'the custodian', zh: '保管员', optional: true })
  custodian?: string | null;

  @TextField(200, {
    en: 'a whole name, phone, email, credit code or file number, the contacts’ too',
    zh: '完整的名称、电话、邮箱、统一社会信用代码或档号（含联系人）',
    example: '0571-88886666',
    optional: true,
  })
  q?: string | null;
}

const EXACT = ['status', 'cooperationStatus', 'kind', 'grade', 'industry', 'scale', 'businessType'] as const;

/** What a cursor is bound to. */
export function scopeOf(query: object): JsonObject {
  const given = (Object.entries(query) as [string, Json][]).filter(
    ([name, value]) => value != null && !['after', 'limit', 'cursor'].includes(name),
  );
  return Object.fromEntries(given);
}

/** The conditions of a query that hold at any time. @param token blind index token of a text */
export function conditionsOf(query: RecordFilterQuery, token: (text: string) => string): Filter {
  const { region, owner, custodian, q } = query;
  return {
    ...Object.fromEntries(
      EXACT.flatMap((name) => (query[name] == null ? [] : [[name, { eq: query[name] }]])),
    ),
    ...(region == null ? {} : { region: regionCondition(region) }),
    ...(owner == null ? {} : { 'owner.id': { eq: owner } }),
    ...(custodian == null ? {} : { custodian: { eq: custodian } }),
    ...(q == null ? {} : searchFilter(q.trim(), token)),
  };
}

/** `33`, `3301`, `330000` and `330100` stand for all within them. */
function regionCondition(code: string): Condition {
  const within = code.replace(/(00)+$/, '');
  return /^\d{2}$|^\d{4}$/.test(within) ? { prefix: within } : { eq: code };
}

/** Whatever the words may be meant as: nothing but equal values is found, by tokens that cannot be read. */
function searchFilter(q: string, token: (text: string) => string): Filter {
  const number = q.toUpperCase();
  if (FILE_NUMBER.test(number)) return { fileNumber: { eq: number } };
  const content = { name: q, phone: q, email: q };
  const meant = [
    ...matchKeys('person', flatten('person', content, () => '0').values),
    ...matchKeys(
      'company',
      flatten('company', { ...content, creditCode: q, contacts: [content] }, () => '0').values,
    ),
  ];
  const tokens = [...new Set(meant)].filter((key) => !key.endsWith(':')).map(token);
  return { tokens: { in: tokens } };
}

/** The filters that together mean the records of one urgency as it is in force at an instant; no two meet. */
export function urgencyFilters(urgency: string | null | undefined, at: string): Filter[] {
  const level = 'urgency.level';
  switch (urgency) {
    case null:
    case undefined:
      return [{}];
    case 'urgent':
      return [{ [level]: { eq: 'urgent' }, 'urgency.until': { gt: at } }];
    case 'can-wait':
      return [{ [level]: { eq: 'can-wait' } }, { [level]: { eq: 'urgent' }, 'urgency.until': { lte: at } }];
    default:
      return [{ [level]: { eq: urgency } }];
  }
}

export const RECORD_SORTS = ['name', 'openedAt', '-openedAt', 'urgency'] as const;
export type RecordSort = (typeof RECORD_SORTS)[number];

const BY_NAME: readonly SortKey[] = [{ field: 'nameOrder', direction: 'asc' }];

/** The records of a query in an order, as of an instant. By urgency: the most urgent first, each by name. */
export function recordPhases(
  query: RecordFilterQuery,
  conditions: Filter,
  sort: RecordSort,
  at: string,
): Phase[] {
  const of = (urgency: string | null | undefined, by: readonly SortKey[]): Phase => ({
    anyOf: urgencyFilters(urgency, at).map((filter) => ({ ...conditions, ...filter })),
    sort: by,
  });
  if (sort === 'name') return [of(query.urgency, BY_NAME)];
  if (sort === 'urgency') {
    const levels = query.urgency == null ? codesOf(urgencies) : [query.urgency];
    return levels.map((level) => of(level, BY_NAME));
  }
  return [of(query.urgency, [{ field: 'openedAt', direction: sort === 'openedAt' ? 'asc' : 'desc' }])];
}
