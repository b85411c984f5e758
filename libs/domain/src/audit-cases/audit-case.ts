import { z } from 'zod';
import type { Recorded } from '#engine/event.js';
import { type EventType, type ShapeOf, eventType } from '#engine/registry.js';

/** Free texts of a case concern no single customer, so they are under the system's key. */
const told = { seals: ['system'] } as const;

export const AuditCaseOpened = eventType(
  'AuditCaseOpened',
  z.strictObject({
    number: z.string(),
    /** Ids of the records that the case is about. */
    scope: z.union([z.literal('all'), z.array(z.string()).readonly()]),
    /** Last local day of the case, and the instant at which it is over. */
    endsOn: z.string(),
    until: z.string(),
  }),
  told,
);
export const AuditCaseClosed = eventType('AuditCaseClosed', z.strictObject({}), told);

/** Every event of an `auditCase` stream, for the registry. */
export const auditCaseEventTypes = [AuditCaseOpened, AuditCaseClosed] as const satisfies readonly EventType[];

export type AuditCaseEvent = ShapeOf<(typeof auditCaseEventTypes)[number]>;

/** An audit case: what opens personal and sensitive values to the auditor who opened it. */
export interface AuditCase {
  /** Staff id of the auditor; null where there is no such case. */
  readonly openedBy: string | null;
  readonly number: string;
  readonly scope: readonly string[] | 'all';
  /** The case is open before this instant. */
  readonly until: string;
  readonly closedAt: string | null;
}

export const noCase: AuditCase = { openedBy: null, number: '', scope: [], until: '', closedAt: null };

/** Folds one event into the state. */
export function evolve(state: AuditCase, event: Recorded<AuditCaseEvent>): AuditCase {
  switch (event.type) {
    case 'AuditCaseOpened': {
      const { number, scope, until } = event.data;
      return { openedBy: event.actorId, number, scope, until, closedAt: null };
    }
    case 'AuditCaseClosed':
      return { ...state, closedAt: event.recordedAt };
  }
}

/** Whether the case was opened, is not closed, and has not come to its end. */
export function isOpen(state: AuditCase, now: string): boolean {
  return state.openedBy !== null && state.closedAt === null && now < state.until;
}

/** Whether the record is within the scope of the case. */
export function covers(state: AuditCase, recordId: string): boolean {
  return state.scope === 'all' || state.scope.includes(recordId);
}
