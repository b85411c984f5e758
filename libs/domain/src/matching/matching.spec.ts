import fc from 'fast-check';
import { flatten } from '../schema/content.js';
import { matchKeys } from './match-keys.js';
import { nameOrderKey } from './name-order.js';
import { normaliseName, surnameOf } from './names.js';

const keysOf = (subject: 'company' | 'person', content: Record<string, string>) =>
  matchKeys(subject, flatten(subject, content, (name) => name).values);

describe('a name is compared', () => {
  it.each([
    ['Alfreds  Futterkiste', 'ALFREDS FUTTERKISTE'],
    ['张 小明', '张小明'],
    ['ABC贸易', 'ABC贸易'],
    ['Café (Paris)', 'café paris'],
  ])('without regard to case, width, spaces and punctuation: %s and %s', (one, other) => {
    expect(normaliseName(one)).toBe(normaliseName(other));
  });

  it('with regard to its letters', () => {
    expect(normaliseName('张小明')).not.toBe(normaliseName('张晓明'));
  });
});

describe('a surname', () => {
  it.each([
    ['张小明', '张'],
    ['欧阳小明', '欧阳'],
    ['司马光', '司马'],
    ['东方', '东'],
    ['Maria Anders', 'Anders'],
    ['Anders, Maria', 'Anders'],
    ['Madonna', 'M'],
    ['', ''],
  ])('of %j is %j', (name, surname) => expect(surnameOf(name)).toBe(surname));
});

describe('name order', () => {
  it('is that of pinyin for Chinese names and of folded letters for others, in one list', () => {
    const names = [
      '周强',
      'Zhan',
      '张三',
      'Émile',
      'Eastern',
      '单小明',
      '赵宏',
      '吕布',
      '林静',
      '欧阳修',
      'bólido',
    ];
    expect(
      [...names].sort((a, b) => (nameOrderKey('person', a) < nameOrderKey('person', b) ? -1 : 1)),
    ).toEqual([
      ...['bólido', 'Eastern', 'Émile', '林静', '吕布', '欧阳修', '单小明', 'Zhan', '张三', '赵宏', '周强'],
    ]);
  });

  it('keeps a shorter syllable before a longer one', () => {
    expect(nameOrderKey('company', '西安饭庄') < nameOrderKey('company', '先锋')).toBe(true);
  });

  it('reads a first letter as a surname for persons only', () => {
    expect(nameOrderKey('person', '解放')).toMatch(/^xie fang/);
    expect(nameOrderKey('company', '解放汽车')).toMatch(/^jie fang/);
  });

  it('tells names apart that read alike', () => {
    expect(nameOrderKey('person', '张伟')).not.toBe(nameOrderKey('person', '章伟'));
  });
});

describe('likely duplicates', () => {
  it.each([
    ['杭州华兴贸易有限公司', '杭州华兴贸易'],
    ['Northwind Traders Co., Ltd.', 'NORTHWIND TRADERS'],
  ])('share a key by a company’s name without its legal form: %s and %s', (one, other) => {
    expect(keysOf('company', { name: one })).toEqual(keysOf('company', { name: other }));
  });

  it('share a key by phone, email and credit code, however they are written', () => {
    expect(keysOf('company', { phone: '0571-8888 6666' })).toEqual(
      keysOf('company', { phone: '+86 571 88886666' }),
    );
    expect(keysOf('company', { phone: '(5) 555-4729' })).toEqual(keysOf('company', { phone: '5 5554729' }));
    expect(keysOf('person', { email: 'Zhang@Example.com' })).toEqual(
      keysOf('person', { email: 'zhang@example.com' }),
    );
    expect(keysOf('company', { creditCode: '91350100m000100y43' })).toEqual([
      'credit-code:91350100M000100Y43',
    ]);
  });

  it('do not share a key by what is not searched', () => {
    expect(keysOf('person', { employer: '华兴', address: '杭州', interests: '登山' })).toEqual([]);
  });

  it('share no empty key', () => {
    expect(keysOf('company', { name: '!!!' })).toEqual([]);
  });

  it('have keys that are told apart by their kind', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        for (const key of keysOf('person', { name })) expect(key).toMatch(/^name:./u);
      }),
    );
  });
});
