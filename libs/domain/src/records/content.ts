import type { Refusal } from '#engine/decider.js';
import type { SealedValues } from '#engine/event.js';
import type { Json, JsonObject } from '#engine/json.js';
import { checkContent, flatten, missingFields, splitByPart } from '../schema/content.js';
import { fieldAt, type SubjectType } from '../schema/fields.js';
import { no } from './refusal-texts.js';

/** A record's values as its rules see them: open ones in clear, sealed ones only by where they stand. */
export interface Content {
  /** JSON pointer -> value. */
  readonly open: Readonly<Record<string, Json>>;
  /** Part -> pointers of its sealed values. */
  readonly sealed: Readonly<Record<string, readonly string[]>>;
  readonly unverified: readonly string[];
}

/** Checked content, ready for an event: the clear members of its data, and the values to seal. */
export interface Prepared {
  readonly clear: Content;
  readonly sealed: Record<string, SealedValues>;
}

interface Entry {
  readonly subjectType: SubjectType;
  /** Required of the whole: `historic` entries may be incomplete. */
  readonly historic: boolean;
  readonly mint: (name: string) => string;
  /** What acts of the record itself have settled; the body may repeat it, not contradict it. */
  readonly settled: JsonObject;
  /** Region whose national phone numbers are meant where the body names none. */
  readonly region?: string;
}

/** A whole content: every rule of the schema holds, or it is refused with each problem. */
export function wholeContent(content: JsonObject, entry: Entry): Prepared | Refusal {
  const body = { ...content, ...entry.settled };
  const problems = [
    ...contradictions(content, entry.settled),
    ...checkContent(entry.subjectType, body, { historic: entry.historic }),
  ];
  if (problems.length > 0) return invalid(problems);
  const { clear, sealed } = prepared(body, entry);
  return { clear, sealed };
}

/** Changes, ready for an event. */
export interface PreparedChange extends Prepared {
  /** Pointers of values that are no longer part of the record. */
  readonly removed: string[];
}

/**
 * Changes to a content: `null` takes a value (or a whole list) away; a list's item with an `id` changes that item,
 * one without is added. What results must still be complete.
 */
export function changedContent(now: Content, changes: JsonObject, entry: Entry): PreparedChange | Refusal {
  const { subjectType, historic } = entry;
  const dropped = Object.keys(changes).filter(
    (key) => changes[key] === null && fieldAt(subjectType, `/${key}`)?.list !== undefined,
  );
  const given = Object.fromEntries(Object.entries(changes).filter(([key]) => !dropped.includes(key)));
  const problems = [
    ...contradictions(changes, entry.settled),
    ...unknownItems(now, given),
    ...checkContent(subjectType, given, { historic, partial: true }),
  ];
  if (problems.length > 0) return invalid(problems);
  const next = prepared(given, entry);
  const before = pointersOf(now);
  const removed = before.filter(
    (old) => next.cleared.includes(old) || dropped.some((key) => old.startsWith(`/${key}/`)),
  );
  const after = [...before.filter((old) => !removed.includes(old)), ...pointersOf(next.clear)];
  const missing = historic ? [] : missingFields(subjectType, after);
  if (missing.length > 0) return lacking(missing);
  return { clear: next.clear, sealed: next.sealed, removed };
}

/** The content after an event that adds, replaces and removes values. */
export function withContent(content: Content, added: Content, removed: readonly string[] = []): Content {
  const gone = new Set([...removed, ...pointersOf(added)]);
  const stays = (pointer: string) => !gone.has(pointer);
  const open = Object.fromEntries(Object.entries(content.open).filter(([pointer]) => stays(pointer)));
  const sealed: Record<string, readonly string[]> = {};
  for (const part of new Set([...Object.keys(content.sealed), ...Object.keys(added.sealed)])) {
    const pointers = [...(content.sealed[part] ?? []).filter(stays), ...(added.sealed[part] ?? [])];
    if (pointers.length > 0) sealed[part] = pointers;
  }
  return {
    open: { ...open, ...added.open },
    sealed,
    unverified: [...content.unverified.filter(stays), ...added.unverified],
  };
}

/** Pointers of all values, open and sealed. */
export function pointersOf(content: Content): string[] {
  return [...Object.keys(content.open), ...Object.values(content.sealed).flat()];
}

/** A content, limited to some pointers. */
export function contentOf(
  { open, sealed, unverified }: Content,
  keep: (pointer: string) => boolean,
): Content {
  const parts = Object.entries(sealed).map(([part, pointers]) => [part, pointers.filter(keep)] as const);
  return {
    open: Object.fromEntries(Object.entries(open).filter(([pointer]) => keep(pointer))),
    sealed: Object.fromEntries(parts.filter(([, pointers]) => pointers.length > 0)),
    unverified: unverified.filter(keep),
  };
}

