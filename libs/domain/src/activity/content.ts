import type { SealedValues } from '#engine/event.js';
import type { JsonObject } from '#engine/json.js';
import { localDate } from '../calendar.js';
import { defaultRecordPolicy } from '../records/policies.js';
import { checkEntry, flattenEntry } from '../schema/entries.js';
import type { FieldProblem } from '../schema/field.js';
import { fault } from '../schema/values.js';
import type { ActivityKind } from './kinds.js';

const TIME = '/time';

/** What is wrong with an entry as sent: members, codes, money by the schema, and a time that has not been yet. */
export function checkActivity(kind: ActivityKind, content: JsonObject, now: string): FieldProblem[] {
  const problems = checkEntry(kind, content);
  if (problems.some(({ pointer }) => pointer === TIME) || !isInFuture(timeOf(kind, content), now)) {
    return problems;
  }
  const when = fault('field.in-future', 'a time that has been', '不晚于现在的时间');
  return [...problems, { pointer: TIME, ...when }];
}

/** A checked entry as an event holds it. */
export interface Entered {
  /** Its time: an instant with milliseconds, or a date where no time is known. */
  readonly effectiveAt: string;
  readonly values: SealedValues;
}

export function entered(kind: ActivityKind, content: JsonObject): Entered {
  const { [TIME]: _clear, ...values } = flattenEntry(kind, content);
  const time = timeOf(kind, content);
  return { effectiveAt: isDateOnly(time) ? time : new Date(time).toISOString(), values };
}

/** The local date of an entry's time. */
export function dateOf(effectiveAt: string): string {
  return isDateOnly(effectiveAt) ? effectiveAt : localDate(effectiveAt, defaultRecordPolicy.timeZone);
}

/** What a correction, or a strike, takes off: the amount of a transaction. */
export function takenOff(values: SealedValues): SealedValues {
  const kept = ['amount', 'currency'].filter((key) => `/${key}` in values);
  return Object.fromEntries(kept.map((key) => [`/was/${key}`, values[`/${key}`]!]));
}

function isInFuture(time: string, now: string): boolean {
  return isDateOnly(time)
    ? time > localDate(now, defaultRecordPolicy.timeZone)
    : Date.parse(time) > Date.parse(now);
}

function timeOf(kind: ActivityKind, { time = '' }: JsonObject): string {
  const stored = flattenEntry(kind, { time })[TIME];
  return typeof stored === 'string' ? stored : '';
}

function isDateOnly(time: string): boolean {
  return time.length === 10;
}
