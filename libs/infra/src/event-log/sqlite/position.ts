const DIGITS = 20;

/** A row number as a position: padded, so that positions sort as texts. */
export function toPosition(row: number): string {
  return String(row).padStart(DIGITS, '0');
}

/** @throws RangeError where the text is no position of such a log */
export function fromPosition(position: string): number {
  const row = /^\d{20}$/.test(position) ? Number(position) : Number.NaN;
  if (!Number.isSafeInteger(row))
    throw new RangeError(`${JSON.stringify(position)} is no position of this log`);
  return row;
}
