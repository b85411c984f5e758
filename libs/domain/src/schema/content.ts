import type { Json, JsonObject } from '#engine/json.js';
import type { Field, FieldProblem, SubjectType } from './field.js';
import { fieldAt, fieldsOf, partOf } from './fields.js';
import { type Fault, UNKNOWN, checkValue, fault, isUnverifiedPhone, normaliseValue } from './values.js';

/** A file's content as `pointer -> value`, lists by the minted id of each item. */
export interface FlatContent {
  readonly values: Readonly<Record<string, Json>>;
  /** Pointers of phones that are no valid number and stand as given. */
  readonly unverified: readonly string[];
}

/**
 * Turns a nested content body (lists as arrays) into pointer -> value, in its stored form. An item that has an `id`
 * keeps it; any other gets one from `mint('<list>/<index>')`. What the schema does not know stays as it is: check first.
 * @param region where the body itself names none: the place whose national phone numbers are meant
 */
export function flatten(
  subject: SubjectType,
  content: JsonObject,
  mint: (name: string) => string,
  region?: string,
): FlatContent {
  const home = typeof content['region'] === 'string' ? content['region'].trim() : region;
  const entries = Object.entries(content).flatMap(([key, value]): [string, Json][] => {
    const pointer = `/${segment(key)}`;
    if (fieldAt(subject, pointer)?.list === undefined || !Array.isArray(value)) return [[pointer, value]];
    return value.flatMap((item: Json, index): [string, Json][] => {
      const { id, ...members } = isObject(item) ? item : { value: item };
      const place = `${pointer}/${typeof id === 'string' ? id : mint(`${key}/${index}`)}`;
      return Object.entries(members).map(([name, each]) => [`${place}/${segment(name)}`, each]);
    });
  });

  const values: Record<string, Json> = {};
  const unverified: string[] = [];
  for (const [pointer, given] of entries) {
    const field = fieldAt(subject, pointer);
    const value = field === undefined ? given : normaliseValue(field, given, home);
    values[pointer] = value;
    if (field !== undefined && isUnverifiedPhone(field, value)) unverified.push(pointer);
  }
  return { values, unverified };
}

/** What a body must have. */
export interface EntryRules {
  /** A migrated record: only name and subject type are required, and `unknown` is a value where one would be. */
  readonly historic: boolean;
  /** A proposal: nothing is required, `null` clears a value, and a list's items may name their `id`. Default: no. */
  readonly partial?: boolean;
}

/** Checks a nested content body against the schema. No problem means that `flatten` gives values fit to store. */
export function checkContent(subject: SubjectType, content: JsonObject, entry: EntryRules): FieldProblem[] {
  const problems = Object.entries(content).flatMap(([key, value]) => {
    const pointer = `/${segment(key)}`;
    const field = fieldAt(subject, pointer);
    if (field === undefined) return [unknownField(subject, pointer)];
    if (field.list !== undefined) return checkList(field, value, entry);
    return at(pointer, check(field, value, entry));
  });
  if (typeof content['subjectType'] === 'string' && content['subjectType'] !== subject) {
    problems.push(
      ...at('/subjectType', fault('field.wrong-subject', subject, subject === 'person' ? '个人' : '单位')),
    );
  }
  if (entry.partial !== true) problems.push(...missing(subject, present(content), entry));
  return problems;
}

/**
 * Checks one value under its stored pointer, as `flatten` gives it: `/phone`, `/contacts/<id>/phone`.
 * @param entry as for `checkContent`
 */
export function checkPointer(
  subject: SubjectType,
  pointer: string,
  value: Json,
  entry: EntryRules,
): FieldProblem[] {
  const field = fieldAt(subject, pointer);
  if (field === undefined || field.list !== undefined) return [unknownField(subject, pointer)];
  return at(pointer, check(field, value, entry));
}

/** The clear values, and the sealed ones by the part whose key seals them. Every value stands in exactly one place. */
export function splitByPart(
  subject: SubjectType,
  values: Readonly<Record<string, Json>>,
): { open: Record<string, Json>; sealed: Record<string, Record<string, Json>> } {
  const open: Record<string, Json> = {};
  const sealed: Record<string, Record<string, Json>> = {};
  for (const [pointer, value] of Object.entries(values)) {
    const part = partOf(subject, pointer);
    const group = part === 'open' ? open : (sealed[part] ??= {});
    group[pointer] = value;
  }
  return { open, sealed };
}

