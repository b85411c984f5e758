import type { EventDraft, EventShape, Recorded } from './event.js';
import type { JsonObject } from './json.js';

/** An expected "no": an answer, not an exception. Its code is the problem type and the translation key. */
export interface Refusal {
  /** Dotted and stable, such as `record.on-hold`. */
  readonly refused: string;
  /** Facts that the sentence of the refusal names. Never a customer's values. */
  readonly params: JsonObject;
}

/** What a command leads to: events (at least one), or a refusal. */
export type Decision<E extends EventShape> = readonly EventDraft<E>[] | Refusal;

/** Says no, with a stable code and the facts that a person needs to act on it. */
export function refuse(code: string, params: JsonObject = {}): Refusal {
  return { refused: code, params };
}

export function isRefusal(answer: object): answer is Refusal {
  return 'refused' in answer;
}

/** A command as a decider sees it: its name, and whatever that name needs. */
export interface CommandShape {
  readonly type: string;
}

/** What a decision may know beside the state and the command: passed in, so that it stays pure. */
export interface DecisionContext {
  /** UTC instant, ISO 8601; becomes `recordedAt`. */
  readonly now: string;
  readonly actor: Actor;
  /** The person in whose name the actor acts under a delegation. */
  readonly onBehalfOf: string | null;
  /** An id derived from the command id and a name, the same on every repeat. */
  readonly mint: (name: string) => string;
  /** Revision of the stream that the state was folded from; -1 when it does not exist. */
  readonly revision: number;
}

export interface Actor {
  readonly id: string;
  readonly roles: readonly string[];
}

/** Whoever the engine itself acts as when it resumes work. */
export const SYSTEM: Actor = { id: 'system', roles: [] };

/**
 * The heart of a consistency boundary: a pure fold and a pure decision (Chassaing, "Functional Event
 * Sourcing Decider", 2021).
 */
export interface Decider<State, Command extends CommandShape, Event extends EventShape> {
  /** Stream category, without a dash. */
  readonly category: string;
  initial(): State;
  evolve(state: State, event: Recorded<Event>): State;
  decide(command: Command, state: State, context: DecisionContext): Decision<Event>;
  /**
   * Event types that make a command's `If-Match` fail when they came after the revision it names.
   * Where a command is not listed, every event counts.
   */
  readonly dependsOn?: Partial<Record<Command['type'], readonly Event['type'][]>>;
  /**
   * Whether such an event concerns the part that the command is about: one that does not leaves `If-Match` standing.
   * Default: each does.
   * @param state at the present head of the stream
   */
  touches?(command: Command, event: Recorded<Event>, state: State): boolean;
}
