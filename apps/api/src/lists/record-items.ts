import { urgencyAt } from '#domain/records/collect.js';
import { cooperationStatuses, grades, industries, kinds, urgencies } from '#domain/schema/catalogues.js';
import { isRestricted, type RecordRow } from '#domain/views/records.js';
import type { Locale } from '../http/locale.js';
import { codeIn, codeOrNone, statusCode } from '../records/reading/labels.js';
import type { Named } from '../staff/people.js';
import type { RecordItemAnswer } from './record-list.dto.js';

/** One record in the index, as of an instant. */
export function describeItem(
  id: string,
  row: RecordRow,
  name: string | null,
  at: string,
  locale: Locale,
  named: Named,
): RecordItemAnswer {
  const { fileNumber, subjectType, openedAt } = row;
  return {
    ...{ id, fileNumber, name, subjectType, openedAt },
    region: typeof row.region === 'string' ? row.region : null,
    status: statusCode(row.status, locale),
    restricted: isRestricted(row, at),
    class: classOfRow(row, at, locale),
    industry: codeOrNone(industries, row.industry, locale),
    collector: named.person(row.collector),
    custodian: named.personOrNone(row.custodian),
    owner: named.personOrNone(row.owner?.id ?? null),
    missing: row.missing.length,
  };
}

function classOfRow(row: RecordRow, at: string, locale: Locale): RecordItemAnswer['class'] {
  const { grade, kind, cooperationStatus, urgency: set } = row;
  const status = typeof cooperationStatus === 'string' ? cooperationStatus : '';
  const urgency = urgencyAt({ class: { status, urgency: set.level, urgencyUntil: set.until, kind } }, at);
  return {
    grade: codeIn(grades, grade, locale),
    cooperationStatus: codeIn(cooperationStatuses, status, locale),
    urgency: { ...codeIn(urgencies, urgency, locale), until: urgency === set.level ? set.until : null },
    kind: codeIn(kinds, kind, locale),
  };
}
