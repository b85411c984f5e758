import type { Json } from '#engine/json.js';
import { type SubjectType, fieldAt } from '../schema/fields.js';
import { normaliseName } from './names.js';

/**
 * Texts that likely duplicates have in common: `name:`, `phone:`, `email:` and `credit-code:` with the value in the form
 * in which it is compared. Two files that share one are shown to people as likely duplicates. Only blind tokens of them
 * are ever stored.
 * @param values pointer -> stored value, as `flatten` gives them
 */
export function matchKeys(subject: SubjectType, values: Readonly<Record<string, Json>>): string[] {
  const keys = new Set<string>();
  for (const [pointer, value] of Object.entries(values)) {
    const key = typeof value === 'string' ? matchKeyOf(subject, pointer, value) : undefined;
    if (key !== undefined) keys.add(key);
  }
  return [...keys].sort();
}

/** The text by which one value is found and compared; undefined for values that are not searched. */
export function matchKeyOf(subject: SubjectType, pointer: string, value: string): string | undefined {
  const field = fieldAt(subject, pointer);
  if (field?.check === 'credit-code') return `credit-code:${value}`;
  if (!field?.searchable) return undefined;
  if (field.kind === 'email') return `email:${value.toLowerCase()}`;
  if (field.kind === 'phone') return `phone:${value.startsWith('+') ? value : value.replace(/\D/g, '')}`;
  const name = pointer === '/name' && subject === 'company' ? companyName(value) : normaliseName(value);
  return name === '' ? undefined : `name:${name}`;
}

const LEGAL_FORM =
  /(股份有限责任公司|股份有限公司|有限责任公司|有限公司|集团公司|集团|公司|companylimited|coltd|limited|ltd|inc|llc|gmbh|corporation|corp)$/;

/** A company's name without its legal form, which people write in many ways or leave out. */
function companyName(name: string): string {
  const whole = normaliseName(name);
  return whole.replace(LEGAL_FORM, '') || whole;
}
