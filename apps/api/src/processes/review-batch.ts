import type { Outcome } from '#engine/command.js';
import type { CommandExecutor } from '#engine/execute.js';
import type { ItemOutcome } from '#engine/process/process-decider.js';
import type { ProcessKind } from '#engine/process/process-runner.js';
import type { CommandOf } from '#domain/records/commands.js';
import { recordDecider } from '#domain/records/decider.js';

export const REVIEW_BATCH = 'reviewBatch';

/** What a bulk review says of one record: codes only, so that the list of the process holds nothing about a customer. */
export type ReviewItem = {
  readonly round: number;
  readonly grade: string | null;
  readonly class: CommandOf<'ApproveRecord'>['class'];
};

/** Approves many records, one command each. */
export function reviewBatch(executor: CommandExecutor): ProcessKind {
  return {
    kind: 'review',
    category: REVIEW_BATCH,
    async run({ id, params }, { meta }) {
      const { round, grade, class: to } = params as unknown as ReviewItem;
      const texts = { urgencyReason: null, note: null };
      const command = { type: 'ApproveRecord', round, grade, class: to, ...texts } as const;
      return itemOutcome(await executor.execute(recordDecider, `customerRecord-${id}`, command, meta));
    },
  };
}

/** An answer to an item's command, as the process writes it down. */
export function itemOutcome(outcome: Outcome): Omit<ItemOutcome, 'item'> {
  switch (outcome.kind) {
    case 'done':
      return { outcome: 'done', params: { revision: outcome.revision } };
    case 'refused':
      return { outcome: codeOf(outcome.refusal.refused), params: outcome.refusal.params };
    case 'erased':
      return { outcome: 'command.erased', params: {} };
    case 'stale':
    case 'contended':
      return { outcome: 'command.contended', params: {} };
    case 'reused':
      return { outcome: 'command.key-reused', params: {} };
  }
}

function codeOf(refused: string): string {
  return refused === 'record.not-found' ? 'record.unknown' : refused;
}
