import fc from 'fast-check';
import type { Json, JsonObject } from '#engine/json.js';
import { anyContent, companyContent, personContent } from '../../../../test/builders/content.js';
import { checkContent, checkPointer, flatten, missingFields, splitByPart } from './content.js';
import { type SubjectType, fieldAt, fieldsOf } from './fields.js';
import { normaliseValue } from './values.js';

const mint = (name: string) => `id-${name.replace('/', '-')}`;
const NEW = { historic: false };
const codes = (subject: SubjectType, content: JsonObject, entry = NEW) =>
  checkContent(subject, content, entry).map(({ pointer, code }) => `${pointer} ${code}`);

describe('a new entry', () => {
  it('needs name, subject type, region, first contact and one means of contact', () => {
    expect(codes('company', {})).toEqual([
      '/name field.required',
      '/subjectType field.required',
      '/region field.required',
      '/firstContactOn field.required',
      '/phone field.required',
    ]);
    expect(codes('company', companyContent())).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ['an email', { email: 'a@b.cn' }],
    ['an address', { address: '杭州市西湖区文三路1号' }],
    ['a social account', { socialAccounts: '微信 huaxing' }],
    ['a contact’s phone', { contacts: [{ name: '李四', phone: '13812345678' }] }],
  ])('may be reached by %s instead of a phone', (_, means) => {
    const { phone: _phone, ...rest } = companyContent();
    expect(codes('company', { ...rest, ...means })).toEqual([]);
  });

  it('cannot be reached by a contact’s name alone', () => {
    const { phone: _phone, ...rest } = companyContent();
    expect(codes('company', { ...rest, contacts: [{ name: '李四' }] })).toEqual(['/phone field.required']);
  });

  it('cannot leave a required value unknown', () => {
    expect(codes('company', companyContent({ firstContactOn: 'unknown' }))).toEqual([
      '/firstContactOn field.invalid-date',
    ]);
  });

  it('is about the subject type that it says', () => {
    expect(codes('company', companyContent({ subjectType: 'person' }))).toEqual([
      '/subjectType field.wrong-subject',
    ]);
  });
});

describe('a historic entry', () => {
  const HISTORIC = { historic: true };

  it('needs only name and subject type', () => {
    expect(codes('company', {}, HISTORIC)).toEqual(['/name field.required', '/subjectType field.required']);
    expect(codes('company', { name: 'VALON', subjectType: 'company' }, HISTORIC)).toEqual([]);
  });

  it('may say that first contact and region are unknown', () => {
    const content = { name: 'VALON', subjectType: 'company', firstContactOn: 'unknown', region: 'unknown' };
    expect(codes('company', content, HISTORIC)).toEqual([]);
  });

  it('is incomplete by the required values that it lacks', () => {
    expect(missingFields('company', ['/name', '/subjectType'])).toEqual([
      '/region',
      '/firstContactOn',
      '/phone',
    ]);
    expect(
      missingFields('company', ['/name', '/subjectType', '/region', '/firstContactOn', '/contacts/c/email']),
    ).toEqual([]);
  });
});

describe('a proposal', () => {
  const PARTIAL = { historic: false, partial: true };

  it('needs nothing but may not clear a required value', () => {
    expect(codes('company', { needs: null }, PARTIAL)).toEqual([]);
    expect(codes('company', { name: null }, PARTIAL)).toEqual(['/name field.required']);
  });

  it('names the item of a list that it changes, and keeps its id', () => {
    const content = { contacts: [{ id: 'c1', phone: '13812345678' }, { name: '李四' }] };
    expect(codes('company', content, PARTIAL)).toEqual([]);
    expect(flatten('company', content, mint).values).toEqual({
      '/contacts/c1/phone': '+8613812345678',
      '/contacts/id-contacts-1/name': '李四',
    });
  });

  it('cannot name an item twice, nor by something that is no id', () => {
    const content = { contacts: [{ id: 'c1' }, { id: 'c1' }, { id: '../x' }] };
    expect(codes('company', content, PARTIAL)).toEqual([
      '/contacts field.duplicate-id',
      '/contacts/2/id field.invalid-id',
    ]);
  });
});

