import type { Label } from '../schema/fields.js';

/**
 * What happened, in words, by a stable code. `{actor}` is whoever did it; any other `{name}` is a parameter of the
 * sentence. Reasons and other texts of an act are sealed and no part of it.
 */
export const sentenceTexts = {
  'record.drafted': { en: '{actor} opened a draft: {fields}', zh: '{actor} 新建草稿：{fields}' },
  'record.collected': {
    en: '{actor} collected the record and submitted it for review: {fields}',
    zh: '{actor} 采集档案并提交审核：{fields}',
  },
  'record.collected-late': {
    en: '{actor} collected the record {days} days after the first contact and submitted it for review: {fields}',
    zh: '{actor} 在首次接触 {days} 天后采集档案并提交审核：{fields}',
  },
  'record.migrated': {
    en: '{actor} entered the record from earlier files: {fields}',
    zh: '{actor} 录入历史档案：{fields}',
  },
  'record.submitted': {
    en: '{actor} submitted the draft for review, changed: {fields}',
    zh: '{actor} 提交草稿审核，改动：{fields}',
  },
  'record.resubmitted': {
    en: '{actor} submitted the record again, round {round}, changed: {fields}',
    zh: '{actor} 补正后再次提交（第 {round} 轮），改动：{fields}',
  },
  'record.withdrawn': { en: '{actor} withdrew the record', zh: '{actor} 撤回档案' },
  'record.approved': {
    en: '{actor} approved the record as {grade}, {kind}, {urgency}',
    zh: '{actor} 审核通过：{grade}、{kind}、{urgency}',
  },
  'record.approved-otherwise': {
    en: '{actor} approved the record as {grade}, {kind}, {urgency}; set otherwise than proposed: {changed}',
    zh: '{actor} 审核通过：{grade}、{kind}、{urgency}；改定：{changed}',
  },
  'record.returned': {
    en: '{actor} returned the record for rework: {fields}',
    zh: '{actor} 将档案退回补正：{fields}',
  },
  'record.rejected': { en: '{actor} rejected the record', zh: '{actor} 决定不予归档' },
  'record.filed': {
    en: '{actor} filed the record under {fileNumber}, {medium}, kept as: {retention}',
    zh: '{actor} 归档，档号 {fileNumber}，{medium}，保管期限：{retention}',
  },
  'record.allocated': {
    en: '{actor} allocated the record: owner {owner} until {until}, custodian {custodian}',
    zh: '{actor} 分配档案：跟进人 {owner}（至 {until}），保管员 {custodian}',
  },
  'proposal.made': {
    en: '{actor} proposed to change: {fields} (source: {source}), to be signed before {until}',
    zh: '{actor} 申请变更：{fields}（来源：{source}），须于 {until} 前签字',
  },
  'record.updated': {
    en: '{actor} changed: {fields} (source: {source}), to be countersigned by {until}',
    zh: '{actor} 变更：{fields}（来源：{source}），须于 {until} 前复签',
  },
  'proposal.signed': { en: '{actor} signed the change of {fields}', zh: '{actor} 签字同意变更：{fields}' },
  'proposal.signed-in-part': {
    en: '{actor} signed the change of {fields}, and refused that of {refused}',
    zh: '{actor} 签字同意变更：{fields}；不同意：{refused}',
  },
  'proposal.refused': { en: '{actor} refused the proposed change', zh: '{actor} 不同意变更申请' },
  'proposal.withdrawn': { en: '{actor} withdrew the proposed change', zh: '{actor} 撤回变更申请' },
  'proposal.superseded': {
    en: '{actor} proposed anew: the earlier proposal is superseded',
    zh: '{actor} 重新申请变更，先前的申请被取代',
  },
  'update.countersigned': { en: '{actor} countersigned: {fields}', zh: '{actor} 复签：{fields}' },
  'update.reverted': {
    en: '{actor} refused to countersign; what was there before stands again: {fields}',
    zh: '{actor} 拒绝复签，恢复原有内容：{fields}',
  },
  'loan.requested': {
    en: '{actor} asked to consult {fields} for {days} days, purpose: {purpose}',
    zh: '{actor} 申请调阅 {fields}，{days} 天，用途：{purpose}',
  },
  'loan.withdrawn': { en: '{actor} withdrew the loan request', zh: '{actor} 撤回调阅申请' },
  'loan.endorsed': { en: '{actor} agreed to the loan', zh: '{actor} 同意调阅' },
  'loan.endorsed-waiving': {
    en: '{actor} agreed to the loan and waived: {rules}',
    zh: '{actor} 同意调阅并豁免：{rules}',
  },
  'loan.granted': { en: '{actor} granted the loan until {until}', zh: '{actor} 准予调阅，至 {until}' },
  'loan.refused': { en: '{actor} refused the loan', zh: '{actor} 拒绝调阅' },
  'loan.refused-by-rules': {
    en: 'The loan that {actor} asked for was refused; not met: {rules}',
    zh: '{actor} 的调阅申请未通过规则：{rules}',
  },
  'loan.revoked': { en: '{actor} revoked the loan', zh: '{actor} 收回调阅' },
  'hold.placed': { en: '{actor} placed a hold', zh: '{actor} 冻结档案' },
  'hold.placed-by-auditor': { en: '{actor} placed an auditor’s hold', zh: '{actor} 以审计名义冻结档案' },
  'hold.release-consented': {
    en: '{actor} consented to the release of the hold',
    zh: '{actor} 同意解除冻结',
  },
  'hold.released': { en: '{actor} released the hold', zh: '{actor} 解除冻结' },
  'destruction.applied': {
    en: '{actor} applied for destruction, ground: {ground}',
    zh: '{actor} 申请销毁，事由：{ground}',
  },
  'destruction.applied-restricting': {
    en: '{actor} applied for destruction, ground: {ground}; meanwhile the record is not to be read',
    zh: '{actor} 申请销毁，事由：{ground}；期间停止处理',
  },
  'destruction.withdrawn': {
    en: '{actor} withdrew the application for destruction',
    zh: '{actor} 撤回销毁申请',
  },
  'destruction.appraised': { en: '{actor} appraised: to be destroyed', zh: '{actor} 鉴定：应予销毁' },
  'destruction.appraised-to-keep': { en: '{actor} appraised: to be kept', zh: '{actor} 鉴定：应予保留' },
  'destruction.approved': {
    en: '{actor} approved the destruction, to be carried out from {from} and before {until}',
    zh: '{actor} 批准销毁，{from} 起、{until} 前执行',
  },
  'destruction.refused': { en: '{actor} refused the destruction', zh: '{actor} 不批准销毁' },
  'destruction.attested': { en: '{actor} attested as a witness', zh: '{actor} 监销并确认' },
  'destruction.paper-shredded': {
    en: '{actor} attested that the paper was shredded',
    zh: '{actor} 确认纸质材料已粉碎',
  },
  'destruction.begun': { en: '{actor} began the destruction', zh: '{actor} 开始销毁' },
  'destruction.completed': {
    en: 'The record was destroyed and certified',
    zh: '档案已销毁，并出具销毁证书',
  },
  'activity.recorded': {
    en: '{actor} entered about the customer: {kind}',
    zh: '{actor} 登记客户往来：{kind}',
  },
  'activity.corrected': {
    en: '{actor} corrected an entry about the customer: {kind}',
    zh: '{actor} 更正客户往来：{kind}',
  },
  'activity.struck': {
    en: '{actor} struck out an entry about the customer: {kind}',
    zh: '{actor} 作废客户往来：{kind}',
  },
  'staff.registered': {
    en: '{actor} registered {person}, roles asked for: {roles}',
    zh: '{actor} 登记 {person}，申请角色：{roles}',
  },
  'staff.registered-first': {
    en: '{actor} registered {person} as {role}, in force without confirmation',
    zh: '{actor} 登记 {person} 为{role}，无须确认即生效',
  },
  'staff.role-requested': {
    en: '{actor} asked for the role {role} for {person}',
    zh: '{actor} 为 {person} 申请角色：{role}',
  },
  'staff.role-requested-until': {
    en: '{actor} asked for the role {role} for {person} until {until}',
    zh: '{actor} 为 {person} 申请角色：{role}，至 {until}',
  },
  'staff.role-confirmed': {
    en: '{actor} confirmed the role {role} of {person}',
    zh: '{actor} 确认 {person} 的角色：{role}',
  },
  'staff.role-revoked': {
    en: '{actor} ended the role {role} of {person}',
    zh: '{actor} 取消 {person} 的角色：{role}',
  },
  'staff.role-refused': {
    en: '{actor} turned down the role {role} for {person}',
    zh: '{actor} 驳回 {person} 的角色申请：{role}',
  },
  'staff.undertaking-signed': {
    en: '{actor} signed the undertaking of confidentiality, good until {until}',
    zh: '{actor} 签署保密承诺，有效期至 {until}',
  },
  'staff.password-issued': {
    en: '{actor} issued a one-time password to {person}',
    zh: '{actor} 向 {person} 发放一次性密码',
  },
  'staff.password-changed': { en: '{actor} changed the password', zh: '{actor} 修改密码' },
  'staff.deactivated': {
    en: '{actor} deactivated {person}; {successor} is named as successor',
    zh: '{actor} 停用 {person}，指定 {successor} 为接替人',
  },
  'staff.reactivated': { en: '{actor} reactivated {person}', zh: '{actor} 恢复 {person}' },
  'reading.done': {
    en: '{actor} read in {count} record(s): {fields}',
    zh: '{actor} 阅读 {count} 份档案：{fields}',
  },
  'audit-case.opened': {
    en: '{actor} opened audit case {number} about {count} record(s), until {until}',
    zh: '{actor} 立案审计 {number}，涉及 {count} 份档案，至 {until}',
  },
  'audit-case.opened-on-all': {
    en: '{actor} opened audit case {number} about all records, until {until}',
    zh: '{actor} 立案审计 {number}，涉及全部档案，至 {until}',
  },
  'audit-case.closed': { en: '{actor} closed the audit case', zh: '{actor} 结束审计案件' },
  'file-number.reserved': {
    en: '{actor} reserved file number {fileNumber}',
    zh: '{actor} 预留档号 {fileNumber}',
  },
  'other.recorded': { en: '{actor} recorded {type}', zh: '{actor} 记录 {type}' },
} as const satisfies Readonly<Record<string, Label>>;

/** Stable code of what happened. */
export type SentenceCode = keyof typeof sentenceTexts;
