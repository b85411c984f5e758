import { timingSafeEqual } from 'node:crypto';
import type { CommandBody } from './command.js';
import type { EventDraft, StoredEvent } from './event.js';
import type { BoxContent } from './sealing/box.js';
import { boxesOf, type Sealer } from './sealing/sealer.js';

/** A draft with the contents of its boxes, MACs included. */
export type DraftWithContents = EventDraft & { readonly contents: Readonly<Record<string, BoxContent>> };

/**
 * Adds to the first event that seals a part the MAC of the body's members of that part. Where no event seals it, the
 * first event gets a box for it, so that the MAC never stands outside the part's key.
 */
export function withBodyMacs(
  drafts: readonly EventDraft[],
  body: CommandBody | undefined,
  sealer: Sealer,
): DraftWithContents[] {
  const contents = drafts.map(({ sealed = {} }) =>
    Object.fromEntries(
      Object.entries(sealed).map(([part, values]): [string, BoxContent] => [part, { values, bodyMac: null }]),
    ),
  );
  for (const [part, members] of Object.entries(body?.sealed ?? {})) {
    const holder = contents.find((parts) => Object.hasOwn(parts, part)) ?? contents[0]!;
    holder[part] = { values: holder[part]?.values ?? {}, bodyMac: sealer.mac(members) };
  }
  return drafts.map((draft, i) => ({ ...draft, contents: contents[i]! }));
}

/**
 * Whether a command that comes again is the one that these events answer. What can still be opened is compared;
 * what has been destroyed never is, so that nobody can test guesses against it: the answer is then `erased`.
 */
export async function isRepeatOf(
  events: readonly StoredEvent[],
  body: CommandBody | undefined,
  sealer: Sealer,
): Promise<'same' | 'reused' | 'erased'> {
  const placed = events.flatMap(boxesOf);
  const opened = await sealer.open(placed);
  if (!equal(events[0]!.bodyMac, body ? sealer.mac(body.clear) : null)) return 'reused';
  const sent = new Map(
    Object.entries(body?.sealed ?? {}).map(([part, members]) => [part, sealer.mac(members)]),
  );
  for (const [i, { part }] of placed.entries()) {
    const content = opened[i];
    if (content?.bodyMac && !equal(content.bodyMac, sent.get(part) ?? null)) return 'reused';
    if (!content || content.bodyMac) sent.delete(part);
  }
  if (sent.size > 0) return 'reused';
  return opened.includes(null) ? 'erased' : 'same';
}

function equal(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
