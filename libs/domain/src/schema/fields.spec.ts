import { CATALOGUES } from './catalogues.js';
import { type Field, type SubjectType, fieldAt, fieldsOf, partOf } from './fields.js';
import { NEEDS, purposeNeeds } from './purposes.js';

const SUBJECTS: readonly SubjectType[] = ['company', 'person'];
const everyField = SUBJECTS.flatMap((subject) =>
  fieldsOf(subject).flatMap((field) => [field, ...(field.list ?? [])]),
);
const keys = (subject: SubjectType, wanted: (field: Field) => boolean) =>
  fieldsOf(subject)
    .filter(wanted)
    .map((field) => field.key);

describe('the default schema', () => {
  it('asks for name, subject type, region and first contact', () => {
    for (const subject of SUBJECTS) {
      expect(keys(subject, (field) => field.required)).toEqual([
        'name',
        'subjectType',
        'region',
        'firstContactOn',
      ]);
    }
  });

  it('searches name, phone and email only, the contacts’ too', () => {
    const searched = new Set(everyField.filter((field) => field.searchable).map((field) => field.key));
    expect([...searched].sort()).toEqual(['email', 'name', 'phone']);
    expect(fieldAt('company', '/contacts/c1/phone')?.searchable).toBe(true);
  });

  it('wants a second signature where the domain marks one', () => {
    const shared = [
      'cooperationStatus',
      'firstContactOn',
      'address',
      'phone',
      'contracts',
      'paymentTerms',
      'riskLevel',
    ];
    const last = ['influence', 'paperLocation'];
    const signed = (subject: SubjectType) => keys(subject, (field) => field.secondSignature);
    expect(signed('company')).toEqual([
      ...shared,
      ...last,
      'creditCode',
      'legalRepresentative',
      'billingDetails',
    ]);
    expect(signed('person')).toEqual(['name', ...shared, ...last, 'birthDate', 'incomeBand', 'family']);
    const ofContact = fieldAt('company', '/contacts')?.list?.filter((field) => field.secondSignature);
    expect(ofContact?.map((field) => field.key)).toEqual(['name', 'phone']);
  });

  it('has a mask for every value that is not open, and none for an open one', () => {
    for (const field of everyField) {
      const shownWhole = field.level === 'open' || field.key === 'relation';
      expect([field.key, field.mask === 'none']).toEqual([field.key, shownWhole]);
    }
  });

  it('names everything in both languages', () => {
    const labels = [...everyField, ...Object.values(CATALOGUES).flat()].map((each) => each.label);
    for (const label of labels) {
      expect(label.zh).toMatch(/\p{Script=Han}/u);
      expect(label.en).toMatch(/^[\x20-\x7e]+$/);
    }
  });

  it('takes its codes from catalogues that exist, each code once', () => {
    for (const field of everyField) {
      if (field.catalogue !== undefined) expect(CATALOGUES[field.catalogue]).toBeDefined();
    }
    for (const entries of Object.values(CATALOGUES)) {
      expect(new Set(entries.map((entry) => entry.code)).size).toBe(entries.length);
    }
  });
});

describe('a pointer', () => {
  it('leads to the field of that subject type', () => {
    expect(fieldAt('company', '/name')?.level).toBe('open');
    expect(fieldAt('person', '/name')?.level).toBe('personal');
    expect(fieldAt('person', '/contacts')).toBeUndefined();
    expect(fieldAt('person', '/family/f1/relation')?.key).toBe('relation');
  });

  it.each([
    '',
    '/',
    'phone',
    '/phone/x',
    '/nothing',
    '/contacts//name',
    '/contacts/c1/nothing',
    '/contacts/c1/name/x',
  ])('that the schema does not have leads nowhere: %j', (pointer) =>
    expect(fieldAt('company', pointer)).toBeUndefined(),
  );
});

describe('a part', () => {
  it('of an open value is none: it is clear', () => {
    expect(partOf('company', '/name')).toBe('open');
    expect(partOf('person', '/region')).toBe('open');
  });

  it('of its own belongs to each contact and each sensitive field', () => {
    expect(partOf('company', '/contacts/c1/name')).toBe('contact/c1');
    expect(partOf('person', '/incomeBand')).toBe('field/incomeBand');
    expect(partOf('person', '/family/f1/relation')).toBe('field/family');
  });

  it('of any other value, an act’s text or an unknown field is the record', () => {
    expect(partOf('person', '/name')).toBe('record');
    expect(partOf('person', '/specialDates/s1/date')).toBe('record');
    expect(partOf('company', '/text/reason')).toBe('record');
    expect(partOf('company', '/nothing')).toBe('record');
  });
});

describe('a purpose', () => {
  it('of the catalogue has a row in the table of what it needs, and no row is without one', () => {
    expect([...NEEDS.keys()]).toEqual(CATALOGUES['purposes']?.map((entry) => entry.code));
  });

  it('names fields that exist', () => {
    const known = new Set(everyField.map((field) => field.key));
    for (const needs of NEEDS.values()) expect(needs.fields.filter((key) => !known.has(key))).toEqual([]);
  });

  it('needs its fields and levels, and nothing else that is sealed', () => {
    expect(purposeNeeds('marketing', 'person', '/phone')).toBe(true);
    expect(purposeNeeds('marketing', 'person', '/incomeBand')).toBe(false);
    expect(purposeNeeds('marketing', 'company', '/paymentTerms')).toBe(false);
    expect(purposeNeeds('contract', 'company', '/paymentTerms')).toBe(true);
    expect(purposeNeeds('visit', 'company', '/contacts/c1/name')).toBe(true);
    expect(purposeNeeds('marketing', 'company', '/name')).toBe(true);
  });

  it('that does not exist needs nothing', () => {
    expect(purposeNeeds('curiosity', 'company', '/phone')).toBe(false);
    expect(purposeNeeds('curiosity', 'company', '/name')).toBe(false);
  });
});
