import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '#engine/decider.js';
import { activityEventTypes } from '#domain/activity/events.js';
import { activityRefusalTexts } from '#domain/activity/refusal-texts.js';
import { eligibilityRules } from '#domain/records/eligibility.js';
import { recordEventTypes } from '#domain/records/events.js';
import { guardRules } from '#domain/records/guard.js';
import { defaultRecordPolicy } from '#domain/records/policies.js';
import { refusalTexts } from '#domain/records/refusal-texts.js';
import { readingRight, type Reader } from '#domain/records/rights.js';
import { commandRoles } from '#domain/records/roles.js';
import { ROLES } from '#domain/roles.js';
import { destructionGrounds, purposes, retentionClasses, type Catalogue } from '#domain/schema/catalogues.js';
import { ENTRIES } from '#domain/schema/entries.js';
import type { Field } from '#domain/schema/field.js';
import { fieldsOf, SCHEMA_VERSION } from '#domain/schema/fields.js';
import { maskValue } from '#domain/schema/masks.js';
import { NEEDS } from '#domain/schema/purposes.js';
import { staffEventTypes } from '#domain/staff/events.js';
import { staffRefusalTexts } from '#domain/staff/refusal-texts.js';
import {
  allocate,
  approved,
  borrow,
  facts,
  filed,
  grant,
  only,
  submitted,
  team,
  type Life,
} from '../builders/records.js';
import { codesIn, read, section, table } from './markdown.js';

const text = read('docs/domain.md');
const refusals: Readonly<Record<string, unknown>> = {
  ...refusalTexts,
  ...activityRefusalTexts,
  ...staffRefusalTexts,
};
const REFUSAL = new RegExp(`^(${[...new Set(Object.keys(refusals).map(prefix))].join('|')})\\.[a-z-]+$`);

/** The source of the domain as one text. */
const DOMAIN = readdirSync('libs/domain/src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
  .map((name) => read(join('libs/domain/src', name)))
  .join('\n');

/** What the API says instead: not a refusal of the rules. */
const API_ONLY = ['record.unknown'];

describe('docs/domain.md', () => {
  it('gives a rule for every refusal of the code', () => {
    const codes = codesIn(text);
    expect(Object.keys(refusals).filter((code) => !codes.includes(code))).toEqual([]);
  });

  it('names no refusal that the code has not', () => {
    const rules = text.replace(section(text, '7. Default policies and retention'), '');
    const named = codesIn(rules).filter((code) => REFUSAL.test(code));
    expect(named.filter((code) => !(code in refusals) && !API_ONLY.includes(code))).toEqual([]);
  });

  it('uses terms that stand in the code', () => {
    const terms = table(section(text, '1. Terms'), '中文', 'English', 'in the code').map((row) => row[2]!);
    const missing = terms.filter((term) => !new RegExp(`\\b${term}\\b`).test(DOMAIN));
    expect([terms.length > 30, missing]).toEqual([true, []]);
  });

  it('names every role', () => {
    const rows = table(section(text, '2. People'), '中文', 'role', 'duties');
    expect(rows.map((row) => row[1]).sort()).toEqual([...ROLES].sort());
  });

  it('gives every command about a record the roles that the code gives it', () => {
    const rows = table(section(text, '4. States'), 'command', 'roles', 'events');
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(Object.entries(commandRoles).map(([command, roles]) => [command, rolesCell(roles)])),
    );
  });

  it('names every event of a record, of its activity and of a member of staff', () => {
    const codes = codesIn(text);
    const types = [...recordEventTypes, ...activityEventTypes, ...staffEventTypes].map(({ type }) => type);
    expect(types.filter((type) => !codes.includes(type))).toEqual([]);
  });

  it('lists the rules of eligibility and of the guard, in their order', () => {
    const borrowing = table(section(text, 'Borrow (调阅)'), 'rule', 'asks', 'if it fails');
    const destroying = table(section(text, 'Destroy (销毁)'), 'rule', 'asks');
    expect(borrowing.map(([rule, , ifFailed]) => [rule, ifFailed])).toEqual(
      eligibilityRules.map(({ rule, ifFailed }) => [rule, ifFailed]),
    );
    expect(destroying.map(([rule]) => rule)).toEqual(guardRules.map(({ rule }) => rule));
  });
});

