import {
  type Actor,
  type Decider,
  type DecisionContext,
  type CommandShape,
  type Refusal,
  isRefusal,
} from '#engine/decider.js';
import type { EventDraft, EventShape, Recorded } from '#engine/event.js';
import { type EventType, Registry } from '#engine/registry.js';
import { keyOf } from '#domain/keys.js';
import { storedEvent } from './stored-event.js';

/** An event that has happened: what a decision would draft, and by whom and when. */
export interface Past<Draft> {
  readonly draft: Draft;
  readonly by: Actor | undefined;
  readonly at: string | undefined;
}

/** A draft that was written by someone else, or at another time, than the specification says. */
export function past<Draft extends { type: string }>(draft: Draft, by?: Actor, at?: string): Past<Draft> {
  return { draft, by, at };
}

/**
 * Specifications of a decider: `given(events).when(command, context).then(events | refusal)`. Whatever is decided must
 * also be fit to store, by the event types of that stream.
 * @param usual context of every `when` that does not say otherwise
 */
export function specification<State, Command extends CommandShape, Event extends EventShape>(
  decider: Decider<State, Command, Event>,
  types: readonly EventType[],
  stream: string,
  usual: Partial<DecisionContext> & Pick<DecisionContext, 'actor'>,
) {
  const registry = new Registry(types, keyOf);
  const context: DecisionContext = {
    now: '2025-03-03T01:00:00.000Z',
    onBehalfOf: null,
    mint: (name) => `minted-${name}`,
    revision: -1,
    ...usual,
  };

  type Given = EventDraft<Event> | Past<EventDraft<Event>>;

  function fold(events: readonly Given[]): State {
    return events.reduce((state, event, revision) => {
      const { draft, by = context.actor, at } = 'draft' in event ? event : past(event);
      const { type, data } = draft as EventShape;
      const recordedAt = at ?? '2025-03-01T01:00:00.000Z';
      const who = { actorId: by.id, actorRoles: by.roles, recordedAt };
      const stored = { ...storedEvent({ stream, revision, type, data, ...who }), position: String(revision) };
      return decider.evolve(state, stored as unknown as Recorded<Event>);
    }, decider.initial());
  }

  return {
    /** The state after these events. */
    stateOf: (...events: Given[]) => fold(events),
    given: (...events: Given[]) => ({
      when: (command: Command, special: Partial<DecisionContext> = {}) => {
        const answer = decider.decide(command, fold(events), {
          ...context,
          revision: events.length - 1,
          ...special,
        });
        return {
          /** The decision is exactly these events, or this refusal. */
          then(expected: readonly EventDraft<Event>[] | Refusal) {
            if (!isRefusal(answer)) {
              for (const draft of answer) registry.validate(stream, draft);
            }
            expect(answer).toEqual(expected);
          },
          /** The decision is a refusal with this code, whatever facts it names. */
          thenRefused(code: string) {
            expect(answer).toMatchObject({ refused: code });
          },
        };
      },
    }),
  };
}
