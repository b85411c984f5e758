import type { Decision } from '#engine/decider.js';
import type { JsonObject } from '#engine/json.js';
import { reasonGiven } from '../records/rules.js';
import type { CustomerActivity, Version } from './activity.js';
import { checkActivity, entered, takenOff } from './content.js';
import type { ActivityEvent } from './events.js';
import { no } from './refusal-texts.js';
import { stands, type RecordFacts } from './rules.js';

/** Puts an entry right; the version before stays in the log. */
export interface CorrectActivity {
  readonly type: 'CorrectActivity';
  readonly entryId: string;
  /** The whole entry as it should have been; its kind stays. */
  readonly content: JsonObject;
  readonly reason: string;
  /** The last version of the entry, from this stream; `null` where the customer has no such entry. */
  readonly version: Version | null;
  readonly record: RecordFacts;
}

export function correctActivity(
  { entryId, content, reason, version, record }: CorrectActivity,
  state: CustomerActivity,
  { now }: { readonly now: string },
): Decision<ActivityEvent> {
  const barred = stands(state, entryId, version) ?? reasonGiven(reason);
  if (barred) return barred;
  const { kind, revision, values: before } = version!;
  const problems = checkActivity(kind, content, now).map(({ pointer, code }) => ({ pointer, code }));
  if (problems.length > 0) return no('activity.content-invalid', { problems });
  const { effectiveAt, values } = entered(kind, content);
  return [
    {
      type: 'ActivityCorrected',
      data: {
        ...{ entryId, kind, replaces: revision },
        sealed: Object.keys(values),
        recordRevision: record.revision,
      },
      sealed: { record: { ...values, ...takenOff(before), '/text/reason': reason } },
      effectiveAt,
    },
  ];
}
