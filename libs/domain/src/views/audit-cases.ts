import { categoryOf, idOf, type Recorded } from '#engine/event.js';
import type { View } from '#engine/views/view.js';
import type { AuditCaseEvent } from '../audit-cases/audit-case.js';
import { actOf, type Act } from './act.js';

/** A case that an auditor opened, which opens values to him while it lasts. */
export type AuditCaseRow = {
  readonly number: string;
  readonly auditor: string;
  /** Ids of the records that it is about. */
  readonly scope: 'all' | readonly string[];
  readonly openedAt: string;
  /** Last local day. */
  readonly endsOn: string;
  /** Open before this instant, unless it was closed (`isCaseOpen`). */
  readonly until: string;
  readonly closed: Act | null;
};

/**
 * Which audit cases are there, whose, about which records, and are they open?
 *
 * Serves `GET /v1/audit/cases`, newest first (`openedAt desc`), of one `auditor`, by `number`, and the cases about a
 * record (`scope in [<id>, 'all']`).
 */
export const auditCasesView: View<AuditCaseRow> = {
  name: 'auditCases',
  version: 1,
  indexes: [
    { name: 'newest', fields: ['openedAt'] },
    { name: 'byAuditor', fields: ['auditor', 'openedAt'] },
    { name: 'byNumber', fields: ['number'] },
    { name: 'byScope', fields: ['scope'], list: true },
  ],
  begins: ['AuditCaseOpened'],
  keys: (event) => (categoryOf(event.stream) === 'auditCase' ? [idOf(event.stream)] : []),
  evolve(row, recorded) {
    const event = recorded as unknown as Recorded<AuditCaseEvent>;
    if (event.type === 'AuditCaseOpened') {
      const { number, scope, endsOn, until } = event.data;
      return {
        ...{ number, auditor: event.actorId, scope, openedAt: event.recordedAt, endsOn, until },
        closed: null,
      };
    }
    if (row === null) throw new Error(`a case does not begin with ${event.type}`);
    return { ...row, closed: actOf(event) };
  },
};

/** Whether the case still opens values at an instant. */
export function isCaseOpen({ until, closed }: Pick<AuditCaseRow, 'until' | 'closed'>, now: string): boolean {
  return closed === null && now < until;
}
