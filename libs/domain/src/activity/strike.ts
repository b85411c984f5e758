import type { Decision } from '#engine/decider.js';
import { reasonGiven } from '../records/rules.js';
import type { CustomerActivity, Version } from './activity.js';
import { takenOff } from './content.js';
import type { ActivityEvent } from './events.js';
import { stands, type RecordFacts } from './rules.js';

/** Strikes out an entry that should not have been made; it stays in the log. */
export interface StrikeActivity {
  readonly type: 'StrikeActivity';
  readonly entryId: string;
  readonly reason: string;
  /** As in `CorrectActivity`. */
  readonly version: Version | null;
  readonly record: RecordFacts;
}

export function strikeActivity(
  { entryId, reason, version, record }: StrikeActivity,
  state: CustomerActivity,
): Decision<ActivityEvent> {
  const barred = stands(state, entryId, version) ?? reasonGiven(reason);
  if (barred) return barred;
  const { kind, revision, values } = version!;
  return [
    {
      type: 'ActivityStruck',
      data: { entryId, kind, replaces: revision, recordRevision: record.revision },
      sealed: { record: { ...takenOff(values), '/text/reason': reason } },
    },
  ];
}
