import type { Json } from '#engine/json.js';
import { CATALOGUES } from './catalogues.js';
import { isCreditCode } from './credit-code.js';
import { isDate, isInstant, isPartialDate, isYearlyDate } from './dates.js';
import type { Field, Label, SpecialCheck } from './field.js';
import { looksLikePhone, parsePhone } from './phone.js';
import { isRegion } from './regions.js';

/** Stands for a required value of a historic entry that nobody knows any more. */
export const UNKNOWN = 'unknown';

/** What is wrong with one value; undefined when nothing is. */
export type Fault = { readonly code: string; readonly expected: Label } | undefined;

/**
 * The form in which a value is stored: texts trimmed and in Unicode NFC, codes in half-width letters, phones as
 * E.164 where valid. Doing it twice changes nothing. What is of the wrong type stays as it is.
 * @param region place whose national phone numbers are meant
 */
export function normaliseValue(field: Field, value: Json, region?: string): Json {
  if (typeof value !== 'string') return value;
  if (field.kind === 'phone') return parsePhone(value, region).number;
  if (field.check === 'credit-code') return value.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (field.kind === 'text') return value.replace(/\r\n?/g, '\n').normalize('NFC').trim();
  return value.normalize('NFKC').trim();
}

/** Whether a stored phone is no valid number of any country, so that nobody can rely on it. */
export function isUnverifiedPhone(field: Field, value: Json): boolean {
  return field.kind === 'phone' && typeof value === 'string' && !parsePhone(value).valid;
}

/** Checks one normalised value of a field that is no list. */
export function checkValue(field: Field, value: Json): Fault {
  if (field.kind === 'boolean') {
    return typeof value === 'boolean'
      ? undefined
      : fault('field.not-boolean', 'true or false', '是或否(true、false)');
  }
  if (field.kind === 'score') {
    const right = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5;
    return right ? undefined : fault('field.invalid-score', 'a whole number from 1 to 5', '1至5的整数');
  }
  if (typeof value !== 'string') return fault('field.not-text', 'a text', '文字');
  if (value === '') return fault('field.empty', 'a value, or leave the field out', '填写内容,或不填此项');
  if (value.length > field.max) {
    return fault('field.too-long', `at most ${field.max} characters`, `不超过${field.max}个字符`);
  }
  if (hasControlCharacter(value)) {
    return fault('field.invalid-text', 'no control characters or broken letters', '不含控制字符或残缺字符');
  }
  if (field.catalogue !== undefined) return checkCode(field.catalogue, value);
  const check = CHECKS[field.check ?? field.kind];
  return check === undefined || check.passes(value)
    ? undefined
    : { code: check.code, expected: check.expected };
}

interface Check {
  readonly code: string;
  readonly expected: Label;
  passes(value: string): boolean;
}

const CHECKS: Partial<Record<SpecialCheck | Field['kind'], Check>> = {
  phone: {
    passes: looksLikePhone,
    ...fault(
      'field.invalid-phone',
      'a phone number such as 13812345678 or +49 30 1234567',
      '电话号码,如13812345678',
    ),
  },
  email: {
    passes: (text) => /^[^\s@<>(),;:"]{1,64}@([^\s@<>(),;:".]+\.)+[^\s@<>(),;:".]{2,}$/.test(text),
    ...fault(
      'field.invalid-email',
      'an email address such as zhang@example.com',
      '邮箱地址,如zhang@example.com',
    ),
  },
  date: { passes: isDate, ...fault('field.invalid-date', 'a date such as 2025-03-08', '日期,如2025-03-08') },
  'partial-date': {
    passes: isPartialDate,
    ...fault(
      'field.invalid-date',
      'a year, month or date: 2025, 2025-03, 2025-03-08',
      '年、月或日期,如2025、2025-03',
    ),
  },
  'yearly-date': {
    passes: isYearlyDate,
    ...fault(
      'field.invalid-date',
      'a date, or a day of every year: 2025-03-08, --03-08',
      '日期或每年的一天,如--03-08',
    ),
  },
  'date-or-instant': {
    passes: (text) => isDate(text) || isInstant(text),
    ...fault(
      'field.invalid-time',
      'a date or a UTC time: 2025-03-08, 2025-03-08T01:30:00Z',
      '日期或UTC时间,如2025-03-08、2025-03-08T01:30:00Z',
    ),
  },
  money: {
    passes: isMoney,
    ...fault('field.invalid-money', 'a decimal amount such as 1200.50', '金额,如1200.50'),
  },
  currency: {
    passes: (text) => /^[A-Z]{3}$/.test(text),
    ...fault('field.invalid-currency', 'an ISO 4217 code such as CNY', '货币代码,如CNY'),
  },
  region: {
    passes: isRegion,
    ...fault(
      'field.invalid-region',
      'a GB/T 2260 code such as 330106, or an ISO 3166 country such as DE',
      '行政区划代码(如330106)或国家代码(如DE)',
    ),
  },
  'credit-code': {
    passes: isCreditCode,
    ...fault(
      'field.invalid-credit-code',
      'a unified social credit code: 18 characters with the right check digit',
      '18位统一社会信用代码,校验位须正确',
    ),
  },
};

/** Whether it is an amount as a decimal string: at most 15 digits before the point and 4 behind it, may be negative. */
export function isMoney(text: string): boolean {
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,4})?$/.test(text);
}

function checkCode(name: string, value: string): Fault {
  const entries = CATALOGUES[name] ?? [];
  if (entries.some((entry) => entry.code === value)) return undefined;
  return fault(
    'field.unknown-code',
    `one of ${entries.map((entry) => entry.code).join(', ')}`,
    `以下代码之一:${entries.map((entry) => `${entry.code}(${entry.label.zh})`).join('、')}`,
  );
}

function hasControlCharacter(text: string): boolean {
  return /[\p{Surrogate}\p{Cc}]/u.test(text.replace(/[\n\t]/g, ''));
}

/** A fault with what would be right, in both languages. */
export function fault(code: string, en: string, zh: string): NonNullable<Fault> {
  return { code, expected: { en, zh } };
}
