import type { JsonObject } from '#engine/json.js';
import type { NewEntry } from '#domain/activity/record.js';
import type { ActivityKind } from '#domain/activity/kinds.js';
import type { RecordFacts } from '#domain/activity/rules.js';

/** The content of one entry of each kind. */
export const contents: Readonly<Record<ActivityKind, JsonObject>> = {
  transaction: { time: '2025-03-01', item: '龙井茶礼盒', amount: '440.00', currency: 'CNY' },
  interaction: { time: '2025-03-02T01:30:00Z', channel: 'wechat', summary: '询问春茶报价' },
  feedback: { time: '2025-03-02', kind: 'criticism', text: '包装略显陈旧' },
  need: { time: '2025-03-02', text: '需要每月配送' },
  'risk-assessment': { time: '2025-03-02', level: 'low', text: '回款及时' },
};

/** A new entry as a command has it. */
export function entryOf(kind: ActivityKind = 'transaction', more: JsonObject = {}, id = 'e-1'): NewEntry {
  return { id, kind, content: { ...contents[kind], ...more } };
}

/** What a filed record says, followed up by 孙丽. */
export function recordSays(more: Partial<RecordFacts> = {}): RecordFacts {
  const owner = { id: 'sun', until: '2025-06-01T01:00:00.000Z' };
  return { revision: 7, status: 'filed', restricted: false, owner, ...more };
}

/** The body that enters these. */
export function entriesBody(...entries: readonly (readonly [ActivityKind, JsonObject?])[]) {
  return { entries: entries.map(([kind, more = {}]) => ({ kind, content: { ...contents[kind], ...more } })) };
}

/** The body of a list of so many sales, each of another amount. */
export function salesBody(count: number) {
  return entriesBody(
    ...Array.from({ length: count }, (_, i) => ['transaction', { amount: `${i}.25` }] as const),
  );
}
