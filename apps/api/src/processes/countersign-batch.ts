import type { CommandExecutor } from '#engine/execute.js';
import type { ItemOutcome } from '#engine/process/process-decider.js';
import type { ProcessKind } from '#engine/process/process-runner.js';
import { recordDecider } from '#domain/records/decider.js';
import { itemOutcome } from './review-batch.js';

export const COUNTERSIGN_BATCH = 'countersignBatch';

/** Most fields that an item's refusal names: the outcomes of a process are bounded. */
const MOST_NAMED = 20;

/** What a bulk countersignature says of one record: places only, as `POST /v1/reviews` does. */
export type CountersignItem = {
  readonly revision: number;
  readonly pointers: readonly string[] | null;
};

/** Countersigns in many records, one command each. */
export function countersignBatch(executor: CommandExecutor): ProcessKind {
  return {
    kind: 'countersignature',
    category: COUNTERSIGN_BATCH,
    async run({ id, params }, { meta }) {
      const { revision: seenRevision, pointers } = params as unknown as CountersignItem;
      const accept = { type: 'CountersignUpdate', decision: 'accept', reason: null } as const;
      const command = { ...accept, pointers, seenRevision };
      return brief(itemOutcome(await executor.execute(recordDecider, `customerRecord-${id}`, command, meta)));
    },
  };
}

function brief({ outcome, params }: Omit<ItemOutcome, 'item'>): Omit<ItemOutcome, 'item'> {
  const { changes: _told, pointers, ...facts } = params;
  const named = Array.isArray(pointers) ? { pointers: pointers.slice(0, MOST_NAMED) as string[] } : {};
  return { outcome, params: { ...facts, ...named } };
}
