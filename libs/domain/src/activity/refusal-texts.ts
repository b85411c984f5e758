import { refuse, type Refusal } from '#engine/decider.js';
import type { JsonObject } from '#engine/json.js';
import type { RefusalText } from '../records/refusal-texts.js';

const text = (status: RefusalText['status'], en: string, zh: string): RefusalText => ({ en, zh, status });

/** Every refusal about activity, by its stable code, beside those that records have too. */
export const activityRefusalTexts = {
  'activity.not-entitled': text(
    403,
    'Activity is entered by collectors, custodians, managers and whoever follows the customer up.',
    '往来由采集员、保管员、管理者或该客户的跟进人登记。',
  ),
  'activity.not-found': text(404, 'The record has no such entry.', '该档案没有这条往来。'),
  'activity.count-out-of-range': text(
    422,
    'One command enters 1 to {most} entries.',
    '一次可登记1至{most}条往来。',
  ),
  'activity.content-invalid': text(
    422,
    'The content does not meet the schema; see problems.',
    '内容不符合字段标准,请见各项问题。',
  ),
  'activity.already-struck': text(409, 'The entry has been struck out.', '该条往来已经作废。'),
  'activity.changed-meanwhile': text(
    409,
    'The entry has been corrected meanwhile; look at it again.',
    '该条往来已被更正,请重新查看。',
  ),
} as const satisfies Readonly<Record<string, RefusalText>>;

export type ActivityRefusalCode = keyof typeof activityRefusalTexts;

/** Refuses with a code that has a text. */
export function no(code: ActivityRefusalCode, params: JsonObject = {}): Refusal {
  return refuse(code, params);
}
