/** Digits behind the point that an amount may have; see `isMoney`. */
const SCALE = 4;
/** Digits that are shown at least. */
const SHOWN = 2;
const UNIT = 10n ** BigInt(SCALE);

/**
 * The exact sum of two decimal amounts of one currency.
 * @returns its one normal form: two digits behind the point, more only where they are needed; equal amounts are equal
 *   texts
 * @throws RangeError for what is no decimal with at most four digits behind the point
 */
export function addMoney(a: string, b: string): string {
  return format(units(a) + units(b));
}

/** The exact difference of two decimal amounts; as `addMoney`. */
export function subtractMoney(a: string, b: string): string {
  return format(units(a) - units(b));
}

/** Ten-thousandths of the currency's unit. */
function units(amount: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(amount) ?? [];
  if (whole === undefined) throw new RangeError('not a decimal amount');
  const size = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return sign === '-' ? -size : size;
}

function format(amount: bigint): string {
  const size = amount < 0n ? -amount : amount;
  const fraction = String(size % UNIT).padStart(SCALE, '0');
  const needed = fraction.replace(/0+$/, '').padEnd(SHOWN, '0');
  return `${amount < 0n ? '-' : ''}${size / UNIT}.${needed}`;
}
