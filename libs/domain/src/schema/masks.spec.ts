import fc from 'fast-check';
import type { Json } from '#engine/json.js';
import { type SubjectType, fieldsOf } from './fields.js';
import { maskValue } from './masks.js';

const TODAY = '2025-03-08';
const ofPerson = (pointer: string, value: Json) => maskValue('person', pointer, value, TODAY);
const ofCompany = (pointer: string, value: Json) => maskValue('company', pointer, value, TODAY);

describe('a mask', () => {
  it.each([
    ['张小明', '张*明'],
    ['张 小明', '张*明'],
    ['张三', '张*'],
    ['张', '张*'],
    ['欧阳小明', '欧阳*明'],
    ['欧阳修', '欧阳*'],
    ['王小明明', '王*明'],
    ['김철수', '김*'],
    ['Maria Anders', 'M* Anders'],
    ['Anders, Maria', 'Anders*'],
    ['M Anders', '* Anders'],
    ['Bill Smith Jr.', 'B* Smith'],
    ['Madonna', 'M*'],
  ])('of a person’s name %s shows %s', (name, masked) => {
    expect(ofPerson('/name', name)).toBe(masked);
  });

  it('of a contact or legal representative shows the surname only', () => {
    expect(ofCompany('/contacts/c1/name', '张小明')).toBe('张*');
    expect(ofCompany('/legalRepresentative', '欧阳小明')).toBe('欧阳*');
    expect(ofCompany('/contacts/c1/name', 'Maria Anders')).toBe('Anders*');
  });

  it.each([
    ['+8613812345678', '138****5678'],
    ['+8657188886666', '571****6666'],
    ['+49300074321', '+49****4321'],
    ['(5) 555-4729', '****4729'],
    ['95588', '****'],
  ])('of the phone %s shows %s', (phone, masked) => {
    expect(ofPerson('/phone', phone)).toBe(masked);
  });

  it('of an email shows the first letter', () => {
    expect(ofPerson('/email', 'zhang@example.com')).toBe('z***@');
    expect(ofPerson('/email', 'z@example.com')).toBe('***@');
  });

  it.each([
    ['浙江省杭州市西湖区文三路1号', '浙江省杭州市西湖区'],
    ['北京市朝阳区建国路88号', '北京市朝阳区'],
    ['江苏省昆山市前进路2号', '江苏省昆山市'],
    ['湖北省恩施土家族苗族自治州恩施市舞阳大道', '湖北省恩施土家族苗族自治州恩施市'],
    ['浙江省杭州市文三路10号阳光小区', '浙江省杭州市'],
    ['杭州阳光城市花园3幢', null],
    ['Obere Str. 57, Berlin', null],
  ])('of the address %s shows %s', (address, masked) => {
    expect(ofPerson('/address', address)).toBe(masked);
  });

  it.each([
    ['1985-03-08', '40-49'],
    ['1985-03-09', '30-39'],
    ['2010-01-01', '0-19'],
    ['1930-01-01', '80+'],
    ['2026-01-01', null],
  ])('of the date of birth %s shows the age band %s', (date, band) => {
    expect(ofPerson('/birthDate', date)).toBe(band);
  });

  it('of a special date shows the month, of the beginning of cooperation the year', () => {
    expect(ofPerson('/specialDates/s1/date', '2019-05-20')).toBe('05');
    expect(ofPerson('/specialDates/s1/date', '--05-20')).toBe('05');
    expect(ofCompany('/cooperationSince', '2019-05')).toBe('2019');
  });

  it('of billing details shows the last four signs of longer ones', () => {
    expect(ofCompany('/billingDetails', '工行 6222 0012 3456 7890')).toBe('****7890');
    expect(ofCompany('/billingDetails', '123456')).toBe('****');
  });

  it('of a family member shows the relation only', () => {
    expect(ofPerson('/family/f1/relation', 'spouse')).toBe('spouse');
    expect(ofPerson('/family/f1/name', '李小红')).toBeNull();
    expect(ofPerson('/family/f1/birthDate', '1985-03-08')).toBeNull();
  });

  it('leaves open values as they are and hides what the schema does not know', () => {
    expect(ofCompany('/name', '杭州华兴贸易')).toBe('杭州华兴贸易');
    expect(ofCompany('/text/reason', 'because')).toBeNull();
    expect(ofCompany('/contacts', [{ name: '张小明' }])).toBeNull();
  });

  it('hides every value of a hidden field, whatever its kind', () => {
    for (const subject of ['company', 'person'] as SubjectType[]) {
      for (const field of fieldsOf(subject).filter((each) => each.mask === 'hidden')) {
        for (const value of ['text', 5, true, null]) {
          expect(maskValue(subject, `/${field.key}`, value, TODAY)).toBeNull();
        }
      }
    }
  });
});

describe('a mask never contains the hidden part', () => {
  const han = (least: number, most: number) =>
    fc
      .stringMatching(new RegExp(`^[\u4e00-\u9f00]{${least},${most}}$`))
      .filter((text) => !/[省市区县旗盟州]/.test(text));
  const latin = (letters: string, least: number) =>
    fc.stringMatching(new RegExp(`^[A-Z][${letters}]{${least},12}$`));

  it('of a Chinese name: all letters between the surname and the last one', () => {
    fc.assert(
      fc.property(han(3, 6), (name) => {
        const shown = ofPerson('/name', name) as string;
        const surname = shown.slice(0, shown.indexOf('*'));
        const last = shown.slice(shown.indexOf('*') + 1);
        expect(surname.length).toBeLessThanOrEqual(2);
        expect(last.length).toBeLessThanOrEqual(1);
        expect(surname.length + last.length).toBeLessThan(name.length);
        expect(name.startsWith(surname) && name.endsWith(last)).toBe(true);
      }),
    );
  });

  it('of a Western name: all of the given name but its first letter', () => {
    // "Aa Jr" is a name of one word and a suffix.
    const surnames = latin('n-z', 1).filter((word) => !/^[JS]r$/.test(word));
    fc.assert(
      fc.property(latin('a-m', 1), surnames, (given, surname) => {
        const shown = ofPerson('/name', `${given} ${surname}`) as string;
        expect(shown.replace(surname, '')).toBe(`${given[0]}* `);
      }),
    );
  });

  it('of a phone: at least four digits in a row, whatever its form', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+?[0-9][0-9 ()-]{2,20}$/), (phone) => {
        const digits = phone.replace(/\D/g, '');
        const shown = (ofPerson('/phone', phone) as string).replace(/\D/g, '');
        expect(shown.length).toBeLessThanOrEqual(Math.max(0, digits.length - 4));
      }),
    );
  });

  it('of an email: the rest of the local part and the domain', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        expect((ofPerson('/email', email) as string).replace('***@', '').length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('of an address: what follows the district', () => {
    fc.assert(
      fc.property(han(1, 10), fc.integer({ min: 1, max: 999 }), (street, number) => {
        const shown = ofPerson('/address', `浙江省杭州市西湖区${street}路${number}号`);
        expect(shown).toBe('浙江省杭州市西湖区');
      }),
    );
  });

  it('of a date of birth: year, month and day', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1940, 0, 1), max: Date.UTC(2025, 0, 1) }), (millis) => {
        const born = new Date(millis).toISOString().slice(0, 10);
        expect(ofPerson('/birthDate', born)).toMatch(/^(0-19|[2-7]0-[2-7]9|80\+)$/);
      }),
    );
  });
});
