import { refuse, type Refusal } from '#engine/decider.js';
import type { JsonObject } from '#engine/json.js';

/** What a refusal says to staff. `{name}` stands for the refusal's parameter of that name. */
export interface RefusalText {
  readonly en: string;
  readonly zh: string;
  /**
   * HTTP status: 403 not allowed, 404 unknown, 409 not in this state, 410 destroyed, 412 changed meanwhile, 422 the
   * command's content.
   */
  readonly status: 403 | 404 | 409 | 410 | 412 | 422;
}

const text = (status: RefusalText['status'], en: string, zh: string): RefusalText => ({ en, zh, status });

/** Every refusal of a customer record, by its stable code. */
export const refusalTexts = {
  'staff.role-missing': text(
    403,
    '{command} needs one of these roles: {roles}.',
    '{command} 需要以下角色之一:{roles}。',
  ),
  'staff.own-work': text(
    403,
    'Nobody decides on his own work, nor through a delegate.',
    '任何人不得审批自己经办的事项,委托他人亦不可。',
  ),
  'staff.inactive': text(403, '{staff} is no longer active.', '{staff} 已停用。'),
  'record.not-found': text(404, 'There is no such record.', '没有这份档案。'),
  'record.already-collected': text(409, 'This record exists already.', '该档案已经存在。'),
  'record.being-destroyed': text(410, 'The record is being destroyed.', '档案正在销毁。'),
  'record.already-destroyed': text(410, 'The record has been destroyed.', '档案已经销毁。'),
  'record.restricted': text(
    409,
    'The record is restricted: stored, but not to be read or used.',
    '档案已停止处理:只予保存,不得阅读和使用。',
  ),
  'record.wrong-state': text(
    409,
    'The record is {status}; this needs one of: {needed}.',
    '档案状态为 {status};此操作要求:{needed}。',
  ),
  'record.content-invalid': text(
    422,
    'The content does not meet the schema; see problems.',
    '内容不符合字段标准,请见各项问题。',
  ),
  'record.code-unknown': text(
    422,
    'The catalogue {catalogue} has no code {code}.',
    '目录 {catalogue} 中没有代码 {code}。',
  ),
  'record.field-unknown': text(422, 'The schema has no field {pointer}.', '字段标准中没有 {pointer}。'),
  'record.reason-required': text(422, 'A reason is required.', '须说明理由。'),
  'record.first-contact-in-future': text(
    422,
    'The date of first contact, {firstContactOn}, lies in the future.',
    '首次接触日期 {firstContactOn} 晚于今天。',
  ),
  'record.told-in-future': text(
    422,
    'The date on which the customer was told, {toldOn}, lies in the future.',
    '告知客户的日期 {toldOn} 晚于今天。',
  ),
  'record.told-date-invalid': text(
    422,
    'The date on which the customer was told must be a date, YYYY-MM-DD; consent needs one.',
    '告知客户的日期须为 YYYY-MM-DD;以同意为依据时必填。',
  ),
  'record.separate-consent-missing': text(
    422,
    'Sensitive fields need a separate consent each; it is missing for: {fields}.',
    '敏感信息须逐项取得单独同意,尚缺:{fields}。',
  ),
  'record.not-the-collector': text(
    403,
    'Only the collector of the record may do this.',
    '只有该档案的采集员可以这样做。',
  ),
  'review.round-stale': text(
    409,
    'This review is of round {round}; round {current} is under review.',
    '所审为第 {round} 轮,当前为第 {current} 轮。',
  ),
  'review.executive-stands-in-only': text(
    403,
    'The executive reviews only what a manager collected or mended.',
    '分管领导只审核由管理者采集或补正的档案。',
  ),
  'review.comments-required': text(
    422,
    'A return names at least one field, with a reason for each.',
    '退回补正须至少指明一个字段,并逐项说明原因。',
  ),
  'file-number.exhausted': text(409, 'The numbers of {year} are used up.', '{year} 年的档号已用完。'),
  'file.number-malformed': text(
    422,
    '{fileNumber} is not a file number such as KH-2025-00017.',
    '{fileNumber} 不是 KH-2025-00017 形式的档号。',
  ),
  'file.place-required': text(
    422,
    'Paper needs its place: container, slot and barcode.',
    '文本档案须注明存放位置:柜号、格号、条码。',
  ),
  'file.place-without-paper': text(422, 'An electronic file has no place.', '电子档案没有存放位置。'),
  'file.retention-class-unfit': text(
    422,
    'A record cannot be filed under the retention class {retentionClass}.',
    '档案不能归入保管期限 {retentionClass}。',
  ),
  'file.not-the-custodian': text(
    403,
    'The record was allocated to another custodian.',
    '该档案已分配给另一位保管员。',
  ),
  'allocation.executive-stands-in-only': text(
    403,
    'The executive allocates only where a manager is a party.',
    '分管领导只在管理者为当事人时进行分配。',
  ),
  'allocation.custodian-role-missing': text(
    422,
    '{custodian} is not a custodian.',
    '{custodian} 不是信息保管员。',
  ),
  'allocation.owner-unfit': text(
    422,
    'An administrator or auditor cannot follow up a customer.',
    '系统管理员和审计员不能担任跟进人。',
  ),
  'allocation.owner-not-a-claimant': text(
    422,
    'The owner must be one of the claimants.',
    '跟进人须为申请人之一。',
  ),
  'proposal.not-entitled': text(
    403,
    'Collectors, custodians, managers and the follow-up owner propose changes.',
    '由采集员、保管员、管理者或跟进人提出变更。',
  ),
  'proposal.nothing-changes': text(422, 'This changes nothing.', '没有任何变更。'),
  'proposal.base-unknown': text(
    422,
    'The record has no revision {baseRevision} yet; it is at {revision}.',
    '档案尚无版本 {baseRevision},当前为 {revision}。',
  ),
  'update.stale': text(
    412,
    'Changed since the revision that you saw: {pointers}. See changes: by what, by whom and when.',
    '您所见版本之后已有变更:{pointers}。变更事项、人员和时间见 changes。',
  ),
  'proposal.not-found': text(404, 'There is no such proposal.', '没有这份变更申请。'),
  'proposal.wrong-state': text(
    409,
    'The proposal is {state}; this needs {needed}.',
    '变更申请状态为 {state};此操作要求 {needed}。',
  ),
  'proposal.not-the-proposer': text(
    403,
    'Only the proposer may withdraw a proposal.',
    '只有申请人可以撤回变更申请。',
  ),
  'proposal.not-the-custodian': text(
    403,
    'A manager or the record’s custodian signs and countersigns.',
    '由管理者或该档案的保管员签字、复签。',
  ),
  'proposal.diff-changed': text(
    409,
    'The signature is not under the diff of this proposal; look at it again.',
    '签字所依据的对照与本申请不符,请重新查看。',
  ),
  'proposal.pointer-not-proposed': text(
    422,
    'The proposal does not change {pointer}, or it is named twice.',
    '申请未涉及 {pointer},或该项重复。',
  ),
  'proposal.nothing-accepted': text(
    422,
    'An acceptance in part names at least one field.',
    '部分同意须至少指明一个字段。',
  ),
  'countersignature.nothing-waits': text(409, 'Nothing waits for a countersignature.', '没有待复签的变更。'),
  'countersignature.not-waiting': text(
    409,
    '{pointer} does not wait for a countersignature.',
    '{pointer} 无须复签。',
  ),
  'loan.not-found': text(404, 'There is no such loan.', '没有这笔调阅。'),
  'loan.wrong-state': text(
    409,
    'The loan is {state}; this needs {needed}.',
    '调阅状态为 {state};此操作要求 {needed}。',
  ),
  'loan.number-not-whole': text(
    422,
    'Days and the size of a batch are whole numbers.',
    '天数和批量须为整数。',
  ),
  'loan.fields-required': text(422, 'A loan names fields or levels.', '调阅须指明字段或级别。'),
  'loan.level-unknown': text(422, 'There is no level {level}.', '没有级别 {level}。'),
  'loan.not-the-borrower': text(403, 'Only the borrower may do this.', '只有调阅人可以这样做。'),
  'loan.not-the-custodian': text(
    403,
    "The decision is the record's custodian's.",
    '须由该档案的保管员决定。',
  ),
  'loan.executive-stands-in-only': text(
    403,
    'The executive agrees only to what a manager borrows.',
    '分管领导只同意由管理者提出的调阅。',
  ),
  'loan.not-eligible': text(
    409,
    'The request fails {failed}; a failing request cannot be granted.',
    '申请未通过 {failed};未通过的申请不得准予。',
  ),
  'loan.not-waivable': text(422, 'Nobody may waive {rule}.', '规则 {rule} 不得豁免。'),
  'hold.not-found': text(404, 'There is no such hold.', '没有这项冻结。'),
  'hold.already-consented': text(409, 'An auditor has consented already.', '审计员已经同意。'),
  'hold.not-an-auditors': text(409, 'Only an auditor’s hold needs consent.', '只有审计员的冻结才需要同意。'),
  'hold.consent-missing': text(
    409,
    'An auditor’s hold is released only with an auditor’s consent.',
    '审计员的冻结须经审计员同意方可解除。',
  ),
  'destruction.not-found': text(404, 'There is no such application.', '没有这份销毁申请。'),
  'destruction.already-open': text(
    409,
    'The application {applicationId} is still open.',
    '销毁申请 {applicationId} 尚未结束。',
  ),
  'destruction.under-review': text(
    409,
    'The record is {status}; it is withdrawn, returned or rejected before its destruction is applied for.',
    '档案状态为 {status};须先撤回、退回或不予归档,方可申请销毁。',
  ),
  'destruction.wrong-state': text(
    409,
    'The application is {state}; this needs {needed}.',
    '申请状态为 {state};此操作要求 {needed}。',
  ),
  'destruction.retention-not-over': text(
    409,
    'Retention lasts until {retainUntil}.',
    '保管期限至 {retainUntil}。',
  ),
  'destruction.retention-without-end': text(
    409,
    'Retention has no end yet: the record is neither closed nor filed under a class that ends.',
    '保管期限尚无终点:档案既未结案,也未归入有期限的类别。',
  ),
  'destruction.last-contact-invalid': text(
    422,
    'The last contact must be a date, YYYY-MM-DD, not in the future.',
    '最近接触日期须为 YYYY-MM-DD,且不晚于今天。',
  ),
  'destruction.not-the-applicant': text(
    403,
    'Only the applicant may withdraw an application.',
    '只有申请人可以撤回申请。',
  ),
  'destruction.not-an-appraiser': text(
    403,
    'The follow-up owner, an analyst or the executive appraises.',
    '由跟进人、分析员或分管领导鉴定。',
  ),
  'destruction.executive-decides-grade-a': text(
    403,
    'Destroying a grade A record is the executive’s decision.',
    '甲级档案的销毁由分管领导批准。',
  ),
  'destruction.executive-stands-in-only': text(
    403,
    'Below grade A the executive decides only where a manager is a party.',
    '甲级以下档案,分管领导只在管理者为当事人时批准。',
  ),
  'destruction.guard-failed': text(
    409,
    'These conditions are not fulfilled: {failed}.',
    '销毁条件未满足:{failed}。',
  ),
  'destruction.no-paper': text(409, 'The record has no paper to shred.', '该档案没有纸质材料。'),
  'destruction.already-shredded': text(409, 'The paper has been shredded already.', '纸质材料已经粉碎。'),
  'reading.no-right': text(
    403,
    'No right of yours opens {level} values of this record.',
    '您没有阅读该档案 {level} 级信息的权限。',
  ),
  'reading.purpose-required': text(
    403,
    'State a purpose for this record and day.',
    '须说明当日阅读该档案的目的。',
  ),
  'reading.case-required': text(
    403,
    'An open audit case with this record in its scope is needed.',
    '须有范围包含该档案且未结案的审计案件。',
  ),
} as const satisfies Readonly<Record<string, RefusalText>>;

export type RefusalCode = keyof typeof refusalTexts;

/** Every code, in the order of the texts. */
export const refusalCodes = Object.keys(refusalTexts) as readonly RefusalCode[];

/** Refuses with a code that has a text. */
export function no(code: RefusalCode, params: JsonObject = {}): Refusal {
  return refuse(code, params);
}
