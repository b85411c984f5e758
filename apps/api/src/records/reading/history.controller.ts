import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { recordDecider } from '#domain/records/decider.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { Problem } from '../../http/problem.js';
import { requestLocale, type AuthenticatedRequest } from '../../http/request-context.js';
import { decodeCursor, encodeCursor } from '../../lists/cursor.js';
import { DEFAULT_LIMIT } from '../../lists/page-query.js';
import { RecordIdPipe } from '../record-id.pipe.js';
import { EventPageQuery, HistoryAnswer, type HistoryItemAnswer } from './history.dto.js';
import { IndexReaders } from './index-readers.js';
import { ToldEvents, type ToldEvent } from './told-events.js';

const place = z.object({ from: z.number().int().min(0) });

/** The life of a record in sentences: who did what, when; no values, and no reasons, which are sealed. */
@ApiTags('Reading')
@ApiBearerAuth()
@Controller('v1/records')
export class HistoryController {
  constructor(
    private readonly kernel: Kernel,
    private readonly told: ToldEvents,
  ) {}

  @IndexReaders()
  @Get(':id/history')
  @ApiOperation({
    summary: 'Every event of a record in sentences, from its stream itself',
    description: 'It outlives the record: what was destroyed, by whom and when stays told.',
  })
  @ApiOkResponse({ type: HistoryAnswer })
  async readHistory(
    @Param('id', RecordIdPipe) id: string,
    @Query() query: EventPageQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<HistoryAnswer> {
    const stream = `customerRecord-${id}`;
    const { state } = await this.kernel.executor.load(recordDecider, stream);
    if (state.status === 'absent') throw new Problem('record.unknown');
    const backwards = query.order === 'desc';
    const scope = { list: 'history', stream, backwards };
    const limit = query.limit ?? DEFAULT_LIMIT;
    const events = await this.kernel.log.readStream(stream, {
      ...(query.cursor == null ? {} : decodeCursor(scope, query.cursor, place)),
      direction: backwards ? 'backwards' : 'forwards',
      maxCount: limit + 1,
    });
    const following = events[limit];
    return {
      items: (await this.told.of(events.slice(0, limit), requestLocale(request))).map(describeEvent),
      next: following ? encodeCursor(scope, { from: following.revision }) : null,
      lag: { events: 0, seconds: 0 },
    };
  }
}

function describeEvent({ event, sentence, nameOf }: ToldEvent): HistoryItemAnswer {
  const { stream, revision, type, actorId, onBehalfOf, recordedAt, effectiveAt } = event;
  return {
    ...{ event: { stream, revision }, type, ...sentence },
    by: { id: actorId, name: nameOf(actorId) },
    onBehalfOf: onBehalfOf === null ? null : { id: onBehalfOf, name: nameOf(onBehalfOf) },
    ...{ at: recordedAt, effectiveAt },
  };
}
