import type { JsonObject } from '#engine/json.js';

/** The trading company that both collectors bring; one of them with a digit missing in the phone number. */
export const huaxing: JsonObject = {
  name: '杭州华兴贸易有限公司',
  region: '330106',
  firstContactOn: '2025-02-27',
  creditCode: '91330106MA2KHX7T3H',
  industry: 'F',
  scale: 'medium',
  businessType: 'trader',
  address: '浙江省杭州市西湖区文三路478号',
  phone: '0571-8888666',
  legalRepresentative: '陈立',
  contacts: [
    { name: '陈立', position: '总经理', phone: '13812345678', decisionRole: 'decider' },
    { name: '何晓燕', position: '采购经理', phone: '13812345679', decisionRole: 'buyer' },
  ],
  needs: '每季度供应进口食品样品,六月前签订年度合同',
  paymentTerms: '月结三十天',
  growthPotential: 4,
  influence: 3,
};

/** The phone number as it should have been. */
export const HUAXING_PHONE = '0571-88886666';

/** The number after the company has moved. */
export const HUAXING_NEW_PHONE = '0571-88889999';

/** What the other collector heard of the same company at a fair. */
export const huaxingAgain: JsonObject = {
  name: '杭州华兴贸易',
  region: '330100',
  firstContactOn: '2025-02-28',
  creditCode: '91330106MA2KHX7T3H',
  email: 'chenli@huaxing.example',
};

/** Persons, whose sensitive fields stand on separate consents. */
export const persons: readonly { readonly key: string; readonly content: JsonObject }[] = [
  {
    key: 'zhang-mingyuan',
    content: {
      name: '张明远',
      region: '330106',
      firstContactOn: '2025-02-25',
      phone: '13812345671',
      email: 'zhang.mingyuan@mail.example',
      address: '浙江省杭州市西湖区学院路28号',
      occupation: '建筑师',
      birthDate: '1979-11-03',
      interests: '登山、书法',
      specialDates: [{ occasion: '结婚纪念日', date: '--05-20' }],
      incomeBand: '500k-1m',
      family: [
        { relation: 'spouse', name: '顾兰' },
        { relation: 'child', name: '张小禾', birthDate: '2012-06-01' },
      ],
    },
  },
  {
    key: 'li-yutong',
    content: {
      name: '李雨桐',
      region: '310115',
      firstContactOn: '2025-03-01',
      phone: '13912345672',
      employer: '浦东云图设计有限公司',
      occupation: '设计总监',
      education: 'master',
      incomeBand: '200k-500k',
    },
  },
];
