import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { requestLocale, type AuthenticatedRequest } from '../http/request-context.js';
import { LiveRecords } from '../records/commands/live-records.js';
import { IndexReaders } from '../records/reading/index-readers.js';
import { RecordIdPipe } from '../records/record-id.pipe.js';
import { ProposalAnswer, ProposalListAnswer, ProposalListQuery, ProposalQuery } from './proposal-answer.js';
import { ProposalReading } from './proposal-reading.js';

/** What was proposed for a record, and what became of it. */
@ApiTags('Updating')
@ApiBearerAuth()
@Controller('v1/records/:id/proposals')
export class ProposalReadingController {
  constructor(
    private readonly reading: ProposalReading,
    private readonly records: LiveRecords,
  ) {}

  @IndexReaders()
  @Get()
  @ApiOperation({
    summary: 'The proposals about a record, newest first',
    description: 'Which fields, by whom, and what became of each; no values. They outlive the record.',
  })
  @ApiOkResponse({ type: ProposalListAnswer })
  async listProposals(
    @Param('id', RecordIdPipe) id: string,
    @Query() query: ProposalListQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<ProposalListAnswer> {
    await this.records.existing(id);
    return this.reading.list(id, query, requestLocale(request));
  }

  @IndexReaders()
  @Get(':pid')
  @ApiOperation({
    summary: 'One proposal with its diff, old beside new, and the HMAC that a signature is made over',
    description:
      'Values stand behind their masks, as in the record. With `open` the right to each is checked and the reading put ' +
      'on record first.',
  })
  @ApiOkResponse({ type: ProposalAnswer })
  async readProposal(
    @Param('id', RecordIdPipe) id: string,
    @Param('pid') proposalId: string,
    @Query() query: ProposalQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<ProposalAnswer> {
    return this.reading.one(id, proposalId, query, request);
  }
}
