import type { Decider } from '#engine/decider.js';
import { evolve, noActivity, type CustomerActivity } from './activity.js';
import { correctActivity, type CorrectActivity } from './correct.js';
import type { ActivityEvent } from './events.js';
import { recordActivity, type RecordActivity } from './record.js';
import { mayEnter, takesActivity } from './rules.js';
import { strikeActivity, type StrikeActivity } from './strike.js';

/** Everything that can be asked of a customer's activity. */
export type ActivityCommand = RecordActivity | CorrectActivity | StrikeActivity;

const changes = ['ActivityCorrected', 'ActivityStruck'] as const;

/** The decider of stream `customerActivity-<record id>`: the append-only side of a file. */
export const activityDecider: Decider<CustomerActivity, ActivityCommand, ActivityEvent> = {
  category: 'customerActivity',
  initial: () => noActivity,
  evolve,
  decide(command, state, context) {
    const barred = takesActivity(command.record) ?? mayEnter(command.record, context);
    if (barred) return barred;
    switch (command.type) {
      case 'RecordActivity':
        return recordActivity(command, context);
      case 'CorrectActivity':
        return correctActivity(command, state, context);
      case 'StrikeActivity':
        return strikeActivity(command, state);
    }
  },
  // New entries conflict with nothing.
  dependsOn: { RecordActivity: [], CorrectActivity: changes, StrikeActivity: changes },
  touches: (command, { data }) => command.type === 'RecordActivity' || command.entryId === data.entryId,
};
