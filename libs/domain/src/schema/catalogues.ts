import type { Label } from './field.js';

/** One code that a field or an act may take. */
export interface CatalogueEntry {
  readonly code: string;
  readonly label: Label;
}

export type Catalogue = readonly CatalogueEntry[];

/** `code 中文 English` a line. */
function catalogue(lines: string): Catalogue {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', zh = '', ...en] = line.trim().split(' ');
      return { code, label: { en: en.join(' '), zh } };
    });
}

/** What customer information is used for; what each use needs stands in purposes.ts. */
export const purposes = catalogue(`
  servicing 客户服务 Servicing
  visit 客户回访 Visit
  contract 签订与履行合同 Contract
  credit-check 信用评估 Credit check
  complaint 投诉处理 Complaint
  marketing 营销推广 Marketing
  analysis 筛选分析 Screening and analysis
  verification 信息核实 Verification
  supervision 审核与管理 Review and supervision
  audit 审计 Audit`);

export const subjectTypes = catalogue(`
  company 单位 Company
  person 个人 Person`);

export const cooperationStatuses = catalogue(`
  cooperating 合作 Cooperating
  interested 意向 Interested
  prospective 潜在 Prospective
  ended 终止合作 Ended`);

export const urgencies = catalogue(`
  urgent 紧急 Urgent
  deferrable 缓处理 Deferrable
  can-wait 可等待 Can wait`);

export const kinds = catalogue(`
  key 重点 Key
  ordinary 普通 Ordinary
  high-potential 潜力 High-potential`);

export const valueLevels = catalogue(`
  high 高价值 High
  middle 中价值 Middle
  low 低价值 Low`);

export const grades = catalogue(`
  A 甲级 Grade A
  B 乙级 Grade B
  C 丙级 Grade C`);

export const media = catalogue(`
  electronic 电子档案 Electronic
  paper 文本档案 Paper
  both 文本与电子并存 Paper and electronic`);

export const sourceChannels = catalogue(`
  market-research 市场调研 Market research
  web-analysis 网络数据分析 Web data analysis
  sales-team 销售团队反馈 Sales team
  social-media 社交媒体监控 Social media
  order 成交订单 Order
  questionnaire 问卷 Questionnaire
  phone 电话 Phone call
  interview 面谈 Interview
  exhibition 展会 Exhibition
  referral 客户介绍 Referral
  public-register 公开登记信息 Public register
  import 历史资料导入 Imported files`);

/** Grounds on which personal information may be handled (PIPL article 13). */
export const legalBases = catalogue(`
  consent 个人同意 Consent
  contract 订立或履行合同 Contract
  legal-duty 履行法定职责或义务 Legal duty
  emergency 紧急情况下保护生命财产 Emergency
  public-interest 公共利益的新闻舆论监督 Public interest
  made-public 已合法公开的信息 Lawfully made public
  other-law 法律行政法规规定的其他情形 Other law`);

export const retentionClasses = catalogue(`
  not-filed 未归档三十日 Not filed, 30 days
  prospect 潜在客户二年 Prospect, 2 years from last contact
  ended 终止合作五年 Ended, 5 years
  ended-key 终止合作重点客户或合同十年 Ended key customer or contract, 10 years
  sensitive 敏感信息一年 Sensitive field, 1 year from last verification
  transactions 交易三年 Transactions, at least 3 years
  permanent 永久 Permanent`);

export const destructionGrounds = catalogue(`
  invalid 信息无效 Invalid
  erroneous 信息错误 Erroneous
  collected-in-error 误采集 Collected in error
  expired 保管期满 Retention passed
  withdrawn 撤回同意 Consent withdrawn
  requested 本人要求删除 Requested by the subject`);

/** Answers to what was put before a person, whatever it was. */
export const decisions = catalogue(`
  approve 通过 Approve
  return 退回补正 Return for rework
  reject 不予归档 Reject
  uphold 维持 Uphold
  overturn 改判 Overturn
  accept 同意 Accept
  accept-in-part 部分同意 Accept in part
  refuse 拒绝 Refuse
  grant 准予 Grant
  wait 等待 Wait`);

export const communicationChannels = catalogue(`
  phone 电话 Phone
  email 电子邮件 Email
  meeting 面谈 Meeting
  wechat 微信 WeChat
  social-media 社交媒体 Social media
  sms 短信 Text message
  post 邮寄 Post`);

export const payments = catalogue(`
  transfer 银行转账 Bank transfer
  card 银行卡 Card
  cash 现金 Cash
  bill 票据 Bill of exchange
  mobile 移动支付 Mobile payment
  on-account 赊账 On account`);

