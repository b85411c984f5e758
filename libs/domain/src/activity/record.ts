import type { Decision } from '#engine/decider.js';
import type { JsonObject } from '#engine/json.js';
import { checkActivity, entered } from './content.js';
import type { ActivityEvent } from './events.js';
import type { ActivityKind } from './kinds.js';
import { no } from './refusal-texts.js';
import type { RecordFacts } from './rules.js';

/** Most entries of one list. */
export const MOST_ENTRIES = 1000;

/** Enters what happened with a customer: one event an entry. */
export interface RecordActivity {
  readonly type: 'RecordActivity';
  readonly entries: readonly NewEntry[];
  readonly record: RecordFacts;
}

export interface NewEntry {
  /** Derived from the command id of the whole list and the place in it. */
  readonly id: string;
  readonly kind: ActivityKind;
  /** Members of `ENTRIES[kind]`, the time among them. */
  readonly content: JsonObject;
}

export function recordActivity(
  { entries, record }: RecordActivity,
  { now }: { readonly now: string },
): Decision<ActivityEvent> {
  if (entries.length < 1 || entries.length > MOST_ENTRIES) {
    return no('activity.count-out-of-range', { most: MOST_ENTRIES });
  }
  const problems = entries.flatMap(({ kind, content }, entry) =>
    checkActivity(kind, content, now).map(({ pointer, code }) => ({ entry, pointer, code })),
  );
  if (problems.length > 0) return no('activity.content-invalid', { problems });
  return entries.map(({ id, kind, content }) => {
    const { effectiveAt, values } = entered(kind, content);
    return {
      type: 'ActivityRecorded',
      data: { entryId: id, kind, sealed: Object.keys(values), recordRevision: record.revision },
      sealed: { record: values },
      effectiveAt,
    };
  });
}
