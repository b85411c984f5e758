import type { Json } from '#engine/json.js';
import { firstLetter, surnameOf } from '../matching/names.js';
import type { Mask, SubjectType } from './field.js';
import { fieldAt } from './fields.js';

/**
 * What is shown of a value to those who may not read it, or `null` where nothing is. Open values are shown whole;
 * what the schema does not know is hidden.
 * @param today local date, `YYYY-MM-DD`, for the age band
 */
export function maskValue(subject: SubjectType, pointer: string, value: Json, today: string): Json {
  const field = fieldAt(subject, pointer);
  if (field === undefined || field.list !== undefined) return null;
  if (field.mask === 'none') return value;
  return typeof value === 'string' ? MASKS[field.mask](value, today) : null;
}

const MASKS: Readonly<Record<Exclude<Mask, 'none'>, (text: string, today: string) => string | null>> = {
  hidden: () => null,
  name: maskName,
  surname: (name) => `${surnameOf(name)}*`,
  phone: maskPhone,
  email: (address) => {
    const local = address.slice(0, address.lastIndexOf('@'));
    return local.length > 1 ? `${firstLetter(local)}***@` : '***@';
  },
  district: districtOf,
  month: (date) => /^(?:\d{4}|-)-(\d\d)-\d\d$/.exec(date)?.[1] ?? null,
  year: (date) => /^\d{4}/.exec(date)?.[0] ?? null,
  'age-band': ageBand,
  'last-4': (text) => {
    const signs = text.match(/[\p{L}\p{N}]/gu) ?? [];
    return signs.length >= 8 ? `****${signs.slice(-4).join('')}` : '****';
  },
};

/** 张*明, 张* for a name of two letters, 欧阳*; in Western order the initial and the surname: M* Anders. */
function maskName(name: string): string {
  const surname = surnameOf(name);
  const whole = name.trim();
  if (!whole.startsWith(surname)) return `${/^\p{L}(?=\p{L})/u.exec(whole)?.[0] ?? ''}* ${surname}`;
  const given = whole.slice(surname.length).replace(/\s/g, '');
  return `${surname}*${/^\p{Script=Han}+(\p{Script=Han})$/u.exec(given)?.[1] ?? ''}`;
}

/** 138****5678; at least four digits stay hidden, of short numbers all. */
function maskPhone(number: string): string {
  const national = number.replace(/^\+86/, '');
  const shown = /^\+?\d+$/.test(national) ? national : national.replace(/\D/g, '');
  if (shown.length >= 11) return `${shown.slice(0, 3)}****${shown.slice(-4)}`;
  return shown.length >= 8 ? `****${shown.slice(-4)}` : '****';
}

const PLACE = '[^\\s\\d,,路街道弄巷号村镇乡园苑幢栋楼室座层]';
const CITY = '(?<![超菜夜花城])市';
const DISTRICT = new RegExp(
  `^(${PLACE}{2,6}?(?:省|自治区|特别行政区))?(${PLACE}{1,5}?(?:${CITY}|地区|盟)|${PLACE}{2,12}?自治州)?` +
    `(${PLACE}{1,5}?(?:(?<![小社园校])区|县|旗|${CITY})|${PLACE}{2,13}?自治[县旗])?`,
  'u',
);

/** The leading province, city and district of a Chinese address; `null` where none can be told from the street. */
function districtOf(address: string): string | null {
  return DISTRICT.exec(address.trim())?.[0] || null;
}

/** Age in bands of ten years: `30-39`. */
function ageBand(birthDate: string, today: string): string | null {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  const age = today.slice(5) < birthDate.slice(5) ? years - 1 : years;
  if (Number.isNaN(age) || age < 0) return null;
  if (age < 20) return '0-19';
  const from = Math.floor(age / 10) * 10;
  return from >= 80 ? '80+' : `${from}-${from + 9}`;
}
