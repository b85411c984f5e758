import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { DataOf } from '#domain/records/events.js';
import { Commands } from '../../commands/commands.js';
import { answer, dataOf } from '../../http/answer.js';
import { splitBody } from '../../http/command-request.js';
import type { AuthenticatedRequest } from '../../http/request-context.js';
import { StaffFacts } from '../../staff/staff-facts.js';
import { RecordIdPipe } from '../record-id.pipe.js';
import { FileNumbers } from './file-number.js';
import { AllocateDto, AllocatedAnswer, FileDto, FiledAnswer } from './filing.dto.js';
import { LiveRecords } from './live-records.js';
import { MayGive } from './may-give.js';

/** A custodian files an approved record; a manager gives it its owner and custodian. */
@ApiTags('Filing')
@ApiBearerAuth()
@Controller('v1/records')
export class FilingController {
  constructor(
    private readonly commands: Commands,
    private readonly numbers: FileNumbers,
    private readonly records: LiveRecords,
    private readonly staff: StaffFacts,
  ) {}

  @MayGive('FileRecord')
  @HttpCode(200)
  @Post(':id/filings')
  @ApiOperation({ summary: 'Receive an approved record and file it under the next number' })
  @ApiOkResponse({ type: FiledAnswer })
  async file(
    @Param('id', RecordIdPipe) id: string,
    @Body() dto: FileDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FiledAnswer> {
    const { retentionClass, medium, place = null, note = null } = dto;
    const fileNumber = await this.numbers.for(await this.records.existing(id), request);
    const done = await this.commands.record(
      request,
      id,
      { type: 'FileRecord', fileNumber, retentionClass, medium, place, note },
      splitBody(dto, { place: 'record', note: 'record' }),
    );
    const filed = dataOf<DataOf<'RecordFiled'>>(done, 'RecordFiled')!;
    return answer(reply, done, { fileNumber: filed.fileNumber, custodian: filed.custodian });
  }

  @MayGive('AllocateRecord')
  @HttpCode(200)
  @Post(':id/allocations')
  @ApiOperation({ summary: 'Give a record its follow-up owner and custodian' })
  @ApiOkResponse({ type: AllocatedAnswer })
  async allocate(
    @Param('id', RecordIdPipe) id: string,
    @Body() dto: AllocateDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AllocatedAnswer> {
    const { owner, custodian, reason = null } = dto;
    const claimants = dto.claimants ?? [];
    const { position, facts } = await this.staff.of(owner, custodian, ...claimants);
    const [ownerFacts, custodianFacts, ...claimantFacts] = facts;
    const done = await this.commands.record(
      request,
      id,
      {
        ...{ type: 'AllocateRecord', owner, custodian, claimants, reason },
        facts: { position, owner: ownerFacts!, custodian: custodianFacts!, claimants: claimantFacts },
      },
      splitBody(dto, { reason: 'record' }),
    );
    const { ownerUntil } = dataOf<DataOf<'RecordAllocated'>>(done, 'RecordAllocated')!;
    return answer(reply, done, { owner, custodian, ownerUntil });
  }
}
