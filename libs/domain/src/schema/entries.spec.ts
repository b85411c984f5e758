import fc from 'fast-check';
import type { JsonObject } from '#engine/json.js';
import { anyValue } from '../../../../test/builders/content.js';
import { CATALOGUES } from './catalogues.js';
import { ENTRIES, type EntryKind, checkEntry, flattenEntry } from './entries.js';

const KINDS = Object.keys(ENTRIES) as EntryKind[];
const sale = {
  time: '1996-07-04',
  item: 'Queso Cabrales',
  amount: '440.00',
  currency: 'USD',
  payment: 'transfer',
};
const codes = (kind: EntryKind, entry: JsonObject) =>
  checkEntry(kind, entry).map(({ pointer, code }) => `${pointer} ${code}`);

describe('an entry', () => {
  it('needs what its kind asks for', () => {
    expect(codes('transaction', sale)).toEqual([]);
    expect(codes('transaction', {})).toEqual(
      ['time', 'item', 'amount', 'currency'].map((key) => `/${key} field.required`),
    );
    expect(codes('interaction', { time: '2025-03-03T01:30:00Z', channel: 'phone', summary: '询价' })).toEqual(
      [],
    );
  });

  it.each<[JsonObject, string]>([
    [{ amount: 440 }, '/amount field.not-text'],
    [{ amount: '440,00' }, '/amount field.invalid-money'],
    [{ amount: '1e3' }, '/amount field.invalid-money'],
    [{ amount: '007' }, '/amount field.invalid-money'],
    [{ currency: 'yuan' }, '/currency field.invalid-currency'],
    [{ time: 'yesterday' }, '/time field.invalid-time'],
    [{ time: '2025-02-30T10:00:00Z' }, '/time field.invalid-time'],
    [{ payment: 'shells' }, '/payment field.unknown-code'],
    [{ mood: 'good' }, '/mood field.unknown'],
  ])('with %j is refused: %s', (wrong, problem) => {
    expect(codes('transaction', { ...sale, ...wrong })).toEqual([problem]);
  });

  it('may have a negative amount: a return', () => {
    expect(codes('transaction', { ...sale, amount: '-440.5' })).toEqual([]);
  });

  it.each(KINDS)('is sealed whole but for its time, its codes from catalogues that exist: %s', (kind) => {
    for (const field of ENTRIES[kind]) {
      expect(field.level === 'open').toBe(field.key === 'time');
      if (field.catalogue !== undefined) expect(CATALOGUES[field.catalogue]).toBeDefined();
    }
  });

  it.each(KINDS)(
    'of any allowed content is accepted before and after it is brought into its stored form: %s',
    (kind) => {
      const any = fc.record(Object.fromEntries(ENTRIES[kind].map((field) => [field.key, anyValue(field)])));
      fc.assert(
        fc.property(any, (entry) => {
          expect(checkEntry(kind, entry)).toEqual([]);
          const stored = Object.entries(flattenEntry(kind, entry)).map(([pointer, value]) => [
            pointer.slice(1),
            value,
          ]);
          expect(stored).toHaveLength(Object.keys(entry).length);
          expect(checkEntry(kind, Object.fromEntries(stored) as JsonObject)).toEqual([]);
        }),
      );
    },
  );
});