describe('the table of rights in docs/domain.md', () => {
  const rows = table(section(text, '3. Who may read what'), 'who', 'O', 'C', 'P', 'S');
  const levels = ['open', 'confidential', 'personal', 'sensitive'] as const;

  it('has the rows that are tried here', () => {
    expect(rows.map(([who]) => who)).toEqual(Object.keys(people));
  });

  it.each(rows)('%s: %s, %s, %s, %s', (who, ...cells) => {
    const [life, reader] = people[who]!;
    const found = levels.map((level) => {
      const right = readingRight(life.state, reader, { level }, life.now);
      return isRefusal(right) ? '-' : right.masked ? 'masked' : 'yes';
    });
    const lent = lentLevels(life, reader);
    expect(cells).toEqual(found.map((cell, i) => (lent && i > 0 ? 'as lent' : cell)));
  });
});

describe('the schema in docs/domain.md', () => {
  const schema = section(text, '6. Default schema');
  const company = fieldsOf('company');
  const person = fieldsOf('person');
  const items = (fields: readonly Field[], key: string) => fields.find((field) => field.key === key)!.list!;

  it('is the version in force', () => {
    expect(codesIn(schema)).toContain(SCHEMA_VERSION);
  });

  it.each([
    ['Both kinds of customer', company.filter((field) => field.for === 'both')],
    ['Company', company.filter((field) => field.for === 'company')],
    ['Person', person.filter((field) => field.for === 'person')],
    ['Items of `contacts`', items(company, 'contacts')],
    ['Items of `family`', items(person, 'family')],
    ['Items of `specialDates`', items(person, 'specialDates')],
  ])('%s: every field, level, mask and mark', (heading, fields) => {
    expect(table(section(text, heading), 'field', 'zh', 'en', 'level')).toEqual(fields.map(fieldRow));
  });

  it('shows what each mask shows', () => {
    const rows = table(section(text, 'Masks'), 'mask', 'value', 'shown');
    for (const [mask, value, shown] of rows as [string, string, string][]) {
      const [subject, pointer] = EXAMPLES[mask]!;
      expect([mask, maskValue(subject, pointer, value, '2025-03-03') ?? '-']).toEqual([mask, shown]);
    }
    const used = [...company, ...person].flatMap((field) => [field, ...(field.list ?? [])]);
    expect(rows.map(([mask]) => mask).sort()).toEqual([...new Set(used.map(({ mask }) => mask))].sort());
  });

  it('gives each purpose what it needs', () => {
    const rows = table(section(text, 'What each purpose needs'), 'purpose', '中文', 'levels');
    expect(rows).toEqual(
      [...NEEDS].map(([code, { levels, fields }]) => [
        code,
        purposes.find((each) => each.code === code)!.label.zh,
        levels.join(', ') || '-',
        fields.length === 1 ? fields[0]! : fields.map((key) => `\`${key}\``).join(', ') || '-',
      ]),
    );
  });

  it('lists the members of each kind of entry', () => {
    const rows = table(section(text, 'Entries'), 'entry', 'members');
    const member = ({ key, label, level, required }: Field) =>
      `\`${key}\` ${label.zh} ${level[0]!.toUpperCase()}${required ? '*' : ''}`;
    expect(rows).toEqual(
      Object.entries(ENTRIES).map(([kind, members]) => [kind, members.map(member).join(', ')]),
    );
  });
});

describe('the policies in docs/domain.md', () => {
  const policies = section(text, '7. Default policies and retention');
  const { retention, destruction } = defaultRecordPolicy;

  it('have every figure of the code', () => {
    const { classes: _classes, ...keeping } = retention;
    const { grounds: _grounds, ...destroying } = destruction;
    const figures = leaves({ ...defaultRecordPolicy, retention: keeping, destruction: destroying });
    const rows = table(policies, 'figure', 'value', 'meaning').map(([figure, value]) => [figure, value]);
    expect(Object.fromEntries(rows)).toEqual(figures);
  });

  it('have every retention class with its years', () => {
    const years = (value: number | null) => (value === null ? 'for ever' : String(value));
    expect(table(policies, 'retention class', '中文', 'years')).toEqual(
      Object.entries(retention.classes).map(([code, each]) => [
        ...[code, labelOf(retentionClasses, code)],
        ...[years(each.years), years(each.legalMinimumYears)],
      ]),
    );
  });

  it('have every ground with what it demands', () => {
    expect(table(policies, 'ground', '中文', 'retention that must be over')).toEqual(
      Object.entries(destruction.grounds).map(([code, ground]) => [
        ...[code, labelOf(destructionGrounds, code)],
        ...[ground.retention, ground.restricts ? 'yes' : 'no'],
      ]),
    );
  });
});

