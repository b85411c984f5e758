import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * A phone number as E.164 where it is valid, else as given (trimmed, half-width) and not `valid`.
 * A number with an extension has no E.164 form and stays as given.
 * @param region GB/T 2260 or ISO 3166 code of the place whose national numbers are meant; default China
 */
export function parsePhone(
  given: string,
  region?: string,
): { readonly number: string; readonly valid: boolean } {
  const text = given.normalize('NFKC').trim();
  const country = region !== undefined && isSupportedCountry(region) ? region : 'CN';
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  return parsed?.isValid() && parsed.ext === undefined
    ? { number: parsed.number, valid: true }
    : { number: text, valid: false };
}

/** Whether a person could dial it: at least three digits and nothing that a written number does not have. */
export function looksLikePhone(text: string): boolean {
  return /^[\d+()\-./\s#*,;]+(?:(?:ext|x|转)\.?\s*\d+)?$/i.test(text) && text.replace(/\D/g, '').length >= 3;
}
