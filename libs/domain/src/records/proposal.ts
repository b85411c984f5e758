import type { Json, JsonObject } from '#engine/json.js';
import type { Refusal } from '#engine/decider.js';
import { contentOf, pointersOf, type Content } from './content.js';
import type { CustomerRecord, Party } from './record.js';
import { no } from './refusal-texts.js';

/** Changes that somebody proposed, and what became of them. Lapsing follows from the time alone (`proposalAt`). */
export interface Proposal {
  readonly id: string;
  readonly by: Party;
  readonly at: string;
  /** Of the event that made it: its sealed values stand there. */
  readonly revision: number;
  readonly hash: string;
  readonly base: number;
  /** What it would add or replace. */
  readonly content: Content;
  readonly removed: readonly string[];
  /** It can be signed before this instant. */
  readonly lapsesAt: string;
  readonly recorded: 'open' | 'accepted' | 'partly-accepted' | 'refused' | 'withdrawn' | 'superseded';
}

export type ProposalState = Proposal['recorded'] | 'lapsed';

/** Where a proposal is at an instant. */
export function proposalAt({ recorded, lapsesAt }: Pick<Proposal, 'recorded' | 'lapsesAt'>, now: string) {
  return recorded === 'open' && now >= lapsesAt ? 'lapsed' : recorded;
}

export function proposalOf({ proposals }: CustomerRecord, id: string): Proposal | null {
  return Object.hasOwn(proposals, id) ? (proposals[id] ?? null) : null;
}

/** Proposals that wait for a signature. */
export function openProposals({ proposals }: CustomerRecord, now: string): Proposal[] {
  return Object.values(proposals).filter((each) => proposalAt(each, now) === 'open');
}

/** Pointers of all that it would change. */
export function proposedPointers({ content, removed }: Pick<Proposal, 'content' | 'removed'>): string[] {
  return [...pointersOf(content), ...removed];
}

/** What comes into force of a proposal that is accepted whole or in part. */
export function acceptedOf({ content, removed }: Proposal, accepted: readonly string[]) {
  const keep = (pointer: string) => accepted.includes(pointer);
  return { added: contentOf(content, keep), removed: removed.filter(keep) };
}

/**
 * What is signed: the HMAC of this. The hash of the proposal's event covers the new values by their boxes, the old ones
 * by the events that it cites, which lie before it in the same chain.
 */
export function diffToSign({ id }: Pick<CustomerRecord, 'id'>, proposalId: string, hash: string): Json {
  return ['diff', id, proposalId, hash];
}

/** What somebody has before him is out of date where a value that he touches has changed since: by what, and by whom. */
export function unchangedSince(
  { changes }: CustomerRecord,
  pointers: readonly string[],
  base: number,
): Refusal | null {
  const since = [...new Set(pointers)].flatMap((pointer): JsonObject[] => {
    const change = changes[pointer];
    if (!change || change.revision <= base) return [];
    const { revision, type, by, at } = change;
    return [{ pointer, revision, type, by: by.id, onBehalfOf: by.onBehalfOf, at }];
  });
  if (since.length === 0) return null;
  return no('update.stale', { pointers: since.map(({ pointer }) => pointer as string), changes: since });
}
