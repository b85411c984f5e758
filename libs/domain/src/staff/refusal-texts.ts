import { type Refusal, refuse } from '#engine/decider.js';
import type { JsonObject } from '#engine/json.js';
import type { RefusalCode, RefusalText } from '../records/refusal-texts.js';

const text = (status: RefusalText['status'], en: string, zh: string): RefusalText => ({ en, zh, status });

/** Every refusal about staff, their readings and audit cases, by its stable code, beside those that records have too. */
export const staffRefusalTexts = {
  'staff.not-found': text(404, 'There is no such member of staff.', '没有这名员工。'),
  'staff.already-registered': text(409, 'This member of staff is registered already.', '该员工已经登记。'),
  'staff.still-active': text(409, 'This member of staff is active.', '该员工仍在岗。'),
  'staff.id-unfit': text(
    422,
    'A staff id has 1 to 64 letters, digits, dots, dashes or underscores and is not "system".',
    '员工标识为1至64个字母、数字、点、短横或下划线,且不得为 system。',
  ),
  'staff.name-required': text(
    422,
    'A name of at most 100 characters is required.',
    '须填写姓名,不超过100个字符。',
  ),
  'staff.reason-required': text(422, 'A reason is required.', '须说明理由。'),
  'staff.only-himself': text(403, 'Only the person himself can do this.', '只能由本人办理。'),
  'staff.not-for-himself': text(
    403,
    'Nobody grants or confirms a role for himself, or deactivates himself.',
    '任何人不得为自己授予、确认角色,也不得停用自己。',
  ),
  'staff.same-person-confirms': text(
    403,
    'A role is confirmed by another person than the one who asked for it.',
    '角色须由申请人以外的人确认。',
  ),
  'staff.role-unknown': text(422, 'There is no role {role}.', '没有角色 {role}。'),
  'staff.role-combination': text(
    409,
    'Administrator and auditor hold no other role; these do not go together: {roles}.',
    '系统管理员、审计员不得兼任其他角色;以下角色不能并存:{roles}。',
  ),
  'staff.role-already-open': text(
    409,
    'The role {role} is held or asked for already.',
    '角色 {role} 已授予或已申请。',
  ),
  'staff.role-not-requested': text(409, 'Nobody has asked for the role {role}.', '没有申请角色 {role}。'),
  'staff.role-not-held': text(
    409,
    'The role {role} is neither held nor asked for.',
    '未持有也未申请角色 {role}。',
  ),
  'staff.end-not-in-future': text(
    422,
    'The end {until} must lie in the future.',
    '截止时间 {until} 须晚于现在。',
  ),
  'staff.bootstrap-over': text(
    409,
    'There is a first {role} already; roles now need confirmation.',
    '首位 {role} 已经存在,角色须经确认。',
  ),
  'staff.bootstrap-not-allowed': text(
    403,
    'The first administrator is registered by the operator, the first executive by an administrator, each with that role alone.',
    '首位系统管理员由运维人员登记,首位分管领导由系统管理员登记,且仅授予该角色。',
  ),
  'staff.successor-unfit': text(
    422,
    'The successor must be another person, active.',
    '接替人须为另一名在岗员工。',
  ),
  'staff.text-version-required': text(
    422,
    'Say which version of the text was signed.',
    '须注明所签承诺书的版本。',
  ),
  'reading.nothing-read': text(422, 'A reading names at least one field.', '阅读须至少指明一个字段。'),
  'audit-case.not-found': text(404, 'There is no such audit case.', '没有这个审计案件。'),
  'audit-case.already-opened': text(409, 'This audit case is open already.', '该审计案件已经立案。'),
  'audit-case.closed': text(409, 'The audit case is closed.', '该审计案件已经结案。'),
  'audit-case.not-his-own': text(
    403,
    'Only the auditor who opened the case can do this.',
    '只能由立案的审计员办理。',
  ),
  'audit-case.number-required': text(
    422,
    'A case number of at most 60 characters is required.',
    '须填写案号,不超过60个字符。',
  ),
  'audit-case.scope-invalid': text(
    422,
    'The scope is "all" or 1 to 1000 different record ids.',
    '范围为 all,或1至1000个互不相同的档案标识。',
  ),
  'audit-case.end-invalid': text(
    422,
    'The end date must be a date, YYYY-MM-DD, not before today.',
    '截止日期须为 YYYY-MM-DD,且不早于今天。',
  ),
} as const satisfies Readonly<Record<string, RefusalText>>;

type SharedCode = Extract<RefusalCode, 'staff.role-missing' | 'staff.inactive'>;

/** Refuses with a code that has a text. */
export function no(code: keyof typeof staffRefusalTexts | SharedCode, params: JsonObject = {}): Refusal {
  return refuse(code, params);
}
