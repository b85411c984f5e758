import type { Json, JsonObject } from '#engine/json.js';
import type { Field, FieldProblem, Level } from './field.js';
import { checkValue, fault, normaliseValue } from './values.js';

/** What is entered about a customer's activity, many times, beside his file. */
export type EntryKind = 'transaction' | 'interaction' | 'feedback' | 'complaint' | 'need' | 'risk-assessment';

type Details = Partial<Pick<Field, 'kind' | 'check' | 'catalogue' | 'required' | 'max'>>;

function member(level: Level, key: string, zh: string, en: string, details: Details = {}): Field {
  const usual = { for: 'both', secondSignature: false, searchable: false, required: false } as const;
  return { key, label: { en, zh }, level, ...usual, kind: 'text', mask: 'hidden', max: 200, ...details };
}

const NEEDED = { required: true } as const;
const FREE_TEXT = { max: 4000, ...NEEDED } as const;
/** Open, because it is the business time of the event (`effectiveAt`), which no envelope seals. */
const time = member('open', 'time', '时间', 'Time', {
  ...NEEDED,
  kind: 'date',
  check: 'date-or-instant',
});
const cause = member('confidential', 'cause', '原因', 'Cause', {
  kind: 'code',
  catalogue: 'complaintCauses',
});
const resolution = member('personal', 'resolution', '处理结果', 'Resolution', { max: 4000 });

/** The members of each kind of entry (docs/domain.md section 6): confidential, free text personal; all but the time sealed. */
export const ENTRIES: Readonly<Record<EntryKind, readonly Field[]>> = {
  transaction: [
    time,
    member('confidential', 'item', '产品或服务', 'Item', NEEDED),
    member('confidential', 'amount', '交易金额', 'Amount', { ...NEEDED, kind: 'money' }),
    member('confidential', 'currency', '币种', 'Currency', { ...NEEDED, kind: 'code', check: 'currency' }),
    member('confidential', 'payment', '支付方式', 'Payment', { kind: 'code', catalogue: 'payments' }),
  ],
  interaction: [
    time,
    member('confidential', 'channel', '沟通渠道', 'Channel', {
      ...NEEDED,
      kind: 'code',
      catalogue: 'communicationChannels',
    }),
    member('personal', 'summary', '摘要', 'Summary', FREE_TEXT),
  ],
  feedback: [
    time,
    member('confidential', 'kind', '类别', 'Kind', { ...NEEDED, kind: 'code', catalogue: 'feedbackKinds' }),
    member('personal', 'text', '内容', 'Text', FREE_TEXT),
    cause,
    resolution,
  ],
  complaint: [time, member('personal', 'text', '投诉内容', 'Complaint', FREE_TEXT), cause, resolution],
  need: [time, member('personal', 'text', '需求', 'Need', FREE_TEXT)],
  'risk-assessment': [
    time,
    member('confidential', 'level', '风险程度', 'Risk level', {
      ...NEEDED,
      kind: 'code',
      catalogue: 'riskLevels',
    }),
    member('personal', 'text', '依据', 'Grounds', { max: 4000 }),
  ],
};

/** An entry in its stored form: pointer -> value. Check first. */
export function flattenEntry(kind: EntryKind, entry: JsonObject): Record<string, Json> {
  const normalise = (key: string, value: Json) => {
    const field = ENTRIES[kind].find((each) => each.key === key);
    return field === undefined ? value : normaliseValue(field, value);
  };
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [`/${key}`, normalise(key, value)]));
}

/** What is wrong with an entry as sent. */
export function checkEntry(kind: EntryKind, entry: JsonObject): FieldProblem[] {
  const fields = ENTRIES[kind];
  const known = fields.map((field) => field.key).join(', ');
  const missing = fields
    .filter((field) => field.required && !(field.key in entry))
    .map(({ key, label }) => ({
      pointer: `/${key}`,
      ...fault('field.required', `${label.en}: a value is required`, `${label.zh}为必填项`),
    }));
  const wrong = Object.entries(entry).flatMap(([key, value]) => {
    const field = fields.find((each) => each.key === key);
    const found = field
      ? checkValue(field, normaliseValue(field, value))
      : fault('field.unknown', `one of ${known}`, `以下之一:${known}`);
    return found === undefined ? [] : [{ pointer: `/${key}`, ...found }];
  });
  return [...missing, ...wrong];
}
