import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Filter } from '#engine/ports/view-store.js';
import { isCaseOpen, type AuditCaseRow } from '#domain/views/audit-cases.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { Roles } from '../auth/access.js';
import { CodeField, StaffIdField, TextField } from '../http/fields.js';
import { ListAnswer } from '../lists/list-answer.js';
import { FormField, PageQuery } from '../lists/page-query.js';
import { Pages, type Phase } from '../lists/pages.js';
import { scopeOf } from '../lists/record-filter.js';
import { RECORD_NAME, RecordIdPipe } from '../records/record-id.pipe.js';
import { People } from '../staff/people.js';
import { ActAnswer, PersonAnswer } from '../staff/person-answer.js';

export class AuditCaseListQuery extends PageQuery {
  @StaffIdField({ en: 'the auditor', zh: '审计员', optional: true })
  auditor?: string | null;

  @TextField(60, { en: 'the number of the case', zh: '案号', example: 'SJ-2025-03', optional: true })
  number?: string | null;

  @FormField(RECORD_NAME, {
    en: 'a record within the scope, by id or file number',
    zh: '范围内的档案标识或档号',
    example: 'KH-2025-00017',
  })
  record?: string | null;

  @CodeField(['open', 'closed', 'ended'], {
    en: 'the state at this moment: open, closed by its auditor, or past its end',
    zh: '当前状态：进行中、已结案或已到期',
    optional: true,
  })
  state?: 'open' | 'closed' | 'ended' | null;
}

export class AuditCaseItemAnswer {
  @ApiProperty({ example: '2f1c9c4e-7e0c-5f6d-8f0a-6c2f6b1d3e55' })
  id!: string;
  @ApiProperty({ example: 'SJ-2025-03' })
  number!: string;
  @ApiProperty({ type: PersonAnswer })
  auditor!: PersonAnswer;
  @ApiProperty({
    oneOf: [
      { type: 'string', enum: ['all'] },
      { type: 'array', items: { type: 'string' } },
    ],
    example: 'all',
    description: 'All records, or the ids of those that it is about',
  })
  scope!: 'all' | readonly string[];
  @ApiProperty({ example: 'open', enum: ['open', 'closed', 'ended'] })
  state!: string;
  @ApiProperty({ example: '2025-03-03T01:00:00.000Z' })
  openedAt!: string;
  @ApiProperty({ example: '2025-03-31', description: 'Last day of the case' })
  endsOn!: string;
  @ApiProperty({ type: ActAnswer, nullable: true })
  closed!: ActAnswer | null;
}

export class AuditCaseListAnswer extends ListAnswer {
  @ApiProperty({ type: [AuditCaseItemAnswer] })
  items!: AuditCaseItemAnswer[];
}

/** The cases that open values to auditors. */
@ApiTags('Auditing')
@ApiBearerAuth()
@Controller('v1/audit-cases')
export class AuditCaseListController {
  constructor(
    private readonly kernel: Kernel,
    private readonly pages: Pages,
    private readonly people: People,
    private readonly recordIds: RecordIdPipe,
  ) {}

  @Roles('auditor', 'executive')
  @Get()
  @ApiOperation({ summary: 'Audit cases, newest first' })
  @ApiOkResponse({ type: AuditCaseListAnswer })
  async listAuditCases(@Query() query: AuditCaseListQuery): Promise<AuditCaseListAnswer> {
    const { auditor, number, state } = query;
    const record = query.record == null ? null : await this.recordIds.transform(query.record);
    const where: Filter = {
      ...(auditor == null ? {} : { auditor: { eq: auditor } }),
      ...(number == null ? {} : { number: { eq: number } }),
      ...(record === null ? {} : { scope: { in: [record, 'all'] } }),
    };
    const phases = (at: string): Phase[] => [
      { anyOf: [{ ...where, ...stateFilter(state, at) }], sort: [{ field: 'openedAt', direction: 'desc' }] },
    ];
    const { rows, list } = await this.pages.read<AuditCaseRow>(
      { view: 'auditCases', scope: scopeOf(query), phases },
      query,
    );
    const now = this.kernel.clock.now();
    const items = await this.people.naming((named) =>
      rows.map((row): AuditCaseItemAnswer => {
        const { scope, openedAt, endsOn, closed } = row;
        const at = isCaseOpen(row, now) ? 'open' : closed === null ? 'ended' : 'closed';
        return {
          ...{ id: row._id, number: row.number, auditor: named.person(row.auditor), scope, state: at },
          ...{ openedAt, endsOn, closed: named.actOrNone(closed) },
        };
      }),
    );
    return { items, ...list };
  }
}

function stateFilter(state: AuditCaseListQuery['state'], at: string): Filter {
  if (state == null) return {};
  if (state === 'closed') return { closed: { exists: true } };
  return { closed: { exists: false }, until: state === 'open' ? { gt: at } : { lte: at } };
}