/** Changes, limited to some pointers. */
export function changeOf(
  { clear, sealed, removed }: PreparedChange,
  keep: (pointer: string) => boolean,
): PreparedChange {
  const kept = Object.entries(sealed).map(
    ([part, values]) =>
      [part, Object.fromEntries(Object.entries(values).filter(([pointer]) => keep(pointer)))] as const,
  );
  return {
    clear: contentOf(clear, keep),
    sealed: Object.fromEntries(kept.filter(([, values]) => Object.keys(values).length > 0)),
    removed: removed.filter(keep),
  };
}

/**
 * What a content lacks once some values were added and others taken away: required fields, unless the entry is a
 * historic one, and required members of the list items that are touched.
 */
export function lackingAfter(
  now: Content,
  { added, removed }: { readonly added: Content; readonly removed: readonly string[] },
  { subjectType, historic }: Pick<Entry, 'subjectType' | 'historic'>,
): Refusal | null {
  const after = pointersOf(withContent(now, added, removed));
  const items = [...pointersOf(added), ...removed].flatMap((pointer) => itemOf(pointer) ?? []);
  const bare = [...new Set(items)]
    .filter((item) => after.some((pointer) => pointer.startsWith(`${item}/`)))
    .flatMap((item) =>
      (fieldAt(subjectType, item)?.list ?? [])
        .filter(({ required, key }) => required && !after.includes(`${item}/${key}`))
        .map(({ key }) => `${item}/${key}`),
    );
  const missing = [...(historic ? [] : missingFields(subjectType, after)), ...bare];
  return missing.length > 0 ? lacking(missing) : null;
}

/** The item of a list that a pointer lies in: `/contacts/<id>`. */
export function itemOf(pointer: string): string | undefined {
  return /^(\/[^/]+\/[^/]+)\/[^/]+$/.exec(pointer)?.[1];
}

/** Says which pointers need a value. */
export function lacking(pointers: readonly string[]): Refusal {
  return invalid(pointers.map((pointer) => ({ pointer, code: 'field.required' })));
}

/**
 * A pointer that a person names is that of a field; one into a list is that of an item which the record has. It stands
 * in clear in the event, so it must not carry a text of its own.
 */
export function fieldNamed(
  { subjectType, content }: { readonly subjectType: SubjectType; readonly content: Content },
  pointer: string,
): Refusal | null {
  const item = /^\/[^/]+\/[^/]+/.exec(pointer)?.[0];
  const known = item === undefined || pointersOf(content).some((each) => each.startsWith(`${item}/`));
  return known && fieldAt(subjectType, pointer) ? null : no('record.field-unknown', { pointer });
}

/** Joins sealed values of several sources part by part. */
export function mergeSealed(...sources: readonly Readonly<Record<string, SealedValues>>[]) {
  const merged: Record<string, SealedValues> = {};
  for (const source of sources) {
    for (const [part, values] of Object.entries(source)) merged[part] = { ...merged[part], ...values };
  }
  return merged;
}

function prepared(body: JsonObject, { subjectType, mint, region }: Entry): Prepared & { cleared: string[] } {
  const flat = flatten(subjectType, body, mint, region);
  const values = Object.entries(flat.values);
  const { open, sealed } = splitByPart(
    subjectType,
    Object.fromEntries(values.filter(([, value]) => value !== null)),
  );
  const where = Object.entries(sealed).map(([part, of]) => [part, Object.keys(of)] as const);
  return {
    clear: { open, sealed: Object.fromEntries(where), unverified: [...flat.unverified] },
    sealed,
    cleared: values.filter(([, value]) => value === null).map(([pointer]) => pointer),
  };
}

/** Only a part that the record has may be named: an id that comes from outside never becomes a new one. */
function unknownItems(now: Content, changes: JsonObject) {
  const known = pointersOf(now);
  return Object.entries(changes).flatMap(([key, items]) =>
    (Array.isArray(items) ? (items as readonly Json[]) : []).flatMap((item, index) => {
      const id = typeof item === 'object' && item !== null && 'id' in item ? item['id'] : undefined;
      const found = typeof id !== 'string' || known.some((pointer) => pointer.startsWith(`/${key}/${id}/`));
      return found ? [] : [{ pointer: `/${key}/${index}/id`, code: 'field.unknown-item' }];
    }),
  );
}

function contradictions(content: JsonObject, settled: JsonObject) {
  return Object.keys(settled)
    .filter((key) => key in content && content[key] !== settled[key])
    .map((key) => ({ pointer: `/${key}`, code: 'field.contradicts' }));
}

function invalid(problems: readonly { pointer: string; code: string }[]): Refusal {
  return no('record.content-invalid', {
    problems: problems.map(({ pointer, code }) => ({ pointer, code })),
  });
}
