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