/** Required pointers that are absent; `/phone` stands for a means of contact, of which any one will do. */
export function missingFields(subject: SubjectType, pointers: readonly string[]): string[] {
  const required = fieldsOf(subject).filter((field) => field.required);
  const absent = required.map((field) => `/${field.key}`).filter((pointer) => !pointers.includes(pointer));
  return pointers.some((pointer) => MEANS_OF_CONTACT.test(pointer)) ? absent : [...absent, '/phone'];
}

const MEANS_OF_CONTACT = /^(\/contacts\/[^/]+)?\/(phone|email)$|^\/(address|deliveryAddress|socialAccounts)$/;

function missing(subject: SubjectType, pointers: readonly string[], entry: EntryRules): FieldProblem[] {
  const needed = (pointer: string) => !entry.historic || pointer === '/name' || pointer === '/subjectType';
  return missingFields(subject, pointers)
    .filter(needed)
    .flatMap((pointer) =>
      at(pointer, pointer === '/phone' ? NO_CONTACT : required(fieldAt(subject, pointer))),
    );
}

/** Pointers of a nested body, list items by index. */
function present(content: JsonObject): string[] {
  return Object.entries(content).flatMap(([key, value]) => {
    if (!Array.isArray(value)) return [`/${key}`];
    return value.flatMap((item: Json, index) =>
      isObject(item) ? Object.keys(item).map((name) => `/${key}/${index}/${name}`) : [],
    );
  });
}

function checkList(field: Field, value: Json, entry: EntryRules): FieldProblem[] {
  const pointer = `/${field.key}`;
  if (!Array.isArray(value)) return at(pointer, fault('field.not-list', 'a list', '列表'));
  if (value.length > field.max) {
    return at(pointer, fault('field.too-many', `at most ${field.max} items`, `不超过${field.max}项`));
  }
  const ids = value.flatMap((item: Json) => (isObject(item) && 'id' in item ? [item['id']] : []));
  const twice = new Set(ids).size < ids.length;
  return [
    ...at(pointer, twice ? fault('field.duplicate-id', 'each item once', '每项只出现一次') : undefined),
    ...value.flatMap((item: Json, index) => checkItem(field, item, `${pointer}/${index}`, entry)),
  ];
}

function checkItem(field: Field, item: Json, pointer: string, entry: EntryRules): FieldProblem[] {
  const members = field.list ?? [];
  if (!isObject(item))
    return at(pointer, fault('field.not-object', `{ ${keys(members)} }`, `{ ${keys(members)} }`));
  const named = 'id' in item;
  const problems = members
    .filter((member) => member.required && !named && !(member.key in item))
    .flatMap((member) => at(`${pointer}/${member.key}`, required(member)));
  for (const [key, value] of Object.entries(item)) {
    const place = `${pointer}/${segment(key)}`;
    const member = members.find((each) => each.key === key);
    if (key === 'id' && entry.partial === true) {
      const right = typeof value === 'string' && /^[0-9A-Za-z-]{1,64}$/.test(value);
      problems.push(
        ...at(place, right ? undefined : fault('field.invalid-id', 'the id of an item', '该项的标识')),
      );
    } else if (member === undefined) {
      problems.push(
        ...at(place, fault('field.unknown', `one of ${keys(members)}`, `以下之一:${keys(members)}`)),
      );
    } else {
      problems.push(...at(place, check(member, value, entry)));
    }
  }
  return problems;
}

function check(field: Field, value: Json, entry: EntryRules): Fault {
  if (value === null && entry.partial === true) return field.required ? required(field) : undefined;
  if (value === UNKNOWN && entry.historic && CAN_BE_UNKNOWN.has(field.key)) return undefined;
  return checkValue(field, normaliseValue(field, value));
}

const CAN_BE_UNKNOWN = new Set(['region', 'firstContactOn']);

const NO_CONTACT = fault(
  'field.required',
  'one means of contact: phone, email, address, a social account or a contact with phone or email',
  '至少一种联系方式:电话、邮箱、住址、社交账号,或联系人的电话、邮箱',
);

function required(field: Field | undefined): Fault {
  return fault('field.required', `${field?.label.en}: a value is required`, `${field?.label.zh}为必填项`);
}

function unknownField(subject: SubjectType, pointer: string): FieldProblem {
  const known = keys(fieldsOf(subject));
  return { pointer, ...fault('field.unknown', `one of ${known}`, `以下之一:${known}`) };
}

function keys(fields: readonly Field[]): string {
  return fields.map((field) => field.key).join(', ');
}

function at(pointer: string, found: Fault): FieldProblem[] {
  return found === undefined ? [] : [{ pointer, ...found }];
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 6901 escaping. */
function segment(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}
