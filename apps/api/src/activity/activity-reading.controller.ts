import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AuthenticatedRequest } from '../http/request-context.js';
import { IndexReaders } from '../records/reading/index-readers.js';
import { RecordIdPipe } from '../records/record-id.pipe.js';
import { ActivityEntryAnswer, ActivityListAnswer, ActivityTotalsAnswer } from './activity-answer.js';
import { ActivityEntryQuery, ActivityQuery, ActivityTotalsQuery } from './activity-query.js';
import { ActivityReading } from './activity-reading.js';
import { ActivityTotals } from './activity-totals.js';

/** What happened with a customer: its kind, its time and who entered it for all; what it says by right. */
@ApiTags('Activity')
@ApiBearerAuth()
@Controller('v1/records/:id')
export class ActivityReadingController {
  constructor(
    private readonly reading: ActivityReading,
    private readonly totals: ActivityTotals,
  ) {}

  @IndexReaders()
  @Get('activities')
  @ApiOperation({
    summary: 'The activity of a customer, newest first',
    description:
      'Without `open` nothing of an entry is shown but its kind, its time and who entered it. With it the right to ' +
      'each value is checked and the reading of the page put on record first.',
  })
  @ApiOkResponse({ type: ActivityListAnswer })
  listActivity(
    @Param('id', RecordIdPipe) id: string,
    @Query() query: ActivityQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<ActivityListAnswer> {
    return this.reading.list(id, query, request);
  }

  @IndexReaders()
  @Get('activities/:eid')
  @ApiOperation({ summary: 'One entry with all its versions' })
  @ApiOkResponse({ type: ActivityEntryAnswer })
  readEntry(
    @Param('id', RecordIdPipe) id: string,
    @Param('eid') entryId: string,
    @Query() query: ActivityEntryQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<ActivityEntryAnswer> {
    return this.reading.one(id, entryId, query, request);
  }

  @IndexReaders()
  @Get('activity-totals')
  @ApiOperation({ summary: 'What the activity of a customer adds up to; what he spent with `open=spend`' })
  @ApiOkResponse({ type: ActivityTotalsAnswer })
  readActivityTotals(
    @Param('id', RecordIdPipe) id: string,
    @Query() query: ActivityTotalsQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<ActivityTotalsAnswer> {
    return this.totals.of(id, query, request);
  }
}
