import type { Field, Level, Mask, SubjectType } from './field.js';

export type { Field, FieldKind, FieldProblem, Label, Level, Mask, SubjectType } from './field.js';

/** Name and version of the schema in force, as recorded in every envelope's `policies`. */
export const SCHEMA_VERSION = 'default@1';

type Details = Partial<Omit<Field, 'key' | 'label' | 'for' | 'level'>>;

/** A text of up to 200 letters, hidden where it is not open, unless the details say otherwise. */
function fieldFor(subject: SubjectType | 'both') {
  return (level: Level, key: string, zh: string, en: string, details: Details = {}): Field => {
    const mask: Mask = level === 'open' ? 'none' : 'hidden';
    const usual = {
      secondSignature: false,
      searchable: false,
      required: false,
      kind: 'text',
      mask,
      max: 200,
    } as const;
    return { key, label: { en, zh }, for: subject, level, ...usual, ...details };
  };
}

const SIGNED = { secondSignature: true } as const;
const SEARCHED = { searchable: true } as const;
const REQUIRED = { required: true } as const;
const LONG = { max: 4000 } as const;
const from = (catalogue: string) => ({ kind: 'code', catalogue, max: 40 }) as const;

const both = fieldFor('both');
const company = fieldFor('company');
const person = fieldFor('person');

const SPECIAL_DATE: readonly Field[] = [
  both('personal', 'occasion', '事由', 'Occasion'),
  both('personal', 'date', '日期', 'Date', {
    ...REQUIRED,
    kind: 'date',
    check: 'yearly-date',
    mask: 'month',
  }),
];

const CONTACT: readonly Field[] = [
  company('personal', 'name', '联系人', 'Contact', { ...SIGNED, ...SEARCHED, ...REQUIRED, mask: 'surname' }),
  company('personal', 'position', '职位', 'Position'),
  company('personal', 'phone', '联系电话', 'Phone', {
    ...SIGNED,
    ...SEARCHED,
    kind: 'phone',
    mask: 'phone',
    max: 40,
  }),
  company('personal', 'email', '邮箱', 'Email', { ...SEARCHED, kind: 'email', mask: 'email', max: 254 }),
  company('personal', 'decisionRole', '决策角色', 'Decision role', from('decisionRoles')),
];

const FAMILY_MEMBER: readonly Field[] = [
  person('sensitive', 'relation', '关系', 'Relation', {
    ...SIGNED,
    ...REQUIRED,
    ...from('relations'),
    mask: 'none',
  }),
  person('sensitive', 'name', '姓名', 'Name', SIGNED),
  person('sensitive', 'birthDate', '出生日期', 'Date of birth', { ...SIGNED, kind: 'date' }),
];

