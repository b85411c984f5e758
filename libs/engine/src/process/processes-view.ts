import type { View } from '../views/view.js';
import { processEventTypes } from './process-decider.js';

const types: ReadonlySet<string> = new Set(processEventTypes.map(({ type }) => type));

/** One row a process: enough to find those that a crash left unfinished. */
export type ProcessRow = {
  readonly kind: string;
  readonly status: 'begun' | 'finished';
  readonly items: number;
  readonly done: number;
  readonly begunAt: string;
  readonly actorId: string;
};

/** Which processes there are and how far each is. Keyed by the stream of the process. */
export const processesView: View<ProcessRow> = {
  name: 'processes',
  version: 1,
  indexes: [{ name: 'status', fields: ['status'] }],
  begins: ['ProcessBegun'],
  keys: (event) => (types.has(event.type) ? [event.stream] : []),
  evolve(row, event) {
    if (event.type === 'ProcessBegun') {
      const { kind, items } = event.data as { kind: string; items: unknown[] };
      return {
        kind,
        status: 'begun',
        items: items.length,
        done: 0,
        begunAt: event.recordedAt,
        actorId: event.actorId,
      };
    }
    if (event.type === 'ProcessItemsDone') {
      return { ...row!, done: row!.done + (event.data as { outcomes: unknown[] }).outcomes.length };
    }
    return { ...row!, status: 'finished' };
  },
};
