import type { Recorded, SealedValues } from '#engine/event.js';
import type { ActivityEvent } from './events.js';
import type { ActivityKind } from './kinds.js';

/** A customer's activity as its rules see it. Of an entry that is not named here the first version stands. */
export interface CustomerActivity {
  /** Entry id -> what became of it. */
  readonly changed: Readonly<Record<string, Change>>;
}

export interface Change {
  /** Revision of its last version. */
  readonly revision: number;
  readonly struck: boolean;
}

/** A version of an entry as it was read from this stream: what stands at a revision never changes. */
export interface Version {
  readonly revision: number;
  readonly kind: ActivityKind;
  readonly values: SealedValues;
}

export const noActivity: CustomerActivity = { changed: {} };

/** Folds one event into the state. An entry is told apart by its id alone, so a long stream costs no more than a short one. */
export function evolve(state: CustomerActivity, event: Recorded<ActivityEvent>): CustomerActivity {
  if (event.type === 'ActivityRecorded') return state;
  const change = { revision: event.revision, struck: event.type === 'ActivityStruck' };
  return { changed: { ...state.changed, [event.data.entryId]: change } };
}
