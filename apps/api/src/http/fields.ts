import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, Max, Min, ValidateBy, ValidateNested } from 'class-validator';
import type { Catalogue } from '#domain/schema/catalogues.js';
import { isDate } from '#domain/schema/dates.js';
import { expected } from './validation.js';

/** What a member of a body is, for the documentation and for whoever gets it wrong. */
export interface About {
  readonly en: string;
  readonly zh: string;
  readonly example?: unknown;
  readonly optional?: boolean;
}

/** A text of 1 to `max` characters that is not blank. */
export function TextField(max: number, about: About): PropertyDecorator {
  return field(about, { type: String, maxLength: max }, [
    check(
      'isText',
      (value) => isText(value, max),
      `${about.en}, 1 to ${max} characters`,
      `${about.zh}，1至${max}个字符`,
    ),
  ]);
}

/** One code of a list. */
export function CodeField(codes: readonly string[], about: About): PropertyDecorator {
  const list = codes.join(', ');
  return field({ example: codes[0], ...about }, { type: String, enum: [...codes] }, [
    IsIn(codes, expected(`${about.en}: one of ${list}`, `${about.zh}：${list} 之一`)),
  ]);
}

/** The codes of a catalogue, or of any list of labelled codes. */
export function codesOf(entries: Catalogue): string[] {
  return entries.map(({ code }) => code);
}

/** Staff ids: what a person signs in with, and what every event says. */
export const STAFF_ID = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** The id of a member of staff. */
export function StaffIdField(about: About): PropertyDecorator {
  return field({ example: 'custodian-1', ...about }, { type: String, pattern: STAFF_ID.source }, [
    check(
      'isStaffId',
      (value) => typeof value === 'string' && STAFF_ID.test(value),
      `${about.en}: 1 to 32 lower-case letters, digits and dashes`,
      `${about.zh}：1至32个小写字母、数字或连字符`,
    ),
  ]);
}

/** A calendar date. */
export function DateField(about: About): PropertyDecorator {
  return field({ example: '2025-03-03', ...about }, { type: String, format: 'date' }, [
    check(
      'isCalendarDate',
      (value) => typeof value === 'string' && isDate(value),
      `${about.en} as YYYY-MM-DD`,
      `${about.zh}，格式为 YYYY-MM-DD`,
    ),
  ]);
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/** A UTC instant. */
export function InstantField(about: About): PropertyDecorator {
  return field({ example: '2025-03-03T02:00:00Z', ...about }, { type: String, format: 'date-time' }, [
    check(
      'isInstant',
      (value) => typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value)),
      `${about.en} as a UTC instant, such as 2025-03-03T02:00:00Z`,
      `${about.zh}，UTC 时刻，例如 2025-03-03T02:00:00Z`,
    ),
  ]);
}

/** A whole number. */
export function NumberField(min: number, max: number, about: About): PropertyDecorator {
  const wrong = expected(
    `${about.en}, a whole number from ${min} to ${max}`,
    `${about.zh}，${min}至${max}的整数`,
  );
  return field({ example: min, ...about }, { type: Number, minimum: min, maximum: max }, [
    IsInt(wrong),
    Min(min, wrong),
    Max(max, wrong),
  ]);
}

/** True or false. */
export function FlagField(about: About): PropertyDecorator {
  return field({ example: false, ...about, optional: true }, { type: Boolean }, [
    check(
      'isFlag',
      (value) => typeof value === 'boolean',
      `${about.en}: true or false`,
      `${about.zh}：true 或 false`,
    ),
  ]);
}

/** Another object, checked by its own class. */
export function NestedField(type: () => new () => object, about: About): PropertyDecorator {
  // Written as a member named `type`: by that name the documentation knows a class that is given later.
  return field(about, { type: () => type() }, [
    Type(type),
    IsObject(expected(`${about.en}, an object`, `${about.zh}，对象`)),
    ValidateNested(),
  ]);
}

/** A list of texts, each of one form, none twice. */
export function TextsField(max: number, form: RegExp, about: About): PropertyDecorator {
  return field(about, { type: [String], maxItems: max }, [
    check(
      'isListOf',
      (value) => isListOf(value, max, form),
      `${about.en}, at most ${max}, each once`,
      `${about.zh}，最多${max}项，不得重复`,
    ),
  ]);
}

/** Names of one form -> texts. */
export function TextMapField(
  most: { readonly entries: number; readonly length: number },
  form: RegExp,
  about: About,
): PropertyDecorator {
  const right = (value: unknown) =>
    isObject(value) &&
    Object.keys(value).length <= most.entries &&
    Object.entries(value).every(([name, text]) => form.test(name) && isText(text, most.length));
  return field(about, { type: 'object', additionalProperties: { type: 'string' } }, [
    check(
      'isTextMap',
      right,
      `${about.en}, at most ${most.entries}, each 1 to ${most.length} characters`,
      `${about.zh}，最多${most.entries}项，每项1至${most.length}个字符`,
    ),
  ]);
}

/** Any JSON object; what is in it is checked elsewhere. */
export function ObjectField(about: About): PropertyDecorator {
  return field(about, { type: 'object', additionalProperties: true }, [
    IsObject(expected(`${about.en}, an object`, `${about.zh}，对象`)),
  ]);
}

/** A check of one's own, which says what would be right. */
export function check(
  name: string,
  right: (value: unknown) => boolean,
  en: string,
  zh: string,
): PropertyDecorator {
  return ValidateBy({ name, validator: { validate: right } }, expected(en, zh));
}

function field(
  { en, zh, example, optional = false }: About,
  schema: object,
  checks: readonly PropertyDecorator[],
): PropertyDecorator {
  const options = { description: `${en} · ${zh}`, ...(example === undefined ? {} : { example }), ...schema };
  return optional
    ? applyDecorators(ApiPropertyOptional(options), IsOptional(), ...checks)
    : applyDecorators(ApiProperty(options), ...checks);
}

function isText(value: unknown, max: number): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= max && value.isWellFormed();
}

function isListOf(value: unknown, max: number, form: RegExp): boolean {
  return (
    Array.isArray(value) &&
    value.length <= max &&
    value.every((each) => typeof each === 'string' && form.test(each)) &&
    new Set(value).size === value.length
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
