import fc from 'fast-check';
import { addMoney, subtractMoney } from './money.js';
import { isMoney } from './schema/values.js';

/** Any amount that may be entered, with its size in ten-thousandths. */
const amount = fc
  .record({
    sign: fc.constantFrom('', '-'),
    whole: fc.bigInt({ min: 0n, max: 999_999_999_999_999n }),
    fraction: fc.stringMatching(/^\d{0,4}$/),
  })
  .map(({ sign, whole, fraction }) => {
    const size = whole * 10_000n + BigInt(fraction.padEnd(4, '0'));
    const text = `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
    return { text, size: sign === '-' ? -size : size };
  });

const sizeOf = (text: string) => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(4, '0'));
  return text.startsWith('-') ? -size : size;
};

describe('amounts', () => {
  it('are added and subtracted exactly, whatever their sizes', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(isMoney(a.text)).toBe(true);
        expect(sizeOf(addMoney(a.text, b.text))).toBe(a.size + b.size);
        expect(sizeOf(subtractMoney(a.text, b.text))).toBe(a.size - b.size);
      }),
    );
  });

  it('are equal exactly when their sums are the same text', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(addMoney(a.text, '0') === addMoney(b.text, '0')).toBe(a.size === b.size);
        expect(addMoney(a.text, b.text)).toBe(addMoney(b.text, a.text));
      }),
    );
  });

  it.each([
    ['440', '0.5', '440.50'],
    ['0.1', '0.2', '0.30'],
    ['0.1234', '0.0006', '0.124'],
    ['-0', '0', '0.00'],
    ['5', '-5.00', '0.00'],
    ['0', '-0.05', '-0.05'],
    ['999999999999999', '0.0001', '999999999999999.0001'],
  ])('%s and %s are %s', (a, b, sum) => {
    expect(addMoney(a, b)).toBe(sum);
  });

  it.each(['', '1e3', '1,5', '.5', '1.', '+1', '0.12345', 'NaN'])('%j is no amount', (text) => {
    expect(() => addMoney(text, '1')).toThrow(RangeError);
    expect(() => subtractMoney('1', text)).toThrow(RangeError);
  });
});
