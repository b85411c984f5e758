import { Words } from '#domain/history/words.js';
import type { Values } from '#domain/views/record-values.js';
import type { Locale } from '../http/locale.js';
import type { Named } from '../staff/people.js';
import type { NamedFieldAnswer, PendingProposalAnswer, UncountersignedAnswer } from './pending.dto.js';

/** What waits in a record for a second person: proposals for a signature, updates for a countersignature. */
export function pendingIn(
  { values, proposed, waiting, acts }: Values,
  now: string,
  locale: Locale,
  named: Named,
): { proposals: PendingProposalAnswer[]; uncountersigned: UncountersignedAnswer[] } {
  const open = Object.entries(proposed).filter(([, { lapsesAt }]) => now < lapsesAt);
  return {
    proposals: open.map(([id, { given, lapsesAt, removed, values: changes }]) => ({
      ...{ id, proposed: named.act(acts[given]!), lapsesAt },
      fields: fieldsNamed([...Object.keys(changes), ...removed], locale),
    })),
    uncountersigned: Object.entries(waiting).map(([pointer, { given, dueAt }]) => ({
      ...fieldNamed(pointer, locale),
      ...{ changed: named.act(acts[given]!), removed: values[pointer] === undefined, dueAt },
    })),
  };
}

export function fieldsNamed(pointers: readonly string[], locale: Locale): NamedFieldAnswer[] {
  return pointers.map((pointer) => fieldNamed(pointer, locale));
}

function fieldNamed(pointer: string, locale: Locale): NamedFieldAnswer {
  return { pointer, label: new Words(locale, (id) => id).field(pointer) };
}
