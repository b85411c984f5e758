import type { CommandBody } from '#engine/command.js';
import type { Json, JsonObject } from '#engine/json.js';
import type { CustomerRecord } from '#domain/records/record.js';
import { checkContent, flatten, splitByPart, type EntryRules } from '#domain/schema/content.js';
import type { FieldProblem } from '#domain/schema/field.js';
import { fieldAt, type SubjectType } from '#domain/schema/fields.js';
import { Problem, type FieldFault } from '../../http/problem.js';

/**
 * Checks the content of a request against the schema, so that every fault is named in words.
 * @throws Problem `request.invalid`
 */
export function refuseBadContent(
  subjectType: SubjectType,
  content: JsonObject,
  rules: EntryRules,
  member: string,
): void {
  refuseFaults(faultsOf(checkContent(subjectType, content, rules), `/${member}`));
}

/** What is wrong with the content at a place of the body, in words. */
export function faultsOf(problems: readonly FieldProblem[], place: string): FieldFault[] {
  return problems.map(({ pointer, code, expected: { en, zh } }) => ({
    pointer: `${place}${pointer}`,
    code,
    detail: { en: `Expected: ${en}.`, zh: `应为：${zh}。` },
  }));
}

/** @throws Problem `request.invalid` where there is a fault */
export function refuseFaults(errors: readonly FieldFault[]): void {
  if (errors.length > 0) throw new Problem('request.invalid', {}, { errors });
}

/**
 * As `refuseBadContent`, for changes to a record: `null` takes a value, or a whole list, away.
 * @throws Problem `request.invalid`
 */
export function refuseBadChanges({ subjectType, historic }: CustomerRecord, changes: JsonObject): void {
  const given = Object.entries(changes).filter(
    ([key, value]) => value !== null || fieldAt(subjectType, `/${key}`)?.list === undefined,
  );
  refuseBadContent(subjectType, Object.fromEntries(given), { historic, partial: true }, 'changes');
}

interface Told {
  readonly subjectType: SubjectType;
  readonly content: JsonObject;
  /** Members that may stand in clear. */
  readonly clear: object;
  /** Texts of the act: they are sealed with the record. */
  readonly texts: Readonly<Record<string, string | null>>;
  readonly mint: (name: string) => string;
}

/** A body about several parts of a customer, split so that no trace of a part outlives its key. */
export function contentBody({ subjectType, content, clear, texts, mint }: Told): CommandBody {
  const { open, sealed } = splitByPart(subjectType, flatten(subjectType, content, mint).values);
  const said = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null));
  const parts: Record<string, Json> = { ...sealed };
  if (sealed['record'] !== undefined || Object.keys(said).length > 0) {
    parts['record'] = { content: sealed['record'] ?? {}, ...said };
  }
  return plain({ clear: { ...clear, content: open }, sealed: parts });
}

/** Class instances become plain JSON, so that what was sent is compared, not how it was read. */
function plain(body: { clear: object; sealed: object }): CommandBody {
  return JSON.parse(JSON.stringify(body)) as CommandBody;
}
