import { isRefusal, type Refusal } from '#engine/decider.js';
import type { ActivityKind } from '#domain/activity/kinds.js';
import { ACTIVITY_KINDS } from '#domain/activity/kinds.js';
import type { CustomerRecord } from '#domain/records/record.js';
import { openingRight, type Reader, type ReadingRight } from '#domain/records/rights.js';
import { ENTRIES } from '#domain/schema/entries.js';
import type { Field } from '#domain/schema/field.js';
import type { ActivityVersion } from '#domain/views/activity.js';
import { refusalProblem } from '../http/command-request.js';
import { Problem } from '../http/problem.js';

/** What `?open=` may say: `all`, or members of entries, separated by commas. */
export const OPEN_MEMBERS = /^[a-z]{1,20}(,[a-z]{1,20}){0,19}$/;

/** What a caller wants opened of the entries listed. */
export type AskedMembers = 'nothing' | 'all' | readonly string[];

/** One value of a version of an entry, and how it is to be shown. */
export interface PlannedMember {
  /** Where it stands among what is kept about the customer, as the reading names it. */
  readonly pointer: string;
  readonly field: Field;
  readonly how: 'opened' | 'hidden';
  readonly right: ReadingRight | Refusal;
}

/** A version of an entry with the plan for its values, in the order of the schema. */
export interface PlannedVersion {
  readonly version: ActivityVersion;
  readonly members: readonly PlannedMember[];
}

const members = new Map(ACTIVITY_KINDS.flatMap((kind) => ENTRIES[kind].map((field) => [field.key, field])));

/**
 * Reads `?open=`. A member that is asked for by name must be allowed, whether or not any entry has it.
 * @throws Problem
 */
export function askedMembers(
  open: string | null | undefined,
  state: CustomerRecord,
  reader: Reader,
  now: string,
): AskedMembers {
  if (open == null) return 'nothing';
  if (open === 'all') return 'all';
  const keys = [...new Set(open.split(','))];
  for (const key of keys) {
    const pointer = `/activities/${key}`;
    const field = members.get(key);
    if (!field) throw new Problem('record.field-unknown', { pointer });
    const right = openingRight(state, reader, { level: field.level, pointer }, now);
    if (isRefusal(right)) throw refusalProblem({ ...right, params: { ...right.params, pointer } });
  }
  return keys;
}

/** How the values of versions of one entry are to be shown to one reader. */
export function planVersions(
  { entryId, kind, versions }: PlannedEntry,
  asked: AskedMembers,
  state: CustomerRecord,
  reader: Reader,
  now: string,
): PlannedVersion[] {
  return versions.map((version) => ({
    version,
    members: ENTRIES[kind]
      .filter(({ key }) => version.sealed.includes(`/${key}`))
      .map((field) => {
        const pointer = `/activities/${entryId}/${field.key}`;
        const right = openingRight(state, reader, { level: field.level, pointer }, now);
        const wanted = asked === 'all' || (asked !== 'nothing' && asked.includes(field.key));
        return { pointer, field, right, how: wanted && !isRefusal(right) ? 'opened' : 'hidden' };
      }),
  }));
}

interface PlannedEntry {
  readonly entryId: string;
  readonly kind: ActivityKind;
  readonly versions: readonly ActivityVersion[];
}
