import type { Effort } from './main.js';

/** Something to be measured: works for about this long, and tells how many operations it did a second. */
export interface Contender {
  readonly name: string;
  run(ms: number): Promise<number>;
}

/** Operations a second of each contender, round by round, in the order of the contenders. */
export type Rates = readonly (readonly number[])[];

/** Lets the contenders take turns, so that a slow minute of the machine meets all of them; one turn each to warm up. */
export async function interleaved(contenders: readonly Contender[], effort: Effort): Promise<Rates> {
  const rates = contenders.map((): number[] => []);
  for (const { run } of contenders) await run(effort.roundMs / 2);
  for (let round = 0; round < effort.rounds; round++) {
    for (const [i, { run }] of contenders.entries()) rates[i]?.push(await run(effort.roundMs));
  }
  return rates;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper;
}

/** `12,300 (11,000-13,100)`: median, least and greatest. */
export function spread(values: readonly number[], digits = 0): string {
  const text = (value: number) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${text(median(values))} (${text(Math.min(...values))}-${text(Math.max(...values))})`;
}

/** Round by round, how many times as fast the one was as the other. */
export function ratios(of: readonly number[], to: readonly number[]): number[] {
  return of.map((rate, round) => rate / (to[round] ?? Number.NaN));
}

/** Prints rows in columns; the first row is the heading. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