export const feedbackKinds = catalogue(`
  praise 好评 Praise
  suggestion 建议 Suggestion
  criticism 批评 Criticism
  survey 满意度调查 Satisfaction survey`);

export const verificationMethods = catalogue(`
  phone 致电核实 Phone call
  email 邮件核实 Email
  meeting 当面核实 Meeting
  document 证件核对 Document
  public-register 公开信息核对 Public register`);

export const verificationOutcomes = catalogue(`
  confirmed 属实 Confirmed
  wrong 有误 Wrong
  unreachable 联系不上 Unreachable`);

export const complaintCauses = catalogue(`
  product 产品质量 Product
  delivery 交付 Delivery
  service 服务态度 Service
  price 价格与账务 Price and billing
  contract 合同履行 Contract
  privacy 信息保护 Privacy
  other 其他 Other`);

export const riskLevels = catalogue(`
  low 低 Low
  middle 中 Middle
  high 高 High`);

/** Sections of GB/T 4754-2017. */
export const industries = catalogue(`
  A 农、林、牧、渔业 Agriculture, forestry and fishing
  B 采矿业 Mining
  C 制造业 Manufacturing
  D 电力、热力、燃气及水生产和供应业 Electricity, heat, gas and water
  E 建筑业 Construction
  F 批发和零售业 Wholesale and retail
  G 交通运输、仓储和邮政业 Transport, storage and post
  H 住宿和餐饮业 Accommodation and catering
  I 信息传输、软件和信息技术服务业 Information technology
  J 金融业 Finance
  K 房地产业 Real estate
  L 租赁和商务服务业 Leasing and business services
  M 科学研究和技术服务业 Research and technical services
  N 水利、环境和公共设施管理业 Water, environment and public facilities
  O 居民服务、修理和其他服务业 Household and other services
  P 教育 Education
  Q 卫生和社会工作 Health and social work
  R 文化、体育和娱乐业 Culture, sports and entertainment
  S 公共管理、社会保障和社会组织 Public administration
  T 国际组织 International organisations`);

export const scales = catalogue(`
  large 大型 Large
  medium 中型 Medium
  small 小型 Small
  micro 微型 Micro`);

export const businessTypes = catalogue(`
  manufacturer 生产 Manufacturer
  wholesaler 批发 Wholesaler
  retailer 零售 Retailer
  trader 贸易 Trader
  service 服务 Service provider
  e-commerce 电子商务 E-commerce
  public-body 公共机构 Public body
  other 其他 Other`);

export const sexes = catalogue(`
  male 男 Male
  female 女 Female
  not-stated 未说明 Not stated`);

export const educations = catalogue(`
  primary 小学 Primary school
  junior-secondary 初中 Junior secondary school
  senior-secondary 高中或中专 Senior secondary school
  college 大专 College
  bachelor 本科 Bachelor
  master 硕士 Master
  doctor 博士 Doctor`);

/** Yearly income before tax, in yuan. */
export const incomeBands = catalogue(`
  under-100k 十万元以下 Under 100,000
  100k-200k 十万至二十万元 100,000 to 200,000
  200k-500k 二十万至五十万元 200,000 to 500,000
  500k-1m 五十万至一百万元 500,000 to 1 million
  over-1m 一百万元以上 Over 1 million`);

export const decisionRoles = catalogue(`
  decider 决策者 Decision maker
  approver 审批者 Approver
  influencer 影响者 Influencer
  buyer 采购者 Buyer
  user 使用者 User
  gatekeeper 把关者 Gatekeeper`);

export const relations = catalogue(`
  spouse 配偶 Spouse
  child 子女 Child
  parent 父母 Parent
  sibling 兄弟姐妹 Sibling
  grandparent 祖父母或外祖父母 Grandparent
  grandchild 孙子女或外孙子女 Grandchild
  other 其他 Other`);

/** Every catalogue by its name, the one that a field's `catalogue` gives. */
export const CATALOGUES: Readonly<Record<string, Catalogue>> = {
  purposes,
  subjectTypes,
  cooperationStatuses,
  urgencies,
  kinds,
  valueLevels,
  grades,
  media,
  sourceChannels,
  legalBases,
  retentionClasses,
  destructionGrounds,
  decisions,
  communicationChannels,
  payments,
  feedbackKinds,
  verificationMethods,
  verificationOutcomes,
  complaintCauses,
  riskLevels,
  industries,
  scales,
  businessTypes,
  sexes,
  educations,
  incomeBands,
  decisionRoles,
  relations,
};

/** Whether the code stands in the catalogue. */
export function hasCode(entries: Catalogue, code: string): boolean {
  return entries.some((entry) => entry.code === code);
}
