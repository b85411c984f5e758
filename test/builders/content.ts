import fc from 'fast-check';
import type { Json, JsonObject } from '#engine/json.js';
import { CATALOGUES } from '#domain/schema/catalogues.js';
import { creditCodeCheckDigit } from '#domain/schema/credit-code.js';
import { type Field, type SubjectType, fieldsOf } from '#domain/schema/fields.js';

/** A company's file with the least that a new entry needs, and whatever else is given. */
export function companyContent(more: JsonObject = {}): JsonObject {
  const least = { name: '杭州华兴贸易有限公司', subjectType: 'company', region: '330106' };
  return { ...least, firstContactOn: '2025-03-03', phone: '0571-88886666', ...more };
}

/** A person's file with the least that a new entry needs, and whatever else is given. */
export function personContent(more: JsonObject = {}): JsonObject {
  const least = { name: '张小明', subjectType: 'person', region: '330106' };
  return { ...least, firstContactOn: '2025-03-03', phone: '13812345678', ...more };
}

/** Any content that the schema allows, as an API caller would send it: untidy spaces, national phones and all. */
export function anyContent(subject: SubjectType): fc.Arbitrary<JsonObject> {
  const entries = fieldsOf(subject).map((field) => [
    field.key,
    field.list ? anyList(field.list) : anyValue(field),
  ]);
  return fc
    .record(Object.fromEntries(entries) as Record<string, fc.Arbitrary<Json>>, {
      requiredKeys: ['name', 'region', 'firstContactOn', 'phone'],
    })
    .map((content) => ({ ...content, subjectType: subject }));
}

function anyList(members: readonly Field[]): fc.Arbitrary<Json> {
  const item = Object.fromEntries(members.map((member) => [member.key, anyValue(member)]));
  const requiredKeys = members.filter((member) => member.required).map((member) => member.key);
  return fc.array(fc.record(item, { requiredKeys }), { maxLength: 4 });
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const date = fc
  .integer({ min: Date.UTC(1930, 0, 1), max: Date.UTC(2030, 0, 1) })
  .map((millis) => new Date(millis).toISOString().slice(0, 10));
const creditCode = fc
  .stringMatching(/^[0-9A-HJ-NP-RTUWXY]{17}$/)
  .map((body) => ` ${body}${creditCodeCheckDigit(body)}`.toLowerCase());

/** Any value that the field allows. */
export function anyValue(field: Field): fc.Arbitrary<Json> {
  if (field.catalogue !== undefined)
    return fc.constantFrom(...(CATALOGUES[field.catalogue] ?? []).map((c) => c.code));
  if (field.check === 'region') return fc.constantFrom('330000', '330100', '330106', 'DE', 'GB');
  if (field.check === 'credit-code') return creditCode;
  if (field.check === 'partial-date')
    return date.chain((each) => fc.constantFrom(each, each.slice(0, 4), each.slice(0, 7)));
  if (field.check === 'yearly-date') return date.chain((each) => fc.constantFrom(each, `-${each.slice(4)}`));
  if (field.check === 'date-or-instant')
    return date.chain((each) => fc.constantFrom(each, `${each}T01:30:00Z`));
  if (field.check === 'currency') return fc.constantFrom('CNY', 'USD');
  if (field.kind === 'money')
    return fc.integer({ min: -1e9, max: 1e9 }).map((cents) => (cents / 100).toFixed(2));
  if (field.kind === 'date') return date;
  if (field.kind === 'boolean') return fc.boolean();
  if (field.kind === 'score') return fc.integer({ min: 1, max: 5 });
  if (field.kind === 'email') return fc.emailAddress();
  if (field.kind === 'phone') {
    return fc.oneof(
      digits(8).map((rest) => `138${rest}`),
      digits(8).map((rest) => ` 0571-${rest} `),
      digits(7).map((rest) => `(5) ${rest}`),
    );
  }
  return fc
    .oneof(
      fc.constantFrom('王小明', '  Maria Anders ', 'e\u0301te\u0301\r\n2'),
      fc.string({ unit: 'grapheme' }),
    )
    .filter(
      (text) =>
        /\S/.test(text.normalize('NFKC').trim()) &&
        text.length <= 100 &&
        !/\p{Cc}/u.test(text.trim().replace(/[\r\n\t]/g, '')),
    );
}
