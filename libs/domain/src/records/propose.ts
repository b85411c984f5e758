import { isRefusal, type Decision, type Refusal } from '#engine/decider.js';
import type { JsonObject } from '#engine/json.js';
import { addDays } from '../calendar.js';
import { sourceChannels } from '../schema/catalogues.js';
import { fieldAt, type SubjectType } from '../schema/fields.js';
import { isRestricted } from './application.js';
import { firstContact, notInFuture, sensitiveConsented } from './collect.js';
import {
  changedContent,
  changeOf,
  itemOf,
  lacking,
  lackingAfter,
  mergeSealed,
  pointersOf,
  type PreparedChange,
} from './content.js';
import type { RecordEvent } from './events.js';
import { openProposals, proposedPointers, unchangedSince } from './proposal.js';
import type { CustomerRecord } from './record.js';
import { no } from './refusal-texts.js';
import {
  asParty,
  inState,
  knownCode,
  personsOf,
  reasonGiven,
  samePerson,
  texts,
  type RecordContext,
  type Situation,
} from './rules.js';

/** Changes a filed record: marked fields wait for a second person's signature, the others take effect at once. */
export interface ProposeUpdate {
  readonly type: 'ProposeUpdate';
  /** Member -> new value, `null` to take it away; as in `changedContent`. */
  readonly changes: JsonObject;
  readonly reason: string;
  /** How the customer's data came in. */
  readonly sourceChannel: string;
  /** Revision of the record that the proposer had before him. */
  readonly baseRevision: number;
}

export function proposeUpdate(
  command: ProposeUpdate,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const { baseRevision, sourceChannel, reason } = command;
  const barred =
    mayPropose(state, context) ??
    knownCode('sourceChannels', sourceChannels, sourceChannel) ??
    reasonGiven(reason) ??
    baseKnown(command, state);
  if (barred) return barred;
  const change = changesOf(state, command.changes, context);
  if (isRefusal(change)) return change;
  const { waiting, atOnce } = bySignature(state.subjectType, change);
  const wrong =
    somethingChanges(change) ??
    unchangedSince(state, touchedBy(change), baseRevision) ??
    notInFuture(firstContact(change.clear), context) ??
    sensitiveConsented(Object.keys(change.clear.sealed), state.separateConsents) ??
    lackingAfter(state.content, { added: atOnce.clear, removed: atOnce.removed }, state);
  if (wrong) return wrong;

  const said = texts({ reason });
  const eventOf = ({ clear, removed, sealed }: PreparedChange) => ({
    data: { ...clear, removed, baseRevision, sourceChannel },
    sealed: mergeSealed(sealed, 'sealed' in said ? said.sealed : {}),
  });
  const { proposalDays, countersignDays } = context.policy.updates;
  const events: RecordEvent[] = [];
  const proposed = touchedBy(waiting);
  if (proposed.length > 0) {
    const proposalId = context.mint('proposal');
    const { data, sealed } = eventOf(waiting);
    const replaces = Object.fromEntries(
      proposed.map((pointer) => [pointer, state.changes[pointer]?.stands ?? null]),
    );
    const lapsesAt = addDays(context.now, proposalDays);
    events.push(
      { type: 'UpdateProposed', data: { proposalId, ...data, replaces, lapsesAt }, ...{ sealed } },
      ...supersededBy(proposalId, proposed, state, context),
    );
  }
  if (touchedBy(atOnce).length > 0) {
    const { data, sealed } = eventOf(atOnce);
    const countersignBy = addDays(context.now, countersignDays);
    events.push({ type: 'RecordUpdated', data: { ...data, countersignBy }, ...{ sealed } });
  }
  return events;
}

/** Of an approved or filed record that is not restricted, by those who know the customer. */
export function mayPropose(state: CustomerRecord, situation: Situation): Refusal | null {
  return (
    inState(state, ['approved', 'filed']) ?? notRestricted(state, situation) ?? entitled(state, situation)
  );
}

/** Collectors, custodians and managers propose; so does the follow-up owner while his standing grant lasts. */
export function entitled({ owner }: CustomerRecord, situation: Situation): Refusal | null {
  const { actor, now } = situation;
  const byDuty = ['collector', 'custodian', 'manager'].some((role) => actor.roles.includes(role));
  const follows = owner !== null && now < owner.until && personsOf(asParty(situation)).includes(owner.id);
  return byDuty || follows ? null : no('proposal.not-entitled');
}

/** What is stored unreadable is not changed either. */
export function notRestricted(state: CustomerRecord, { now }: Situation): Refusal | null {
  return isRestricted(state, now) ? no('record.restricted') : null;
}

/** The base is a revision that the record has had. */
export function baseKnown({ baseRevision }: ProposeUpdate, { revision }: CustomerRecord): Refusal | null {
  const known = Number.isInteger(baseRevision) && baseRevision >= 0 && baseRevision <= revision;
  return known ? null : no('proposal.base-unknown', { baseRevision, revision });
}

/** There is something to change. */
export function somethingChanges(change: PreparedChange): Refusal | null {
  return touchedBy(change).length > 0 ? null : no('proposal.nothing-changes');
}

/** The marked fields wait. All changes of one list item go together: they wait if one of them does. */
export function bySignature(
  subjectType: SubjectType,
  change: PreparedChange,
): { waiting: PreparedChange; atOnce: PreparedChange } {
  const marked = touchedBy(change).filter((pointer) => fieldAt(subjectType, pointer)?.secondSignature);
  const items = new Set(marked.flatMap((pointer) => itemOf(pointer) ?? []));
  const waits = (pointer: string) => marked.includes(pointer) || items.has(itemOf(pointer) ?? '');
  return { waiting: changeOf(change, waits), atOnce: changeOf(change, (pointer) => !waits(pointer)) };
}

/** Open proposals of the same person for nothing but the same fields give way to the newer one. */
function supersededBy(
  by: string,
  proposed: readonly string[],
  state: CustomerRecord,
  context: RecordContext,
): RecordEvent[] {
  return openProposals(state, context.now)
    .filter((each) => samePerson(each.by, asParty(context)))
    .filter((each) => proposedPointers(each).every((pointer) => proposed.includes(pointer)))
    .map(({ id }) => ({ type: 'ProposalSuperseded', data: { proposalId: id, by } }));
}

/** A file's medium is what it was filed as; a cooperation status may change, not vanish. */
function changesOf(state: CustomerRecord, changes: JsonObject, { mint }: RecordContext) {
  if (changes['cooperationStatus'] === null) return lacking(['/cooperationStatus']);
  const { subjectType, historic, filing } = state;
  const region = state.content.open['/region'];
  return changedContent(state.content, changes, {
    ...{ subjectType, historic, mint },
    settled: { subjectType, ...(filing ? { medium: filing.medium } : {}) },
    ...(typeof region === 'string' ? { region } : {}),
  });
}

function touchedBy({ clear, removed }: PreparedChange): string[] {
  return [...pointersOf(clear), ...removed];
}
