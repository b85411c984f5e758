import type { JsonObject } from '#engine/json.js';

/** A customer of these days, beside 华兴. */
export interface Newcomer {
  /** Name in the story. */
  readonly key: string;
  /** Who brings it, and follows it up later. */
  readonly by: 'collector-1' | 'collector-2';
  readonly subjectType: 'company' | 'person';
  readonly sourceChannel: string;
  readonly content: JsonObject;
  readonly proposed: JsonObject;
  readonly retentionClass: string;
}

type Details = Pick<Newcomer, 'by' | 'sourceChannel' | 'content' | 'proposed'>;

const company = (key: string, details: Details): Newcomer => ({
  ...{ key, subjectType: 'company', retentionClass: 'ended', ...details },
});

const person = (key: string, details: Details): Newcomer => ({
  ...{ key, subjectType: 'person', retentionClass: 'prospect', ...details },
});

const COMPANIES: readonly Newcomer[] = [
  company('puhui', {
    ...{ by: 'collector-1', sourceChannel: 'sales-team' },
    proposed: { grade: 'A', status: 'cooperating', urgency: 'deferrable', kind: 'key' },
    content: {
      ...{ name: '上海浦汇餐饮管理有限公司', region: '310115', creditCode: '91310115MA1DMC4R2K' },
      ...{ firstContactOn: '2025-02-24', industry: 'H', scale: 'large', businessType: 'service' },
      ...{ address: '上海市浦东新区张杨路628号', phone: '021-58881234', paymentTerms: '月结四十五天' },
      contacts: [{ name: '沈佳宁', position: '供应链总监', phone: '13812345681', decisionRole: 'decider' }],
      ...{ needs: '门店统一配送调味品', growthPotential: 5, influence: 4 },
    },
  }),
  company('yunjin', {
    ...{ by: 'collector-2', sourceChannel: 'exhibition' },
    proposed: { grade: 'B', status: 'interested', urgency: 'deferrable', kind: 'high-potential' },
    content: {
      ...{ name: '苏州云锦丝绸有限公司', region: '320505', creditCode: '91320505MA1YPX9X73' },
      ...{ firstContactOn: '2025-02-26', industry: 'C', scale: 'small', businessType: 'manufacturer' },
      ...{ address: '江苏省苏州市虎丘区滨河路588号', phone: '0512-68081234' },
      contacts: [{ name: '陆文秀', position: '厂长', phone: '13812345682', decisionRole: 'approver' }],
    },
  }),
  company('xinhai', {
    ...{ by: 'collector-2', sourceChannel: 'web-analysis' },
    proposed: {
      ...{ grade: 'B', status: 'interested', kind: 'high-potential' },
      ...{ urgency: 'urgent', urgencyReason: '三月十日前确定年度供应商' },
    },
    content: {
      ...{ name: '深圳鑫海跨境电商有限公司', region: '440305', creditCode: '91440305MA5DLK3N8Y' },
      ...{ firstContactOn: '2025-02-28', industry: 'I', scale: 'medium', businessType: 'e-commerce' },
      ...{ email: 'purchase@xinhai.example', phone: '0755-26771234' },
      contacts: [{ name: '郭子健', email: 'guo.zijian@xinhai.example', decisionRole: 'buyer' }],
    },
  }),
  company('shuxiang', {
    ...{ by: 'collector-1', sourceChannel: 'referral' },
    proposed: { grade: 'C', status: 'prospective', urgency: 'can-wait', kind: 'ordinary' },
    content: {
      ...{ name: '成都蜀香食品连锁有限公司', region: '510104', creditCode: '91510104MA6CUJ1H59' },
      ...{ firstContactOn: '2025-02-25', industry: 'F', scale: 'medium', businessType: 'retailer' },
      ...{ address: '四川省成都市锦江区东大街216号', legalRepresentative: '罗建国' },
    },
  }),
  company('luyang', {
    ...{ by: 'collector-2', sourceChannel: 'phone' },
    proposed: { grade: 'B', status: 'cooperating', urgency: 'can-wait', kind: 'ordinary' },
    content: {
      ...{ name: '厦门鹭洋冷链物流有限公司', region: '350203', creditCode: '91350203MA2YHW6U47' },
      ...{ firstContactOn: '2025-02-27', industry: 'G', scale: 'medium', businessType: 'service' },
      ...{ phone: '0592-5081234', paymentTerms: '季结', cooperationSince: '2025-01' },
    },
  }),
  company('qinzhi', {
    ...{ by: 'collector-1', sourceChannel: 'public-register' },
    proposed: { grade: 'C', status: 'prospective', urgency: 'can-wait', kind: 'ordinary' },
    content: {
      ...{ name: '西安秦智教育科技有限公司', region: '610113', creditCode: '91610113MA6TQL2K9G' },
      ...{ firstContactOn: '2025-03-01', industry: 'P', scale: 'micro', businessType: 'service' },
      ...{ email: 'office@qinzhi.example' },
    },
  }),
];

/** Their sensitive fields stand on separate consents. */
const PERSONS: readonly Newcomer[] = [
  person('zhang-mingyuan', {
    ...{ by: 'collector-1', sourceChannel: 'referral' },
    proposed: { grade: 'B', status: 'interested', urgency: 'deferrable', kind: 'ordinary' },
    content: {
      ...{ name: '张明远', region: '330106', firstContactOn: '2025-02-25', phone: '13812345671' },
      ...{ email: 'zhang.mingyuan@mail.example', address: '浙江省杭州市西湖区学院路28号' },
      ...{ occupation: '建筑师', birthDate: '1979-11-03', interests: '登山、书法', incomeBand: '500k-1m' },
      specialDates: [{ occasion: '结婚纪念日', date: '--05-20' }],
      family: [
        { relation: 'spouse', name: '顾兰' },
        { relation: 'child', name: '张小禾', birthDate: '2012-06-01' },
      ],
    },
  }),
  person('li-yutong', {
    ...{ by: 'collector-1', sourceChannel: 'referral' },
    proposed: { grade: 'B', status: 'interested', urgency: 'deferrable', kind: 'ordinary' },
    content: {
      ...{ name: '李雨桐', region: '310115', firstContactOn: '2025-03-01', phone: '13912345672' },
      ...{ employer: '浦东云图设计有限公司', occupation: '设计总监', education: 'master' },
      incomeBand: '200k-500k',
    },
  }),
  person('ma-xiaolan', {
    ...{ by: 'collector-2', sourceChannel: 'questionnaire' },
    proposed: { grade: 'A', status: 'cooperating', urgency: 'can-wait', kind: 'key' },
    content: {
      ...{ name: '马晓岚', region: '610113', firstContactOn: '2025-02-26', phone: '13712345673' },
      ...{ occupation: '收藏家', sex: 'female', preferredChannel: 'wechat' },
      family: [{ relation: 'parent', name: '马国栋' }],
    },
  }),
  person('tang-siyuan', {
    ...{ by: 'collector-2', sourceChannel: 'social-media' },
    proposed: { grade: 'C', status: 'prospective', urgency: 'can-wait', kind: 'high-potential' },
    content: {
      ...{ name: '唐思源', region: '510104', firstContactOn: '2025-03-02' },
      ...{ email: 'tang.siyuan@mail.example', interests: '茶道', preferredChannel: 'email' },
    },
  }),
];

/** Six companies and four persons, all invented; with 华兴, brought twice, the twelve of the story. */
export const newcomers: readonly Newcomer[] = [...COMPANIES, ...PERSONS];
