import type { DecisionContext, Refusal } from '#engine/decider.js';
import { isRestricted } from '../records/application.js';
import type { RecordState, RecordStatus } from '../records/record.js';
import { no as noOfRecord } from '../records/refusal-texts.js';
import { asParty, personsOf } from '../records/rules.js';
import type { Role } from '../roles.js';
import type { CustomerActivity, Version } from './activity.js';
import { no } from './refusal-texts.js';

/**
 * What the customer's record says at its head. Facts of another stream are advice, so the event names their revision;
 * what comes too late for a destruction is stopped by the dead key.
 */
export interface RecordFacts {
  readonly revision: number;
  readonly status: RecordState['status'];
  readonly restricted: boolean;
  /** The follow-up owner, and when his standing grant ends. */
  readonly owner: { readonly id: string; readonly until: string } | null;
}

/** @param revision of the record's stream that the state was folded from */
export function recordFacts(state: RecordState, revision: number, now: string): RecordFacts {
  if (state.status === 'absent') return { revision, status: 'absent', restricted: false, owner: null };
  const { status, owner } = state;
  return { revision, status, restricted: isRestricted(state, now), owner };
}

/** Duties that enter activity; the follow-up owner does so whatever his duty is. */
const ENTITLED: readonly Role[] = ['collector', 'custodian', 'manager'];

/** States in which a record takes activity. */
const TAKING: readonly RecordStatus[] = ['submitted', 'returned', 'approved', 'filed'];

export function mayEnter({ owner }: RecordFacts, context: DecisionContext): Refusal | null {
  const byDuty = ENTITLED.some((role) => context.actor.roles.includes(role));
  const follows =
    owner !== null && personsOf(asParty(context)).includes(owner.id) && context.now < owner.until;
  return byDuty || follows ? null : no('activity.not-entitled');
}

/** There is a record, on its way into the archive or in it, and it may be used. */
export function takesActivity({ status, restricted }: RecordFacts): Refusal | null {
  if (status === 'absent') return noOfRecord('record.not-found');
  if (status === 'being-destroyed') return noOfRecord('record.being-destroyed');
  if (status === 'destroyed') return noOfRecord('record.already-destroyed');
  if (!TAKING.includes(status)) return noOfRecord('record.wrong-state', { status, needed: TAKING });
  return restricted ? noOfRecord('record.restricted') : null;
}

/** The version is the one that stands: nobody has corrected the entry since, or struck it out. */
export function stands(
  { changed }: CustomerActivity,
  entryId: string,
  version: Version | null,
): Refusal | null {
  if (version === null) return no('activity.not-found');
  const change = Object.hasOwn(changed, entryId) ? changed[entryId] : undefined;
  if (change?.struck) return no('activity.already-struck');
  return change !== undefined && change.revision !== version.revision
    ? no('activity.changed-meanwhile')
    : null;
}
