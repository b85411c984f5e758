import type { Label } from '../schema/fields.js';
import type { GuardRule } from './guard.js';

/** What each rule of the destruction guard asks, as a report shows it. */
export const guardRuleTexts: Readonly<Record<GuardRule, Label>> = {
  'no-hold': { en: 'No hold is in force', zh: '没有冻结' },
  'no-active-loan': { en: 'No loan is active', zh: '没有在借' },
  'no-open-handover': { en: 'No handover is open', zh: '没有未完成的移交' },
  'no-open-complaint': { en: 'No complaint is open', zh: '没有未结投诉' },
  'no-open-proposal': { en: 'No proposal is open', zh: '没有未结变更申请' },
  'no-open-contest': { en: 'No contest is open', zh: '没有未结申诉' },
  'approval-live': { en: 'The approval stands', zh: '批准有效' },
  'approver-entitled': { en: 'The approver was entitled by the grade', zh: '批准人有权批准该等级' },
  'wait-over': { en: 'The waiting time is over', zh: '等待期已满' },
  'different-persons': { en: 'Different persons did each act', zh: '各环节由不同人员办理' },
  'paper-shredded': { en: 'The paper is shredded', zh: '纸质材料已粉碎' },
  'witnesses-enough': { en: 'Enough witnesses have attested', zh: '监销人数足够' },
};