const reader = (id: string, role: string, more: Partial<Reader> = {}): Reader => ({
  ...{ id, roles: [role], activeSince: '', openCases: [], statedPurpose: null },
  ...more,
});
const { zhao, wang, zhou } = team;
const allocated = filed().act(wang, allocate({ owner: 'zhou', custodian: 'zhao' }));
const lent = (() => {
  const asked = filed().act(zhou, borrow({ facts: facts({ roles: ['collector'] }) }));
  return asked.act(zhao, grant(only(asked.record.loans)));
})();

const people: Readonly<Record<string, readonly [Life, Reader]>> = {
  'all staff but the administrator': [filed(), reader('hu', 'collector')],
  'the collector, his own record before filing': [submitted(), reader('sun', 'collector')],
  'the follow-up owner, until his standing grant ends': [allocated, reader('zhou', 'collector')],
  "the record's custodian": [filed(), reader('zhao', 'custodian')],
  "any custodian, while the record is approved and nobody's": [approved(), reader('qian', 'custodian')],
  'the borrower, while the loan lasts': [lent, reader('zhou', 'collector')],
  'an analyst': [filed(), reader('wu', 'analyst')],
  'a manager or executive, without a purpose': [filed(), reader('lin', 'executive')],
  'a manager or executive who states a purpose': [
    filed(),
    reader('wang', 'manager', { statedPurpose: 'supervision' }),
  ],
  'an auditor': [filed(), reader('zheng', 'auditor')],
  'an auditor with an open case about the record': [
    filed(),
    reader('zheng', 'auditor', { openCases: [{ id: 'case-1', records: ['0a1b'], until: null }] }),
  ],
  'the administrator': [filed(), reader('admin', 'administrator')],
};

/** A field whose mask it is, as subject and pointer. */
const EXAMPLES: Readonly<Record<string, readonly ['company' | 'person', string]>> = {
  none: ['company', '/region'],
  hidden: ['company', '/needs'],
  name: ['person', '/name'],
  surname: ['company', '/contacts/c-1/name'],
  phone: ['company', '/phone'],
  email: ['company', '/email'],
  district: ['company', '/address'],
  month: ['company', '/specialDates/d-1/date'],
  year: ['company', '/cooperationSince'],
  'age-band': ['person', '/birthDate'],
  'last-4': ['company', '/billingDetails'],
};

function lentLevels({ state, now }: Life, { id }: Reader): boolean {
  const loans = state.status === 'absent' ? [] : Object.values(state.loans);
  return loans.some((loan) => loan.borrower.id === id && loan.until !== null && now < loan.until);
}

function fieldRow(field: Field): string[] {
  const { key, label, level, secondSignature, required, searchable, kind, catalogue, check, mask, max } =
    field;
  const detail = catalogue === undefined ? check : `\`${catalogue}\``;
  return [
    ...[key, label.zh, label.en, level, secondSignature ? '✍' : ''],
    ...[required ? 'yes' : '', searchable ? 'yes' : ''],
    ...[detail === undefined ? kind : `${kind} (${detail})`, mask, String(max)],
  ];
}

function rolesCell(roles: readonly string[]): string {
  return roles.length === 0 ? 'the engine' : roles.join(', ');
}

function leaves(value: object, path: readonly string[] = []): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, each]: [string, unknown]) => {
      const place = [...path, key];
      const isLeaf = typeof each !== 'object' || each === null || Array.isArray(each);
      return isLeaf
        ? { [place.join('.')]: Array.isArray(each) ? each.join(', ') : String(each) }
        : leaves(each, place);
    }),
  ) as Record<string, string>;
}

function labelOf(catalogue: Catalogue, code: string): string {
  return catalogue.find((each) => each.code === code)!.label.zh;
}

function prefix(code: string): string {
  return code.slice(0, code.indexOf('.'));
}
