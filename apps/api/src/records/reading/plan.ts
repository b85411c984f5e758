import { isRefusal, type Refusal } from '#engine/decider.js';
import type { CustomerRecord } from '#domain/records/record.js';
import { openingRight, readingRight, type Reader, type ReadingRight } from '#domain/records/rights.js';
import { fieldAt, fieldsOf, type Field, type Level } from '#domain/schema/fields.js';
import type { Reading } from '#domain/staff-access/staff-access.js';
import { refusalProblem } from '../../http/command-request.js';
import type { Asked } from './asked.js';

/** How one value of a record is to be shown to one reader. */
export interface PlannedValue {
  readonly pointer: string;
  readonly field: Field;
  /** `clear`: an open value; `opened`: after the reading is on disk; `masked`: behind its mask; `hidden`: not at all. */
  readonly how: 'clear' | 'opened' | 'masked' | 'hidden';
  /** The right that opens, or would open, the value; why there is none. */
  readonly right: ReadingRight | Refusal;
}

/**
 * What a reader is shown of each value, in the order of the schema.
 * @throws Problem where a value that was asked for by name may not be opened: it names the pointer
 */
export function planReading(
  state: CustomerRecord,
  reader: Reader,
  asked: Asked,
  present: readonly string[],
  now: string,
): PlannedValue[] {
  const { subjectType } = state;
  const rightTo = (pointer: string, level: Level) => openingRight(state, reader, { level, pointer }, now);
  const named = asked === 'nothing' || asked === 'all' ? [] : asked;
  for (const pointer of named) {
    const right = rightTo(pointer, fieldAt(subjectType, pointer)!.level);
    if (isRefusal(right)) throw refusalProblem({ ...right, params: { ...right.params, pointer } });
  }
  return inSchemaOrder(state, present).map(({ pointer, field }) => {
    const { level } = field;
    const right = rightTo(pointer, level);
    if (level === 'open') return { pointer, field, how: 'clear', right };
    const wanted = asked === 'all' || named.includes(pointer);
    if (wanted && !isRefusal(right)) return { pointer, field, how: 'opened', right };
    const masked = !isRefusal(readingRight(state, reader, { level, pointer }, now));
    return { pointer, field, how: masked ? 'masked' : 'hidden', right };
  });
}

/** What goes on record before anything is opened: one reading for each right that is used. */
export function readingsOf(
  { id, loans }: CustomerRecord,
  { statedPurpose }: Reader,
  plan: readonly Pick<PlannedValue, 'how' | 'right' | 'pointer'>[],
): Reading[] {
  const byRight = new Map<string, { right: ReadingRight; pointers: string[] }>();
  for (const { how, right, pointer } of plan) {
    if (how !== 'opened' || isRefusal(right)) continue;
    const key = JSON.stringify([right.right, right.under]);
    const group = byRight.get(key) ?? { right, pointers: [] };
    group.pointers.push(pointer);
    byRight.set(key, group);
  }
  return [...byRight.values()].map(({ right: { right, under }, pointers }) => ({
    records: [{ id, pointers }],
    right,
    purpose: right === 'loan' && under !== null ? (loans[under]?.purpose ?? null) : statedPurpose,
    loanId: right === 'loan' ? under : null,
    caseId: right === 'audit-case' ? under : null,
  }));
}

function inSchemaOrder({ subjectType }: CustomerRecord, present: readonly string[]) {
  const order = new Map(fieldsOf(subjectType).map(({ key }, i) => [key, i]));
  const place = (pointer: string) => order.get(pointer.split('/')[1] ?? '') ?? order.size;
  return present
    .flatMap((pointer) => {
      const field = fieldAt(subjectType, pointer);
      return field ? [{ pointer, field }] : [];
    })
    .sort((a, b) => place(a.pointer) - place(b.pointer));
}
