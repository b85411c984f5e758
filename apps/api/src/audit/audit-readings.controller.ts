import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Condition, Filter } from '#engine/ports/view-store.js';
import { Words } from '#domain/history/words.js';
import { purposes } from '#domain/schema/catalogues.js';
import type { ReadingRow } from '#domain/views/readings.js';
import { Roles } from '../auth/access.js';
import { InstantField, StaffIdField } from '../http/fields.js';
import type { Locale } from '../http/locale.js';
import { requestLocale, type AuthenticatedRequest } from '../http/request-context.js';
import { ListAnswer } from '../lists/list-answer.js';
import { FormField, PageQuery } from '../lists/page-query.js';
import { Pages, type Phase } from '../lists/pages.js';
import { scopeOf } from '../lists/record-filter.js';
import { CodeAnswer, codeOrNone } from '../records/reading/labels.js';
import { RecordRefAnswer, RecordRefs } from '../records/reading/record-refs.js';
import { RECORD_ID, RECORD_NAME, RecordIdPipe } from '../records/record-id.pipe.js';
import { People, type Named } from '../staff/people.js';
import { PersonAnswer } from '../staff/person-answer.js';

export class AuditReadingsQuery extends PageQuery {
  @FormField(RECORD_NAME, {
    en: 'the record, by id or file number',
    zh: '档案标识或档号',
    example: 'KH-2025-00017',
  })
  record?: string | null;

  @StaffIdField({ en: 'who read', zh: '阅读人', optional: true })
  person?: string | null;

  @FormField(/^(\/[A-Za-z0-9-]{1,64}){1,3}$/, {
    en: 'one value by its pointer',
    zh: '单个内容的指针',
    example: '/phone',
  })
  pointer?: string | null;

  @FormField(RECORD_ID, { en: 'the loan that it was read under', zh: '所凭调阅标识' })
  loan?: string | null;

  @FormField(RECORD_ID, { en: 'the audit case that it was read under', zh: '所凭审计案件标识' })
  auditCase?: string | null;

  @InstantField({ en: 'read at or after', zh: '阅读时间起', optional: true })
  since?: string | null;

  @InstantField({ en: 'read before', zh: '阅读时间止（不含）', optional: true })
  until?: string | null;
}

export class ReadFieldAnswer {
  @ApiProperty({ example: '/phone' })
  pointer!: string;
  @ApiProperty({ example: 'phone' })
  label!: string;
}

/** What one person read of one record at one moment: which values, never the values. */
export class AuditReadingAnswer {
  @ApiProperty({ example: '2025-03-05T01:00:00.000Z' })
  readAt!: string;
  @ApiProperty({ type: PersonAnswer })
  person!: PersonAnswer;
  @ApiProperty({ type: PersonAnswer, nullable: true })
  onBehalfOf!: PersonAnswer | null;
  @ApiProperty({ type: RecordRefAnswer })
  record!: RecordRefAnswer;
  @ApiProperty({ type: [ReadFieldAnswer] })
  fields!: ReadFieldAnswer[];
  @ApiProperty({ example: 'custodian', description: 'The right used' })
  right!: string;
  @ApiProperty({ type: CodeAnswer, nullable: true })
  purpose!: CodeAnswer | null;
  @ApiProperty({ nullable: true, type: String, description: 'Id of the loan that it was read under' })
  loan!: string | null;
  @ApiProperty({ nullable: true, type: String, description: 'Id of the audit case that it was read under' })
  auditCase!: string | null;
}

export class AuditReadingsAnswer extends ListAnswer {
  @ApiProperty({ type: [AuditReadingAnswer] })
  items!: AuditReadingAnswer[];
}

/** Who read what, when, and under which right. */
@ApiTags('Auditing')
@ApiBearerAuth()
@Controller('v1/audit')
export class AuditReadingsController {
  constructor(
    private readonly pages: Pages,
    private readonly refs: RecordRefs,
    private readonly people: People,
    private readonly recordIds: RecordIdPipe,
  ) {}

  @Roles('auditor', 'executive', 'manager')
  @Get('readings')
  @ApiOperation({ summary: 'Who read what under which right, newest first; it outlives the record' })
  @ApiOkResponse({ type: AuditReadingsAnswer })
  async listReadings(
    @Query() query: AuditReadingsQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<AuditReadingsAnswer> {
    const record = query.record == null ? null : await this.recordIds.transform(query.record);
    const where = filterOf(query, record);
    const phases = (): Phase[] => [{ anyOf: [where], sort: [{ field: 'readAt', direction: 'desc' }] }];
    const { rows, list } = await this.pages.read<ReadingRow>(
      { view: 'readings', scope: scopeOf(query), phases },
      query,
    );
    const refOf = await this.refs.of(rows.map((row) => row.record));
    const locale = requestLocale(request);
    const items = await this.people.naming((named) =>
      rows.map((row) => describeReading(row, refOf(row.record), locale, named)),
    );
    return { items, ...list };
  }
}

function filterOf(
  { person, pointer, loan, auditCase, since, until }: AuditReadingsQuery,
  record: string | null,
): Filter {
  const equal = { record, person, pointers: pointer, loan, auditCase };
  const given = Object.entries(equal).flatMap(([name, value]): [string, Condition][] =>
    value == null ? [] : [[name, { eq: value }]],
  );
  const readAt = {
    ...(since == null ? {} : { gte: new Date(since).toISOString() }),
    ...(until == null ? {} : { lt: new Date(until).toISOString() }),
  };
  return { ...Object.fromEntries(given), ...(Object.keys(readAt).length > 0 ? { readAt } : {}) };
}

function describeReading(
  row: ReadingRow,
  record: RecordRefAnswer,
  locale: Locale,
  named: Named,
): AuditReadingAnswer {
  const { readAt, pointers, right, loan, auditCase } = row;
  const words = new Words(locale, (id) => id);
  return {
    ...{ readAt, person: named.person(row.person), onBehalfOf: named.personOrNone(row.onBehalfOf), record },
    fields: pointers.map((pointer) => ({ pointer, label: words.field(pointer) })),
    ...{ right, purpose: codeOrNone(purposes, row.purpose, locale), loan, auditCase },
  };
}