describe('a value is refused', () => {
  it.each<[string, Json, string]>([
    ['nothing', 'x', 'field.unknown'],
    ['needs', 7, 'field.not-text'],
    ['needs', '  ', 'field.empty'],
    ['needs', 'x'.repeat(4001), 'field.too-long'],
    ['needs', 'a\u0000b', 'field.invalid-text'],
    ['needs', 'a\ud800b', 'field.invalid-text'],
    ['needs', null, 'field.not-text'],
    ['phone', 'call me', 'field.invalid-phone'],
    ['phone', '12', 'field.invalid-phone'],
    ['email', 'zhang.example.com', 'field.invalid-email'],
    ['email', 'zhang@localhost', 'field.invalid-email'],
    ['firstContactOn', '2025-02-30', 'field.invalid-date'],
    ['firstContactOn', '2025-03-03T10:00:00Z', 'field.invalid-date'],
    ['cooperationSince', '2025-13', 'field.invalid-date'],
    ['region', '990100', 'field.invalid-region'],
    ['region', '330006', 'field.invalid-region'],
    ['region', 'XX', 'field.invalid-region'],
    ['creditCode', '91330100799655058A', 'field.invalid-credit-code'],
    ['growthPotential', 6, 'field.invalid-score'],
    ['growthPotential', 2.5, 'field.invalid-score'],
    ['growthPotential', '3', 'field.invalid-score'],
    ['doNotContact', 'yes', 'field.not-boolean'],
    ['industry', 'Z', 'field.unknown-code'],
    ['contacts', { name: '李四' }, 'field.not-list'],
    ['contacts', Array.from({ length: 101 }, () => ({ name: '李四' })), 'field.too-many'],
  ])('%s: %j is %s', (key, value, code) => {
    expect(codes('company', companyContent({ [key]: value }))).toEqual([`/${key} ${code}`]);
  });

  it.each<[Json, string]>([
    ['李四', '/contacts/0 field.not-object'],
    [{ phone: '13812345678' }, '/contacts/0/name field.required'],
    [{ name: '李四', id: 'c1' }, '/contacts/0/id field.unknown'],
    [{ name: '李四', age: 3 }, '/contacts/0/age field.unknown'],
    [{ name: '李四', email: 'x' }, '/contacts/0/email field.invalid-email'],
  ])('in a list: %j is %s', (item, problem) => {
    expect(codes('company', companyContent({ contacts: [item] }))).toContain(problem);
  });

  it('and told what would be right in both languages', () => {
    expect(checkContent('company', companyContent({ scale: 'giant' }), NEW)).toEqual([
      {
        pointer: '/scale',
        code: 'field.unknown-code',
        expected: {
          en: 'one of large, medium, small, micro',
          zh: '以下代码之一:large(大型)、medium(中型)、small(小型)、micro(微型)',
        },
      },
    ]);
  });

  it('under its stored pointer too', () => {
    const check = (pointer: string, value: Json) =>
      checkPointer('company', pointer, value, NEW).map((each) => each.code);
    expect(check('/contacts/c1/phone', '+8613812345678')).toEqual([]);
    expect(check('/contacts/c1/phone', 'x')).toEqual(['field.invalid-phone']);
    expect(check('/contacts', [])).toEqual(['field.unknown']);
  });
});

describe('a value is accepted', () => {
  it.each<[string, Json]>([
    ['creditCode', '91350100M000100Y43'],
    ['creditCode', '9135 0100 m000 100y 43'],
    ['region', 'DE'],
    ['region', '330000'],
    ['cooperationSince', '2019'],
    ['phone', '(5) 555-4729'],
    ['email', '张@例子.中国'],
  ])('%s: %j', (key, value) => {
    expect(codes('company', companyContent({ [key]: value }))).toEqual([]);
  });
});

describe('a phone', () => {
  it('is stored as E.164 where it is valid in the region of the file', () => {
    const stored = (content: JsonObject) => flatten('person', content, mint).values['/phone'];
    expect(stored(personContent({ phone: '138 1234 5678' }))).toBe('+8613812345678');
    expect(stored(personContent({ phone: '020 7946 0018', region: 'GB' }))).toBe('+442079460018');
  });

  it('of a body without a region is read by the region that is already known', () => {
    expect(flatten('person', { phone: '020 7946 0018' }, mint, 'GB').values['/phone']).toBe('+442079460018');
  });

  it.each(['(5) 555-4729', '0571-88886666转8001'])(
    'that is no whole E.164 number stays as given, unverified: %s',
    (phone) => {
      expect(flatten('person', personContent({ phone }), mint)).toMatchObject({
        values: { '/phone': phone },
        unverified: ['/phone'],
      });
    },
  );
});

describe.each<SubjectType>(['company', 'person'])('for any content of a %s', (subject) => {
  const leaves = (content: JsonObject) =>
    Object.entries(content).flatMap(([key, value]): [string, Json][] =>
      Array.isArray(value)
        ? value.flatMap((item: JsonObject, index) =>
            Object.entries(item).map(([name, each]): [string, Json] => [
              `/${key}/${mint(`${key}/${index}`)}/${name}`,
              each,
            ]),
          )
        : [[`/${key}`, value]],
    );

  it('flattening loses no value and invents none', () => {
    fc.assert(
      fc.property(anyContent(subject), (content) => {
        const region = content['region'] as string;
        const expected = leaves(content).map(([pointer, value]) => {
          const field = fieldAt(subject, pointer);
          return [pointer, field === undefined ? value : normaliseValue(field, value, region)];
        });
        expect(flatten(subject, content, mint).values).toEqual(Object.fromEntries(expected));
      }),
    );
  });

  it('checks accept what was sent and what flattening made of it, and flattening again changes nothing', () => {
    fc.assert(
      fc.property(anyContent(subject), (content) => {
        expect(checkContent(subject, content, NEW)).toEqual([]);
        const { values } = flatten(subject, content, mint);
        for (const [pointer, value] of Object.entries(values)) {
          const field = fieldAt(subject, pointer);
          expect(checkPointer(subject, pointer, value, NEW)).toEqual([]);
          expect(field && normaliseValue(field, value, content['region'] as string)).toEqual(value);
        }
      }),
    );
  });

  it('each value stands in one place, and only open ones in clear', () => {
    fc.assert(
      fc.property(anyContent(subject), (content) => {
        const { values } = flatten(subject, content, mint);
        const { open, sealed } = splitByPart(subject, values);
        const places = [open, ...Object.values(sealed)];
        expect(Object.assign({}, ...places)).toEqual(values);
        expect(places.reduce((sum, place) => sum + Object.keys(place).length, 0)).toBe(
          Object.keys(values).length,
        );
        for (const pointer of Object.keys(open)) expect(fieldAt(subject, pointer)?.level).toBe('open');
      }),
    );
  });

  it('no unknown key is taken', () => {
    const known = new Set(fieldsOf(subject).map((field) => field.key));
    fc.assert(
      fc.property(
        fc.string().filter((key) => !known.has(key)),
        fc.jsonValue(),
        (key, value) => {
          const content = Object.fromEntries([[key, value]]) as JsonObject;
          expect(
            checkContent(subject, content, { historic: true, partial: true }).map(({ code }) => code),
          ).toEqual(['field.unknown']);
        },
      ),
    );
  });
});
