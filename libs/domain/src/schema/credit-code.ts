const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The check digit of the first 17 characters of a unified social credit code (GB 32100-2015, weights 3^i mod 31). */
export function creditCodeCheckDigit(body: string): string {
  let sum = 0;
  let weight = 1;
  for (const letter of body) {
    sum += ALPHABET.indexOf(letter) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Whether it is a unified social credit code (18 characters, upper case) with the right check digit. */
export function isCreditCode(text: string): boolean {
  return (
    /^[0-9A-HJ-NP-RTUWXY]{18}$/.test(text) && creditCodeCheckDigit(text.slice(0, 17)) === text.charAt(17)
  );
}
