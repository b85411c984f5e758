import type { DecisionContext, Refusal } from '#engine/decider.js';
import type { SealedValues } from '#engine/event.js';
import { hasCode, type Catalogue } from '../schema/catalogues.js';
import type { RecordPolicy } from './policies.js';
import type { CustomerRecord, Party, RecordStatus } from './record.js';
import { no } from './refusal-texts.js';

/** Who asks, when, and under which policy: what a rule may know beside state and command. */
export interface Situation {
  readonly now: string;
  readonly actor: DecisionContext['actor'];
  readonly onBehalfOf: string | null;
  readonly policy: RecordPolicy;
}

export type RecordContext = DecisionContext & Situation;

/** The persons behind an act: a delegate and the one he acts for are both meant. */
export function personsOf(party: Pick<Party, 'id' | 'onBehalfOf'>): string[] {
  return party.onBehalfOf === null ? [party.id] : [party.id, party.onBehalfOf];
}

/** Whoever asks, as a party to the act. */
export function asParty({ actor, onBehalfOf }: Pick<Situation, 'actor' | 'onBehalfOf'>): Party {
  return { id: actor.id, onBehalfOf, roles: actor.roles };
}

/** Whether one person stands behind both acts, himself or through a delegate. */
export function samePerson(
  one: Pick<Party, 'id' | 'onBehalfOf'>,
  other: Pick<Party, 'id' | 'onBehalfOf'>,
): boolean {
  return personsOf(one).some((person) => personsOf(other).includes(person));
}

/**
 * Nobody decides on his own work, by any route, under any combination of roles, nor through a delegate:
 * persons are compared, not roles.
 * @param works acts that the decision is about, or builds upon
 */
export function notHisOwnWork(works: readonly (Party | null)[], situation: Situation): Refusal | null {
  const own = works.some((work) => work !== null && samePerson(work, asParty(situation)));
  return own ? no('staff.own-work') : null;
}

/** A named staff member is not the one who asks, nor the one he acts for. */
export function notHimself(ids: readonly string[], situation: Situation): Refusal | null {
  return ids.some((id) => personsOf(asParty(situation)).includes(id)) ? no('staff.own-work') : null;
}

export function holds(role: string, { actor }: Pick<Situation, 'actor'>): boolean {
  return actor.roles.includes(role);
}

/** The act belongs to certain states of the record. */
export function inState(state: CustomerRecord, needed: readonly RecordStatus[]): Refusal | null {
  const { status } = state;
  return needed.includes(status) ? null : no('record.wrong-state', { status, needed });
}

/** A reason must be said in words. */
export function reasonGiven(reason: string | null): Refusal | null {
  return said(reason) ? null : no('record.reason-required');
}

export function knownCode(catalogue: string, entries: Catalogue, code: string): Refusal | null {
  return hasCode(entries, code) ? null : no('record.code-unknown', { catalogue, code });
}

/** Texts of an act, by name, ready to be sealed with the record; blank ones are left out. */
export function texts(
  byName: Readonly<Record<string, string | null>>,
): { sealed: Record<string, SealedValues> } | Record<never, never> {
  const values = Object.entries(byName).flatMap(([name, text]) =>
    said(text) ? [[`/text/${name}`, text]] : [],
  );
  return values.length > 0 ? { sealed: { record: Object.fromEntries(values) as SealedValues } } : {};
}

/** The first rule that says no. */
export function firstNo(answers: Iterable<Refusal | null>): Refusal | null {
  for (const answer of answers) if (answer) return answer;
  return null;
}

function said(text: string | null): text is string {
  return text !== null && text.trim() !== '';
}