/** The default schema (docs/domain.md section 6), in the order in which a form asks. */
const FIELDS: readonly Field[] = [
  company('open', 'name', '客户名称', 'Name', { ...SEARCHED, ...REQUIRED }),
  person('personal', 'name', '客户名称', 'Name', { ...SIGNED, ...SEARCHED, ...REQUIRED, mask: 'name' }),
  both('open', 'subjectType', '客户性质', 'Subject type', { ...REQUIRED, ...from('subjectTypes') }),
  both('open', 'region', '区域', 'Region', { ...REQUIRED, kind: 'code', check: 'region', max: 7 }),
  both('open', 'doNotContact', '勿扰', 'Do not contact', { kind: 'boolean' }),
  both('open', 'cooperationStatus', '合作状态', 'Cooperation status', {
    ...SIGNED,
    ...from('cooperationStatuses'),
  }),
  both('open', 'firstContactOn', '首次接触', 'First contact on', { ...SIGNED, ...REQUIRED, kind: 'date' }),
  both('open', 'medium', '载体', 'Medium', from('media')),
  both('personal', 'address', '住址', 'Address', { ...SIGNED, mask: 'district', max: 500 }),
  both('personal', 'deliveryAddress', '收货地点', 'Delivery address', { mask: 'district', max: 500 }),
  both('personal', 'phone', '电话', 'Phone', {
    ...SIGNED,
    ...SEARCHED,
    kind: 'phone',
    mask: 'phone',
    max: 40,
  }),
  both('personal', 'email', '邮箱', 'Email', { ...SEARCHED, kind: 'email', mask: 'email', max: 254 }),
  both('personal', 'socialAccounts', '社交账号', 'Social accounts', { max: 500 }),
  both('personal', 'specialDates', '纪念日', 'Special dates', { kind: 'list', list: SPECIAL_DATE, max: 20 }),
  both('personal', 'servicePreferences', '服务偏好', 'Service preferences', LONG),
  both('confidential', 'preferredChannel', '沟通偏好', 'Preferred channel', from('communicationChannels')),
  both('confidential', 'productPreferences', '产品偏好', 'Product preferences', LONG),
  both('confidential', 'needs', '服务需求', 'Needs', LONG),
  both('confidential', 'cooperationSince', '合作起始', 'Cooperation since', {
    kind: 'date',
    check: 'partial-date',
    mask: 'year',
  }),
  both('confidential', 'cooperationContent', '合作内容', 'Cooperation content', LONG),
  both('confidential', 'cooperationHistory', '合作历史', 'Cooperation history', LONG),
  both('confidential', 'contracts', '合同协议', 'Contracts and agreements', { ...SIGNED, ...LONG }),
  both('confidential', 'paymentTerms', '付款条件', 'Payment terms', { ...SIGNED, ...LONG }),
  both('confidential', 'riskLevel', '风险程度', 'Risk level', { ...SIGNED, ...from('riskLevels') }),
  both('confidential', 'growthPotential', '发展潜力', 'Growth potential', { kind: 'score' }),
  both('confidential', 'influence', '影响力', 'Influence', { ...SIGNED, kind: 'score' }),
  both('confidential', 'paperLocation', '存放位置', 'Place of the paper file', SIGNED),

  company('open', 'creditCode', '统一社会信用代码', 'Unified social credit code', {
    ...SIGNED,
    check: 'credit-code',
    max: 18,
  }),
  company('open', 'industry', '行业', 'Industry', from('industries')),
  company('open', 'scale', '规模', 'Scale', from('scales')),
  company('open', 'businessType', '业务类型', 'Business type', from('businessTypes')),
  company('personal', 'legalRepresentative', '法定代表人', 'Legal representative', {
    ...SIGNED,
    mask: 'surname',
  }),
  company('confidential', 'billingDetails', '开票信息', 'Billing details', {
    ...SIGNED,
    mask: 'last-4',
    max: 1000,
  }),
  company('personal', 'contacts', '联系人', 'Contacts', { kind: 'list', list: CONTACT, max: 100 }),

  person('personal', 'employer', '工作单位', 'Employer'),
  person('personal', 'occupation', '职业', 'Occupation'),
  person('personal', 'sex', '性别', 'Sex', from('sexes')),
  person('personal', 'birthDate', '出生日期', 'Date of birth', { ...SIGNED, kind: 'date', mask: 'age-band' }),
  person('personal', 'education', '学历', 'Education', from('educations')),
  person('personal', 'interests', '兴趣爱好', 'Interests', LONG),
  person('sensitive', 'incomeBand', '收入区间', 'Income band', { ...SIGNED, ...from('incomeBands') }),
  person('sensitive', 'family', '家庭成员', 'Family', {
    ...SIGNED,
    kind: 'list',
    list: FAMILY_MEMBER,
    max: 20,
  }),
];

const BY_SUBJECT = { company: forSubject('company'), person: forSubject('person') };

function forSubject(subject: SubjectType) {
  const fields = FIELDS.filter((field) => field.for === subject || field.for === 'both');
  return { fields, byKey: new Map(fields.map((field) => [field.key, field])) };
}

/** The fields of a file about such a subject, in the order in which a form asks. */
export function fieldsOf(subject: SubjectType): readonly Field[] {
  return BY_SUBJECT[subject].fields;
}

/**
 * The field behind a content pointer: `/phone`, `/contacts` and `/contacts/<id>` (the list itself),
 * `/contacts/<id>/phone`; undefined where the schema has none (texts of an act, `/text/...`, are no fields).
 */
export function fieldAt(subject: SubjectType, pointer: string): Field | undefined {
  const [root, key, item, member, ...rest] = pointer.split('/');
  if (root !== '' || key === undefined || rest.length > 0) return undefined;
  const field = BY_SUBJECT[subject].byKey.get(key);
  if (item === undefined || field === undefined) return field;
  if (field.list === undefined || item === '') return undefined;
  return member === undefined ? field : field.list.find((each) => each.key === member);
}

/**
 * `open` for clear values, else the part whose key seals them: each contact and each sensitive field can die alone.
 * What the schema does not know (an act's texts, a field of an older schema) is sealed with the record.
 */
export function partOf(subject: SubjectType, pointer: string): string {
  const field = fieldAt(subject, pointer);
  if (field === undefined) return 'record';
  const [, key, item] = pointer.split('/');
  if (field.level === 'open') return 'open';
  if (key === 'contacts' && item !== undefined) return `contact/${item}`;
  return field.level === 'sensitive' ? `field/${key}` : 'record';
}
