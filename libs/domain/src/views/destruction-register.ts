import type { View } from '#engine/views/view.js';
import type { DataOf } from '../records/events.js';
import { actOf, type Act } from './act.js';
import { asRecordEvent, namedBy, recordIdOf } from './record-events.js';

/** As last recorded; `begun` has no way back and is resumed until it is `destroyed`. */
export type DestructionState =
  'open' | 'appraised' | 'approved' | 'refused' | 'withdrawn' | 'begun' | 'destroyed';

/** One application for destruction, and what became of it. Permanent: it names staff, never the customer. */
export type DestructionRow = {
  readonly record: string;
  readonly target: DataOf<'DestructionApplied'>['target'];
  readonly ground: string;
  readonly state: DestructionState;
  /** End of retention as the ground demands it; `null` where it demands none. */
  readonly retainUntil: string | null;
  /** The record is unreadable while the application stands. */
  readonly restricts: boolean;
  /** The application, later its approval, is good before this instant (`destructionStateAt`). */
  readonly lapsesAt: string;
  readonly executableFrom: string | null;
  readonly applied: Act;
  readonly appraised: Act | null;
  readonly approved: Act | null;
  readonly refused: (Act & { readonly as: 'appraiser' | 'approver' }) | null;
  readonly withdrawn: Act | null;
  readonly shredded: Act | null;
  readonly witnesses: readonly Act[];
  readonly executed: Act | null;
  readonly destroyedAt: string | null;
  readonly certificate: DataOf<'RecordDestroyed'>['certificate'] | null;
};

const TYPES: ReadonlySet<string> = new Set([
  'DestructionApplied',
  'DestructionApplicationWithdrawn',
  'DestructionAppraised',
  'DestructionApproved',
  'DestructionRefused',
  'DestructionAttested',
  'PaperShredded',
  'RecordDestructionBegun',
  'RecordDestroyed',
]);

/**
 * What was, or is to be, destroyed: why, by whose decision, before whom, and where is the certificate?
 *
 * Serves `GET /v1/destructions` (newest first is `applied.at desc`, by `state`), the applications for one record
 * (`record`), and the resumption of what a crash interrupted (`state eq begun`).
 */
export const destructionRegisterView: View<DestructionRow> = {
  name: 'destructionRegister',
  version: 1,
  indexes: [
    { name: 'newest', fields: ['applied.at'] },
    { name: 'byState', fields: ['state', 'applied.at'] },
    { name: 'byRecord', fields: ['record', 'applied.at'] },
  ],
  begins: ['DestructionApplied'],
  keys: (event) => namedBy(event, TYPES, 'applicationId'),
  evolve(row, recorded) {
    const event = asRecordEvent(recorded);
    const act = actOf(event);
    if (row === null) {
      if (event.type !== 'DestructionApplied') throw new Error(`no application begins with ${event.type}`);
      const { target, ground, retainUntil, restricts, lapsesAt } = event.data;
      return {
        ...{ record: recordIdOf(recorded)!, target, ground, state: 'open' },
        ...{ retainUntil, restricts, lapsesAt, executableFrom: null },
        ...{ applied: act, appraised: null, approved: null, refused: null, withdrawn: null },
        ...{ shredded: null, witnesses: [], executed: null, destroyedAt: null, certificate: null },
      };
    }
    switch (event.type) {
      case 'DestructionApplicationWithdrawn':
        return { ...row, state: 'withdrawn', withdrawn: act };
      case 'DestructionAppraised':
        return { ...row, state: 'appraised', appraised: act };
      case 'DestructionApproved': {
        const { executableFrom, lapsesAt } = event.data;
        return { ...row, state: 'approved', approved: act, executableFrom, lapsesAt };
      }
      case 'DestructionRefused':
        return { ...row, state: 'refused', refused: { ...act, as: event.data.by } };
      case 'DestructionAttested':
        return { ...row, witnesses: [...row.witnesses, act] };
      case 'PaperShredded':
        return { ...row, shredded: act };
      case 'RecordDestructionBegun':
        return { ...row, state: 'begun', executed: act };
      case 'RecordDestroyed': {
        const { certificate } = event.data;
        return { ...row, state: 'destroyed', destroyedAt: event.recordedAt, certificate };
      }
      default:
        return row;
    }
  },
};

/** Where an application is at an instant: what nobody decides on or executes in time lapses by itself. */
export function destructionStateAt(
  { state, lapsesAt }: Pick<DestructionRow, 'state' | 'lapsesAt'>,
  now: string,
): DestructionState | 'lapsed' {
  const canLapse = state === 'open' || state === 'appraised' || state === 'approved';
  return canLapse && now >= lapsesAt ? 'lapsed' : state;
}
