import type { Label } from '../schema/fields.js';
import type { EligibilityRule } from './eligibility.js';

/** What each eligibility rule asks, as a report shows it. */
export const eligibilityRuleTexts: Readonly<Record<EligibilityRule, Label>> = {
  'borrower-active': { en: 'The borrower is active', zh: '调阅人在岗' },
  'undertaking-signed': { en: 'The undertaking of confidentiality is signed', zh: '已签署保密承诺' },
  'role-allowed': { en: 'A role of the borrower may borrow', zh: '角色允许调阅' },
  'purpose-authorised': { en: 'The customer was told of the purpose', zh: '用途已告知客户' },
  'fields-needed': { en: 'The purpose needs what is asked for', zh: '所调阅内容为用途所需' },
  'file-lendable': { en: 'The file can be lent', zh: '档案可供调阅' },
  duration: { en: 'The duration is within the limit', zh: '期限未超过上限' },
  'loan-limit': { en: 'The borrower is within his limit', zh: '调阅数量未超过上限' },
  'no-overdue': { en: 'Nothing is overdue', zh: '没有逾期未还' },
  'no-unratified-emergency': {
    en: 'No emergency consult waits for ratification',
    zh: '没有待追认的紧急调阅',
  },
  'grade-a-consent': { en: 'A manager agrees (grade A)', zh: '甲级档案经管理者同意' },
  'sensitive-consent': { en: 'The customer consented separately', zh: '敏感信息已取得单独同意' },
  'paper-available': { en: 'The paper is in its place', zh: '纸质档案在库' },
};

/** What would make a failed rule pass; `{name}` stands for the remedy's parameter of that name. */
export const remedyTexts = {
  'reactivate-borrower': {
    en: 'The borrower must be an active member of staff.',
    zh: '调阅人须为在岗人员。',
  },
  'sign-undertaking': {
    en: 'Sign the undertaking of confidentiality; it is good for {days} days.',
    zh: '请签署保密承诺,有效期 {days} 天。',
  },
  'hold-role': { en: 'One of these roles is needed: {allowed}.', zh: '须具备以下角色之一:{allowed}。' },
  'tell-purpose': {
    en: 'Tell the customer of the purpose {purpose}, or name one that he was told of.',
    zh: '请将用途 {purpose} 告知客户,或改用已告知的用途。',
  },
  'ask-for-less': {
    en: 'Leave out what the purpose does not need: {notNeeded}.',
    zh: '请去掉该用途不需要的内容:{notNeeded}。',
  },
  'file-first': { en: 'The record must be filed first.', zh: '档案须先归档。' },
  'restriction-ends': {
    en: 'The record is restricted until that is lifted.',
    zh: '档案已停止处理,解除后方可调阅。',
  },
  'approval-ends': {
    en: 'Its destruction is approved; it can be lent only if that lapses.',
    zh: '该档案已批准销毁,批准失效后方可调阅。',
  },
  shorten: { en: 'Ask for 1 to {longest} whole days.', zh: '期限须为 1 至 {longest} 天的整数。' },
  'end-loans': { en: 'Wait until fewer than {limit} loans are open.', zh: '请待在借数量少于 {limit} 份。' },
  'smaller-batch': { en: 'Ask for at most {limit} records in one batch.', zh: '每批不得超过 {limit} 份。' },
  'return-overdue': {
    en: 'Return what is overdue, or have a manager waive it with a reason.',
    zh: '请归还逾期档案,或由管理者说明理由予以豁免。',
  },
  'ratify-emergency': { en: 'Have the emergency consult ratified.', zh: '请先完成紧急调阅的追认。' },
  'manager-endorses': { en: 'A manager must agree to this loan too.', zh: '须另经管理者同意。' },
  'obtain-separate-consent': {
    en: 'Obtain a separate consent for {missing}, or leave it out.',
    zh: '请就 {missing} 取得单独同意,或不予调阅。',
  },
  'wait-for-paper': { en: 'Wait until the paper is back.', zh: '请等待纸质档案归还。' },
} as const satisfies Readonly<Record<string, Label>>;

export type RemedyCode = keyof typeof remedyTexts;
