import type { Recorded } from '#engine/event.js';
import type { Json, JsonObject } from '#engine/json.js';
import type { RecordCommand } from './commands.js';
import { pointersOf } from './content.js';
import type { RecordEvent } from './events.js';
import { proposalOf, proposedPointers } from './proposal.js';
import type { RecordState } from './record.js';

/** What a command and an event may both be about: one of several that stand side by side. */
const SIDE_BY_SIDE = ['proposalId', 'loanId', 'holdId', 'applicationId'] as const;

/** Whether an event concerns what a command is about: another loan, another field does not. */
export function touches(command: RecordCommand, event: Recorded<RecordEvent>, state: RecordState): boolean {
  const changed = changedBy(event);
  const wanted = wantedBy(command, state);
  if (changed && wanted) return changed.some((pointer) => wanted.some((each) => lies(pointer, each)));
  const about: Readonly<Record<string, unknown>> = { ...command };
  const data: JsonObject = event.data;
  return !SIDE_BY_SIDE.some((id) => id in about && id in data && about[id] !== data[id]);
}

/** Pointers of the values that an event changed or settled; null where it is about other things. */
function changedBy({ type, data }: Recorded<RecordEvent>): readonly string[] | null {
  switch (type) {
    case 'RecordFiled':
      return pointersOf(data);
    case 'RecordUpdated':
      return [...pointersOf(data), ...data.removed];
    case 'RecordApproved':
      return ['/cooperationStatus'];
    case 'ProposalSigned':
      return data.accepted;
    case 'UpdateCountersigned':
    case 'UpdateReverted':
      return Object.keys(data.updates);
    default:
      return null;
  }
}

/** Pointers of the values that a command is about, or of what holds them; null where it is about other things. */
function wantedBy(command: RecordCommand, state: RecordState): readonly string[] | null {
  if (state.status === 'absent') return null;
  switch (command.type) {
    case 'ProposeUpdate':
      return named(command.changes);
    case 'SignProposal': {
      const proposal = proposalOf(state, command.proposalId);
      return command.pointers ?? (proposal && proposedPointers(proposal));
    }
    case 'CountersignUpdate':
      return command.pointers;
    default:
      return null;
  }
}

/** What nested changes name: a new item of a list is nobody else's. */
function named(changes: JsonObject): string[] {
  return Object.entries(changes).flatMap(([key, value]) => {
    if (!Array.isArray(value)) return [`/${key}`];
    return (value as readonly Json[]).flatMap((item) => {
      const { id, ...members } = (item ?? {}) as JsonObject;
      return typeof id === 'string' ? Object.keys(members).map((member) => `/${key}/${id}/${member}`) : [];
    });
  });
}

function lies(pointer: string, within: string): boolean {
  return pointer === within || pointer.startsWith(`${within}/`);
}
