import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { v5 as uuidv5 } from 'uuid';
import { auditCaseDecider } from '#domain/audit-cases/decider.js';
import { FILE_NUMBER } from '#domain/file-numbers/file-numbers.js';
import { Roles } from '../auth/access.js';
import { Commands } from '../commands/commands.js';
import { answer, dataOf, PlaceAnswer } from '../http/answer.js';
import { commandIdOf, splitBody } from '../http/command-request.js';
import { check, DateField, TextField } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import type { AuthenticatedRequest } from '../http/request-context.js';
import { RECORD_ID, RECORD_NAME, RecordIdPipe } from '../records/record-id.pipe.js';

const MOST_RECORDS = 1_000;

export class OpenCaseDto {
  @TextField(60, { en: 'the number of the case', zh: '案号', example: 'SJ-2025-004' })
  number!: string;

  @ApiProperty({
    description: 'Record ids or file numbers, or "all" · 档案标识或档号，或 all',
    example: ['KH-2025-00017'],
    oneOf: [
      { type: 'string', enum: ['all'] },
      { type: 'array', items: { type: 'string' } },
    ],
  })
  @check(
    'isScope',
    isScope,
    '"all", or 1 to 1000 different record ids or file numbers',
    'all，或1至1000个互不相同的档案标识或档号',
  )
  scope!: 'all' | string[];

  @DateField({ en: 'the last day of the case', zh: '截止日期' })
  endsOn!: string;

  @TextField(4000, { en: 'the reason', zh: '立案理由', example: '客户投诉信息被查阅' })
  reason!: string;
}

export class CloseCaseDto {
  @TextField(4000, { en: 'the conclusion', zh: '结论', optional: true })
  conclusion?: string | null;
}

export class CaseAnswer extends PlaceAnswer {
  @ApiProperty({ example: '2d1c1f4e-56a3-5b0e-8a9d-6f7e5d4c3b2a' })
  id!: string;
}

export class CaseOpenedAnswer extends CaseAnswer {
  @ApiProperty({ example: '2025-03-31T16:00:00.000Z', description: 'Open before this instant' })
  until!: string;
}

/** An auditor's cases: what opens values to him while they last. */
@ApiTags('Auditing')
@ApiBearerAuth()
@Roles('auditor')
@Controller('v1/audit-cases')
export class AuditCasesController {
  constructor(
    private readonly commands: Commands,
    private readonly records: RecordIdPipe,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Open an audit case' })
  @ApiCreatedResponse({ type: CaseOpenedAnswer })
  async openAuditCase(
    @Body() dto: OpenCaseDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseOpenedAnswer> {
    const { number, endsOn, reason } = dto;
    const id = uuidv5('audit case', commandIdOf(request));
    const done = await this.commands.run(
      request,
      auditCaseDecider,
      `auditCase-${id}`,
      { type: 'OpenAuditCase', number, endsOn, reason, scope: await this.#idsIn(dto.scope) },
      splitBody(dto, { reason: 'system' }),
    );
    const { until } = dataOf<{ until: string }>(done, 'AuditCaseOpened')!;
    return answer(reply, done, { id, until });
  }

  @HttpCode(200)
  @Post(':cid/closings')
  @ApiOperation({ summary: 'Close one’s own audit case' })
  @ApiOkResponse({ type: CaseAnswer })
  async closeAuditCase(
    @Param('cid') id: string,
    @Body() dto: CloseCaseDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseAnswer> {
    if (!RECORD_ID.test(id)) throw new Problem('audit-case.not-found');
    const command = { type: 'CloseAuditCase', conclusion: dto.conclusion ?? '' } as const;
    const body = splitBody(dto, { conclusion: 'system' });
    const done = await this.commands.run(request, auditCaseDecider, `auditCase-${id}`, command, body);
    return answer(reply, done, { id });
  }

  async #idsIn(scope: OpenCaseDto['scope']): Promise<'all' | string[]> {
    if (scope === 'all') return 'all';
    const ids = await this.records.byFileNumber(scope.filter((name) => FILE_NUMBER.test(name)));
    const detail = { en: 'No record has this file number.', zh: '没有此档号的档案。' };
    const errors = scope.flatMap((name, i) =>
      RECORD_ID.test(name) || ids.has(name)
        ? []
        : [{ pointer: `/scope/${i}`, code: 'field.unknown-record', detail }],
    );
    if (errors.length > 0) throw new Problem('request.invalid', {}, { errors });
    return scope.map((name) => ids.get(name) ?? name);
  }
}

function isScope(value: unknown): boolean {
  if (value === 'all') return true;
  return (
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= MOST_RECORDS &&
    new Set(value).size === value.length &&
    value.every((name) => typeof name === 'string' && RECORD_NAME.test(name))
  );
}
