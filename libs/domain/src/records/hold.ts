import type { Decision, Refusal } from '#engine/decider.js';
import type { RecordEvent } from './events.js';
import type { CustomerRecord, Hold } from './record.js';
import { no } from './refusal-texts.js';
import { holds, notHisOwnWork, reasonGiven, texts, type RecordContext, type Situation } from './rules.js';

/** Keeps a record from being destroyed. */
export interface PlaceHold {
  readonly type: 'PlaceHold';
  readonly reason: string;
}

/** An auditor agrees that an auditor's hold be released. */
export interface ConsentToRelease {
  readonly type: 'ConsentToRelease';
  readonly holdId: string;
  readonly reason: string | null;
}

export interface ReleaseHold {
  readonly type: 'ReleaseHold';
  readonly holdId: string;
  readonly reason: string;
}

export function placeHold(
  { reason }: PlaceHold,
  _state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const data = { holdId: context.mint('hold'), byAuditor: holds('auditor', context) };
  return reasonGiven(reason) ?? [{ type: 'HoldPlaced', data, ...texts({ reason }) }];
}

export function consentToRelease(
  { holdId, reason }: ConsentToRelease,
  state: CustomerRecord,
): Decision<RecordEvent> {
  return (
    mayConsent(state, holdId) ?? [{ type: 'HoldReleaseConsented', data: { holdId }, ...texts({ reason }) }]
  );
}

export function releaseHold(
  { holdId, reason }: ReleaseHold,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const barred = mayRelease(state, holdId, context) ?? reasonGiven(reason);
  return barred ?? [{ type: 'HoldReleased', data: { holdId }, ...texts({ reason }) }];
}

export function mayConsent(state: CustomerRecord, holdId: string): Refusal | null {
  const hold = holdOf(state, holdId);
  if (!hold) return no('hold.not-found');
  if (!hold.byAuditor) return no('hold.not-an-auditors');
  return hold.consented ? no('hold.already-consented') : null;
}

/** Neither who placed it nor who ever applied for the destruction lifts a hold. */
export function mayRelease(state: CustomerRecord, holdId: string, situation: Situation): Refusal | null {
  const hold = holdOf(state, holdId);
  if (!hold) return no('hold.not-found');
  const applicants = Object.values(state.applications).map((each) => each.appliedBy);
  return notHisOwnWork([hold.placedBy, ...applicants], situation) ?? auditorConsented(hold);
}

/** An auditor's hold needs an auditor's consent. */
export function auditorConsented(hold: Hold): Refusal | null {
  return hold.byAuditor && !hold.consented ? no('hold.consent-missing') : null;
}

function holdOf(state: CustomerRecord, holdId: string): Hold | null {
  return Object.hasOwn(state.holds, holdId) ? (state.holds[holdId] ?? null) : null;
}
