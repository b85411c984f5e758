import { z } from 'zod';
import { refuse, type Decider, type Decision } from '#engine/decider.js';
import { idOf, type EventDraft, type SealedValues } from '#engine/event.js';
import { eventType, type PartKey, type ShapeOf } from '#engine/registry.js';

const counterOpened = eventType('CounterOpened', z.strictObject({ limit: z.int(), ticket: z.string() }), {
  seals: ['note', 'person-*'],
});
/** Version 1 called the number `amount` and knew no units. */
const counterRaised = eventType('CounterRaised', z.strictObject({ by: z.int(), unit: z.string() }), {
  version: 2,
  seals: ['note', 'person-*'],
  upcasters: { 1: (data) => ({ by: data['amount']!, unit: 'piece' }) },
});
const counterClosed = eventType('CounterClosed', z.strictObject({ ticket: z.string() }));

export const counterEventTypes = [counterOpened, counterRaised, counterClosed] as const;
export type CounterEvent = ShapeOf<(typeof counterEventTypes)[number]>;

export interface CounterState {
  readonly open: boolean;
  readonly limit: number;
  readonly value: number;
}

type Sealed = Readonly<Record<string, SealedValues>>;
export type CounterCommand =
  | { readonly type: 'OpenCounter'; readonly limit: number; readonly sealed?: Sealed }
  /** Adds once for each number, an event each. */
  | { readonly type: 'RaiseCounter'; readonly by: readonly number[]; readonly sealed?: Sealed }
  | { readonly type: 'CloseCounter' }
  /** A decision with a bug: drafts whatever it is told. */
  | { readonly type: 'Blunder'; readonly draft: EventDraft };

/** A made-up consistency boundary, with everything a real one has: a limit, sealed notes, minted ids, an old version. */
export const counterDecider: Decider<CounterState, CounterCommand, CounterEvent> = {
  category: 'counter',
  initial: () => ({ open: false, limit: 0, value: 0 }),
  evolve(state, event) {
    switch (event.type) {
      case 'CounterOpened':
        return { open: true, limit: event.data.limit, value: 0 };
      case 'CounterRaised':
        return { ...state, value: state.value + event.data.by };
      case 'CounterClosed':
        return { ...state, open: false };
    }
  },
  decide(command, state, context): Decision<CounterEvent> {
    switch (command.type) {
      case 'OpenCounter': {
        if (state.open) return refuse('counter.open');
        const data = { limit: command.limit, ticket: context.mint('ticket') };
        return [{ type: 'CounterOpened', data, ...sealedOf(command) }];
      }
      case 'RaiseCounter': {
        const sum = command.by.reduce((a, b) => a + b, 0);
        if (!state.open) return refuse('counter.closed');
        if (state.value + sum > state.limit) return refuse('counter.full', { limit: state.limit });
        return command.by.map((by, i) => ({
          type: 'CounterRaised',
          data: { by, unit: 'piece' },
          ...(i === 0 ? sealedOf(command) : {}),
        }));
      }
      case 'CloseCounter':
        if (!state.open) return refuse('counter.closed');
        return [{ type: 'CounterClosed', data: { ticket: context.mint('ticket') } }];
      case 'Blunder':
        return [command.draft as EventDraft<CounterEvent>];
    }
  },
  dependsOn: { RaiseCounter: ['CounterClosed'] },
};

function sealedOf({ sealed }: { readonly sealed?: Sealed }): { sealed?: Sealed } {
  return sealed ? { sealed } : {};
}

/** Every part of a counter has a key of its own. */
export function counterKeyOf(stream: string, part: string): PartKey {
  return part === 'system'
    ? { keyId: 'system/text', owner: 'system' }
    : { keyId: `${idOf(stream)}/${part}`, owner: idOf(stream) };
}
