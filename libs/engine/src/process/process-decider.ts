import { z } from 'zod';
import { refuse, type Decider, type Decision } from '../decider.js';
import type { JsonObject } from '../json.js';
import { eventType, jsonObject, type ShapeOf } from '../registry.js';

/** What became of one item: `done`, or the code of a refusal. Never a customer's values. */
export interface ItemOutcome {
  readonly item: string;
  readonly outcome: string;
  readonly params: JsonObject;
}

const outcomes = z.array(z.strictObject({ item: z.string(), outcome: z.string(), params: jsonObject }));

/** The list of a process: ids and codes only; free text stands sealed under the system key. */
export const processBegun = eventType(
  'ProcessBegun',
  z.strictObject({
    kind: z.string(),
    items: z.array(z.strictObject({ id: z.string(), params: jsonObject })).min(1),
  }),
  { seals: ['system'] },
);
export const processItemsDone = eventType('ProcessItemsDone', z.strictObject({ outcomes }));
export const processFinished = eventType(
  'ProcessFinished',
  z.strictObject({ done: z.int(), refused: z.int() }),
);

export const processEventTypes = [processBegun, processItemsDone, processFinished] as const;
export type ProcessEvent = ShapeOf<(typeof processEventTypes)[number]>;

export interface ProcessItem {
  readonly id: string;
  readonly params: JsonObject;
}

export interface ProcessState {
  readonly kind: string | null;
  readonly items: readonly ProcessItem[];
  readonly outcomes: ReadonlyMap<string, ItemOutcome>;
  readonly finished: boolean;
}

export type ProcessCommand =
  | {
      readonly type: 'BeginProcess';
      readonly kind: string;
      readonly items: readonly ProcessItem[];
      readonly sealed?: JsonObject;
    }
  | { readonly type: 'RecordItems'; readonly outcomes: readonly ItemOutcome[] }
  | { readonly type: 'FinishProcess' };

/** A process over many streams, as a stream of its own: begun with its list, items done, finished. */
export function processDecider(category: string): Decider<ProcessState, ProcessCommand, ProcessEvent> {
  return {
    category,
    initial: () => ({ kind: null, items: [], outcomes: new Map(), finished: false }),
    evolve(state, event): ProcessState {
      switch (event.type) {
        case 'ProcessBegun':
          return { ...state, kind: event.data.kind, items: event.data.items };
        case 'ProcessItemsDone':
          return {
            ...state,
            outcomes: new Map([
              ...state.outcomes,
              ...event.data.outcomes.map((one) => [one.item, one] as const),
            ]),
          };
        case 'ProcessFinished':
          return { ...state, finished: true };
      }
    },
    decide,
  };
}

function decide(command: ProcessCommand, state: ProcessState): Decision<ProcessEvent> {
  switch (command.type) {
    case 'BeginProcess': {
      if (state.kind !== null) return refuse('process.already-begun');
      const ids = new Set<string>();
      const twice = command.items.find(({ id }) => ids.size === ids.add(id).size);
      if (twice) return refuse('process.item-twice', { item: twice.id });
      return [
        {
          type: 'ProcessBegun',
          data: { kind: command.kind, items: command.items.map(({ id, params }) => ({ id, params })) },
          ...(command.sealed ? { sealed: { system: command.sealed } } : {}),
        },
      ];
    }
    case 'RecordItems': {
      if (state.kind === null) return refuse('process.not-begun');
      const items = new Set(state.items.map(({ id }) => id));
      const unknown = command.outcomes.find(({ item }) => !items.has(item));
      if (unknown) return refuse('process.item-unknown', { item: unknown.item });
      const fresh = command.outcomes.filter(({ item }) => !state.outcomes.has(item));
      if (fresh.length === 0) return refuse('process.items-known');
      return [{ type: 'ProcessItemsDone', data: { outcomes: fresh.map((one) => ({ ...one })) } }];
    }
    case 'FinishProcess': {
      if (state.kind === null) return refuse('process.not-begun');
      if (state.finished) return refuse('process.already-finished');
      if (state.outcomes.size < state.items.length) return refuse('process.items-open');
      const done = [...state.outcomes.values()].filter(({ outcome }) => outcome === 'done').length;
      return [{ type: 'ProcessFinished', data: { done, refused: state.items.length - done } }];
    }
  }
}
