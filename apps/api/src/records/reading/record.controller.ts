import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { purposes } from '#domain/schema/catalogues.js';
import { etag } from '../../http/command-request.js';
import { CodeField, codesOf } from '../../http/fields.js';
import type { AuthenticatedRequest } from '../../http/request-context.js';
import { AfterQuery, FormField } from '../../lists/page-query.js';
import { ETAG } from '../../openapi/headers.js';
import { RecordIdPipe } from '../record-id.pipe.js';
import { OPEN } from './asked.js';
import { IndexReaders } from './index-readers.js';
import { RecordAnswer } from './record-answer.js';
import { RecordReading } from './record-reading.js';

/** The file is read at the head of its stream: `after` has nothing to wait for. */
export class ReadingQuery extends AfterQuery {
  @FormField(OPEN, {
    en: 'what to open, which is a reading: `all`, or keys and pointers of fields separated by commas',
    zh: '要打开的内容（计为一次阅读）：all，或以逗号分隔的字段名、指针',
    example: 'phone,contacts',
  })
  open?: string | null;

  @CodeField(codesOf(purposes), {
    en: 'the purpose of the reading, which managers and executives state',
    zh: '阅读目的，管理者与分管领导须说明',
    optional: true,
  })
  purpose?: string | null;
}

@ApiTags('Reading')
@ApiBearerAuth()
@Controller('v1/records')
export class RecordController {
  constructor(private readonly reading: RecordReading) {}

  @IndexReaders()
  @Get(':id')
  @ApiOperation({
    summary: 'The file: every value with its provenance, masked, or opened by right',
    description:
      'Without `open` values stand behind their masks. With it the right to each value is checked, the reading is put on record, and only then anything is opened: a field asked for by name that you have no right to is refused; `all` opens what you may see.',
  })
  @ApiParam({ name: 'id', example: 'KH-2025-00017', description: 'Id or file number' })
  @ApiOkResponse({ type: RecordAnswer, headers: { ETag: ETAG } })
  async readRecord(
    @Param('id', RecordIdPipe) id: string,
    @Query() query: ReadingQuery,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordAnswer> {
    const answer = await this.reading.read(id, query, request);
    void reply.header('etag', etag(answer.revision));
    return answer;
  }
}
