import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { v5 as uuidv5 } from 'uuid';
import { checkActivity } from '#domain/activity/content.js';
import type { ActivityDataOf } from '#domain/activity/events.js';
import { MOST_ENTRIES } from '#domain/activity/record.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { Roles } from '../auth/access.js';
import { answer } from '../http/answer.js';
import { commandIdOf, splitBody } from '../http/command-request.js';
import type { AuthenticatedRequest } from '../http/request-context.js';
import { faultsOf, refuseFaults } from '../records/commands/content-body.js';
import { RecordIdPipe } from '../records/record-id.pipe.js';
import { ActivityCommands } from './activity-commands.js';
import {
  ActivityRecordedAnswer,
  CorrectEntryDto,
  EntryChangedAnswer,
  RecordActivityDto,
  StrikeEntryDto,
} from './activity.dto.js';

/** Whoever may follow a customer up; the rules ask for more than a role. */
const Staff = () => Roles('manager', 'collector', 'analyst', 'custodian', 'executive');

/** What happens with a customer, entered beside his file: many, append-only. */
@ApiTags('Activity')
@ApiBearerAuth()
@Controller('v1/records/:id/activities')
export class ActivityController {
  constructor(
    private readonly kernel: Kernel,
    private readonly commands: ActivityCommands,
  ) {}

  @Staff()
  @Post()
  @ApiOperation({
    summary: `Enter 1 to ${MOST_ENTRIES} transactions, interactions, feedback, needs or risk assessments`,
    description:
      'One faulty entry, and none is entered. A long list is written in several appends and answered when all are on ' +
      'disk: cut off, it goes on when it is sent again with the same `Idempotency-Key`.',
  })
  @ApiCreatedResponse({ type: ActivityRecordedAnswer })
  async recordActivity(
    @Param('id', RecordIdPipe) id: string,
    @Body() dto: RecordActivityDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ActivityRecordedAnswer> {
    const now = this.kernel.clock.now();
    refuseFaults(
      dto.entries.flatMap(({ kind, content }, i) =>
        faultsOf(checkActivity(kind, content, now), `/entries/${i}/content`),
      ),
    );
    const entries = dto.entries.map(({ kind, content }, i) => ({
      id: uuidv5(`entry/${i}`, commandIdOf(request)),
      ...{ kind, content },
    }));
    const body = splitBody(dto, { entries: 'record' });
    const { events, last } = await this.commands.recordAll(request, id, entries, body);
    return answer(reply, last, {
      entries: events.map(({ data, effectiveAt }) => {
        const { entryId, kind } = data as ActivityDataOf<'ActivityRecorded'>;
        return { id: entryId, kind, time: effectiveAt };
      }),
    });
  }

  @Staff()
  @HttpCode(200)
  @Post(':eid/corrections')
  @ApiOperation({ summary: 'Put an entry right; the version before stays' })
  @ApiOkResponse({ type: EntryChangedAnswer })
  async correctEntry(
    @Param('id', RecordIdPipe) id: string,
    @Param('eid') entryId: string,
    @Body() dto: CorrectEntryDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EntryChangedAnswer> {
    const version = await this.commands.versionOf(id, entryId);
    const now = this.kernel.clock.now();
    if (version !== null) refuseFaults(faultsOf(checkActivity(version.kind, dto.content, now), '/content'));
    const { content, reason } = dto;
    const command = { type: 'CorrectActivity', entryId, content, reason, version } as const;
    const body = splitBody(dto, { content: 'record', reason: 'record' });
    const done = await this.commands.run(request, id, command, body);
    return answer(reply, done, { id: entryId, state: 'corrected' });
  }

  @Staff()
  @HttpCode(200)
  @Post(':eid/strikings')
  @ApiOperation({
    summary: 'Strike out an entry that should not have been made; it stays, and counts no more',
  })
  @ApiOkResponse({ type: EntryChangedAnswer })
  async strikeEntry(
    @Param('id', RecordIdPipe) id: string,
    @Param('eid') entryId: string,
    @Body() dto: StrikeEntryDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EntryChangedAnswer> {
    const version = await this.commands.versionOf(id, entryId);
    const command = { type: 'StrikeActivity', entryId, reason: dto.reason, version } as const;
    const done = await this.commands.run(request, id, command, splitBody(dto, { reason: 'record' }));
    return answer(reply, done, { id: entryId, state: 'struck' });
  }
}
