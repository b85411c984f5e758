import type { View } from '#engine/views/view.js';
import type { DataOf } from '../records/events.js';
import { proposalAt, type Proposal, type ProposalState } from '../records/proposal.js';
import { pointersOf } from '../records/content.js';
import { actOf, type Act } from './act.js';
import { asRecordEvent, namedBy, recordIdOf } from './record-events.js';

/** One proposal to change a record, and what became of it. Places only, no values, so it outlives the record. */
export type ProposalRow = {
  readonly record: string;
  /** Of the event that made it: its values stand there, and where the old ones stand. */
  readonly revision: number;
  readonly proposed: Act;
  readonly sourceChannel: string;
  readonly baseRevision: number;
  /** Pointers of values that it would add or replace. */
  readonly pointers: readonly string[];
  /** Pointers of values that it would take away. */
  readonly removed: readonly string[];
  readonly lapsesAt: string;
  /** As last recorded; that an open one has lapsed follows from the time alone (`proposalStateAt`). */
  readonly state: Proposal['recorded'];
  /** Who signed or refused it. */
  readonly decided: Act | null;
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
  /** When it was withdrawn or superseded. */
  readonly endedAt: string | null;
  /** The proposal that took its place. */
  readonly supersededBy: string | null;
};

const TYPES: ReadonlySet<string> = new Set([
  'UpdateProposed',
  'ProposalSigned',
  'ProposalRefused',
  'ProposalWithdrawn',
  'ProposalSuperseded',
]);

/**
 * Who proposed which changes, and what became of each proposal?
 *
 * Serves `GET /v1/records/{id}/proposals` (`record`, newest first), and a proposal by its id. What waits for a custodian
 * is asked of the records, which know him: `signUntil` and `countersignBy`.
 */
export const proposalsView: View<ProposalRow> = {
  name: 'proposals',
  version: 1,
  indexes: [
    { name: 'byRecord', fields: ['record', 'proposed.at'] },
    { name: 'byProposer', fields: ['proposed.by', 'proposed.at'] },
  ],
  begins: ['UpdateProposed'],
  keys: (event) => namedBy(event, TYPES, 'proposalId'),
  evolve(row, recorded) {
    const event = asRecordEvent(recorded);
    const act = actOf(event);
    if (row === null) {
      if (event.type !== 'UpdateProposed') throw new Error(`a proposal does not begin with ${event.type}`);
      return begun(event.data, { record: recordIdOf(recorded)!, revision: event.revision, proposed: act });
    }
    switch (event.type) {
      case 'ProposalSigned': {
        const { accepted, refused } = event.data;
        const state = refused.length > 0 ? 'partly-accepted' : 'accepted';
        return { ...row, state, accepted, refused, decided: act };
      }
      case 'ProposalRefused':
        return { ...row, state: 'refused', refused: [...row.pointers, ...row.removed], decided: act };
      case 'ProposalWithdrawn':
        return { ...row, state: 'withdrawn', endedAt: act.at };
      case 'ProposalSuperseded':
        return { ...row, state: 'superseded', endedAt: act.at, supersededBy: event.data.by };
      default:
        return row;
    }
  },
};

/** Where a proposal is at an instant, as the record itself says it. */
export function proposalStateAt(
  { state, lapsesAt }: Pick<ProposalRow, 'state' | 'lapsesAt'>,
  now: string,
): ProposalState {
  return proposalAt({ recorded: state, lapsesAt }, now);
}

/** The filter of proposals in one state at an instant: lapsing has no event. */
export function proposalsIn(state: ProposalState, now: string) {
  if (state === 'open') return { state: { eq: 'open' }, lapsesAt: { gt: now } } as const;
  if (state === 'lapsed') return { state: { eq: 'open' }, lapsesAt: { lte: now } } as const;
  return { state: { eq: state } } as const;
}

function begun(
  data: DataOf<'UpdateProposed'>,
  from: Pick<ProposalRow, 'record' | 'revision' | 'proposed'>,
): ProposalRow {
  const { sourceChannel, baseRevision, removed, lapsesAt } = data;
  return {
    ...from,
    ...{ sourceChannel, baseRevision, pointers: pointersOf(data), removed, lapsesAt, state: 'open' },
    ...{ decided: null, accepted: [], refused: [], endedAt: null, supersededBy: null },
  };
}
