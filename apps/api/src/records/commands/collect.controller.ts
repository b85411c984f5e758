import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { v5 as uuidv5 } from 'uuid';
import type { DataOf } from '#domain/records/events.js';
import { flatten } from '#domain/schema/content.js';
import { Commands } from '../../commands/commands.js';
import { answer, dataOf, PlaceAnswer } from '../../http/answer.js';
import { commandIdOf, splitBody } from '../../http/command-request.js';
import type { AuthenticatedRequest } from '../../http/request-context.js';
import { RecordIdPipe } from '../record-id.pipe.js';
import {
  CollectDto,
  CollectedAnswer,
  ResubmitDto,
  RoundAnswer,
  SubmitDto,
  WithdrawDto,
} from './collect.dto.js';
import { contentBody, refuseBadChanges } from './content-body.js';
import { Duplicates } from './duplicates.js';
import { LiveRecords } from './live-records.js';
import { MayGive } from './may-give.js';

/** A collector brings a customer's file, mends it, takes it back. */
@ApiTags('Collecting')
@ApiBearerAuth()
@Controller('v1/records')
export class CollectController {
  constructor(
    private readonly commands: Commands,
    private readonly duplicates: Duplicates,
    private readonly records: LiveRecords,
  ) {}

  @MayGive('CollectRecord')
  @Post()
  @ApiOperation({ summary: 'Collect a customer’s file' })
  @ApiCreatedResponse({ type: CollectedAnswer })
  async collect(
    @Body() dto: CollectDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CollectedAnswer> {
    const { subjectType, content: given, proposed, historic, draft, separateConsents, ...rest } = dto;
    const mint = (name: string) => uuidv5(name, commandIdOf(request));
    const content = { ...given, subjectType, cooperationStatus: proposed.status };
    const { urgencyReason = null, ...asProposed } = proposed;
    const body = contentBody({
      ...{ subjectType, content: given, mint, texts: { urgencyReason } },
      clear: { ...rest, subjectType, historic, draft, separateConsents, proposed: asProposed },
    });
    const done = await this.commands.record(
      request,
      mint('record'),
      {
        type: 'CollectRecord',
        subjectType,
        content: given,
        purpose: dto.purpose,
        basis: { code: dto.basis.code, toldOn: dto.basis.toldOn ?? null },
        separateConsents: separateConsents ?? [],
        sourceChannel: dto.sourceChannel,
        proposed: { ...asProposed, urgencyReason },
        historic: historic ?? false,
        submit: !(draft ?? false),
        duplicates: await this.duplicates.like(subjectType, flatten(subjectType, content, mint).values),
      },
      body,
    );
    const { state, lateDays, duplicates } = dataOf<DataOf<'RecordCollected'>>(done, 'RecordCollected')!;
    return answer(reply, done, {
      ...{ id: mint('record'), state, lateDays },
      duplicates: await this.duplicates.shown(duplicates.records),
    });
  }

  @MayGive('SubmitRecord')
  @HttpCode(200)
  @Post(':id/submissions')
  @ApiOperation({ summary: 'Send a draft to its review' })
  @ApiOkResponse({ type: RoundAnswer })
  async submit(
    @Param('id', RecordIdPipe) id: string,
    @Body() { changes }: SubmitDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoundAnswer> {
    const body = await this.#changesBody(request, id, changes ?? {}, {});
    const command = { type: 'SubmitRecord', changes: changes ?? {} } as const;
    const done = await this.commands.record(request, id, command, body);
    return answer(reply, done, { round: 1 });
  }

  @MayGive('ResubmitRecord')
  @HttpCode(200)
  @Post(':id/resubmissions')
  @ApiOperation({ summary: 'Send a returned record, mended, to its next review' })
  @ApiOkResponse({ type: RoundAnswer })
  async resubmit(
    @Param('id', RecordIdPipe) id: string,
    @Body() { changes, note = null }: ResubmitDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoundAnswer> {
    const body = await this.#changesBody(request, id, changes ?? {}, { note });
    const command = { type: 'ResubmitRecord', changes: changes ?? {}, note } as const;
    const done = await this.commands.record(request, id, command, body);
    const { round } = dataOf<DataOf<'RecordResubmitted'>>(done, 'RecordResubmitted')!;
    return answer(reply, done, { round });
  }

  @MayGive('WithdrawRecord')
  @HttpCode(200)
  @Post(':id/withdrawals')
  @ApiOperation({ summary: 'Take back a record that is not approved' })
  @ApiOkResponse({ type: PlaceAnswer })
  async withdrawRecord(
    @Param('id', RecordIdPipe) id: string,
    @Body() dto: WithdrawDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlaceAnswer> {
    const command = { type: 'WithdrawRecord', reason: dto.reason ?? null } as const;
    const done = await this.commands.record(request, id, command, splitBody(dto, { reason: 'record' }));
    return answer(reply, done, {});
  }

  async #changesBody(
    request: AuthenticatedRequest,
    id: string,
    changes: CollectDto['content'],
    texts: Readonly<Record<string, string | null>>,
  ) {
    const record = await this.records.existing(id);
    refuseBadChanges(record, changes);
    return contentBody({
      ...{ subjectType: record.subjectType, content: changes, clear: {}, texts },
      mint: (name) => uuidv5(name, commandIdOf(request)),
    });
  }
}
