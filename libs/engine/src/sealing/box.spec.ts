import fc from 'fast-check';
import type { Box, SealedValues } from '../event.js';
import type { Json } from '../json.js';
import {
  BoxForged,
  disclose,
  isDisclosedIn,
  openBox,
  sealBox,
  type BoxContent,
  type BoxPlace,
} from './box.js';

const dataKey = Buffer.alloc(32, 7);
const place: BoxPlace = { stream: 'counter-1', eventId: 'e1', part: 'note' };
const values: SealedValues = { '/name': '张明', '/phone': '13812345678', '/visits': 3 };
const seal = (content: Partial<BoxContent> = {}, at = place): Box =>
  sealBox(dataKey, 'k1', at, { values, bodyMac: null, ...content });

const text = fc.string({ unit: 'binary', maxLength: 20 });
const json: fc.Arbitrary<Json> = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(text, fc.integer(), { maxKeys: 3 }),
);
const anyValues = fc.dictionary(
  text.map((name) => `/${name}`),
  json,
  { maxKeys: 12 },
);
const anyMac = fc.option(
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex')),
);

describe('A box', () => {
  it('gives back what was sealed', () => {
    fc.assert(
      fc.property(anyValues, anyMac, (sealed, bodyMac) => {
        const content = { values: sealed, bodyMac };
        expect(openBox(dataKey, place, seal(content))).toEqual({ values: { ...sealed }, bodyMac });
      }),
    );
  });

  it('is the same bytes when sealed again, so that a batch can be built anew', () => {
    expect(seal()).toEqual(seal());
  });

  it.each([
    ['stream', { ...place, stream: 'counter-2' }],
    ['event', { ...place, eventId: 'e2' }],
    ['part', { ...place, part: 'person-1' }],
  ])('does not open in another %s', (_, elsewhere) => {
    expect(() => openBox(dataKey, elsewhere, seal())).toThrow(BoxForged);
  });

  it('does not open under another key', () => {
    expect(() => openBox(Buffer.alloc(32, 8), place, seal())).toThrow(BoxForged);
  });

  it('does not open once any bit of it was altered', () => {
    const box = seal();
    const bytes = Buffer.from(box.c, 'base64');
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const altered = Buffer.from(bytes);
        altered[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => openBox(dataKey, place, { ...box, c: altered.toString('base64') })).toThrow(BoxForged);
      }),
    );
  });

  it('does not open when it was cut short', () => {
    const { c } = seal();
    const bytes = Buffer.from(c, 'base64');
    for (const length of [0, 1, 15, 16, 17, bytes.length - 1]) {
      const cut = { ...seal(), c: bytes.subarray(0, length).toString('base64') };
      expect(() => openBox(dataKey, place, cut)).toThrow(BoxForged);
    }
  });

  it('looks different for equal values in two events, in its root too', () => {
    const elsewhere = seal({}, { ...place, eventId: 'e2' });
    expect(elsewhere.c).not.toBe(seal().c);
    expect(elsewhere.m).not.toBe(seal().m);
  });

  it('says nothing of its content when it does not open', () => {
    expect(() => openBox(dataKey, { ...place, eventId: 'e2' }, seal())).not.toThrow(/张明|13812345678/);
  });
});

describe('One disclosed value', () => {
  it('verifies against the root without a key and without the other values', () => {
    fc.assert(
      fc.property(anyValues, fc.nat(), (sealed, pick) => {
        const pointers = Object.keys(sealed);
        fc.pre(pointers.length > 0);
        const pointer = pointers[pick % pointers.length]!;
        const disclosure = disclose(dataKey, place, sealed, pointer)!;
        expect(isDisclosedIn(seal({ values: sealed }).m, JSON.parse(JSON.stringify(disclosure)))).toBe(true);
      }),
    );
  });

  const { m } = seal();
  const phone = disclose(dataKey, place, values, '/phone')!;

  it.each([
    ['another value', { ...phone, value: '13812345679' }],
    ['another pointer', { ...phone, pointer: '/name' }],
    ['another salt', { ...phone, salt: '00'.repeat(16) }],
    ['a salt of another length', { ...phone, salt: `${phone.salt}00` }],
    ['a commitment left out', { ...phone, commitments: phone.commitments.slice(1) }],
    ['the commitments in another order', { ...phone, commitments: phone.commitments.toReversed() }],
    ['commitments cut at other places', { ...phone, commitments: [phone.commitments.join('')] }],
    ['a commitment that is no hexadecimal', { ...phone, commitments: [...phone.commitments, 'zz'] }],
    ['a value that has no canonical form', { ...phone, value: 1.5 }],
  ])('is false with %s', (_, disclosure) => {
    expect(isDisclosedIn(m, disclosure)).toBe(false);
  });

  it('does not verify against the root of another box', () => {
    expect(isDisclosedIn(seal({}, { ...place, eventId: 'e2' }).m, phone)).toBe(false);
  });

  it('cannot be made for what the box does not hold', () => {
    expect(disclose(dataKey, place, values, '/email')).toBeUndefined();
    expect(disclose(dataKey, place, values, 'constructor')).toBeUndefined();
  });

  it('tells nothing of the other values to one who guesses them', () => {
    const guess = { ...phone, pointer: '/name', value: '张明' };
    expect(isDisclosedIn(m, guess)).toBe(false);
  });
});
