import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
// By its path: the package offers itself to `import` only, and specs run as CommonJS.
import canonicalize from '../../../../node_modules/canonicalize/lib/canonicalize.js';
import { canonical, NotCanonical } from './canonical.js';

const wellFormed = fc.string({ unit: 'binary', maxLength: 12 });
/** Integers of every size, also the edges; -0 excluded. */
const safeInteger = fc.oneof(fc.maxSafeInteger(), fc.integer()).map((n) => n + 0);
const anyJson = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, false),
    safeInteger,
    wellFormed,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(wellFormed, tie('value'), { maxKeys: 6 }),
  ),
})).value;

describe('The canonical form', () => {
  it('is the one that RFC 8785 gives, for every value it allows', () => {
    fc.assert(
      fc.property(anyJson, (value) => expect(canonical(value)).toBe(canonicalize(value))),
      {
        numRuns: 1_000,
      },
    );
  });

  it('reads back as the same value and is its own canonical form', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonical(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonical(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('does not depend on the order in which members were set', () => {
    fc.assert(
      fc.property(fc.dictionary(wellFormed, safeInteger), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse());
        expect(canonical(reversed)).toBe(canonical(object));
      }),
    );
  });

  it.each([
    ['nothing at all', undefined, 'is undefined'],
    ['a member without a value', { a: undefined }, '/a is undefined'],
    ['a hole in a list', Array(2), '/0 is undefined'],
    ['a function', () => 1, 'is function'],
    ['a symbol', { a: Symbol('s') }, '/a is symbol'],
    ['a bigint', { a: [1n] }, '/a/0 is bigint'],
    ['no number', NaN, 'no safe integer'],
    ['infinity', { a: { b: -Infinity } }, '/a/b is a number but no safe integer'],
    ['a date, which JSON would rewrite', { on: new Date(0) }, '/on is no plain object'],
    ['a map, which JSON would empty', new Map([['a', 1]]), 'is no plain object'],
    ['bytes', { c: Buffer.from('a') }, '/c is no plain object'],
    ['a boxed string', Object('a'), 'is no plain object'],
  ])('refuses %s', (_, value, reason) => {
    expect(() => canonical(value)).toThrow(NotCanonical);
    expect(() => canonical(value)).toThrow(reason);
  });

  it('takes plain objects from everywhere: without a prototype, or of another realm', () => {
    expect(canonical(Object.assign(Object.create(null) as object, { a: 1 }))).toBe('{"a":1}');
    expect(canonical(runInNewContext('({ b: { c: [] }, a: 1 })'))).toBe('{"a":1,"b":{"c":[]}}');
  });

  it('refuses a value that holds itself, instead of running out of stack', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => canonical(loop)).toThrow('nested deeper than 100');
  });

  it('names the place in its refusal, never the value', () => {
    const refusal = () => canonical({ customer: [{ phone: '13812345678', note: 'secret\ud800' }] });
    expect(refusal).toThrow('/customer/0/note holds a lone surrogate');
    expect(refusal).not.toThrow(/secret|13812345678/);
  });
});
