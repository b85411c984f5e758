import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CommandOf } from '#domain/records/commands.js';
import type { DataOf } from '#domain/records/events.js';
import { LastContact } from '../../activity/last-contact.js';
import { Commands } from '../../commands/commands.js';
import { answer, dataOf } from '../../http/answer.js';
import { splitBody } from '../../http/command-request.js';
import { requestLocale, type AuthenticatedRequest } from '../../http/request-context.js';
import { NoMembersPipe } from '../../http/validation.js';
import { RecordIdPipe } from '../record-id.pipe.js';
import { AppliedAnswer, ApplyDto, ApplyReport, DestructionAnswer } from './destruction.dto.js';
import { LiveRecords } from './live-records.js';
import { MayGive } from './may-give.js';

/** A custodian applies for a destruction, in writing. */
@ApiTags('Destroying')
@ApiBearerAuth()
@Controller('v1/records/:id/destructions')
export class DestructionsController {
  constructor(
    private readonly commands: Commands,
    private readonly records: LiveRecords,
    private readonly lastContact: LastContact,
  ) {}

  @MayGive('ApplyForDestruction')
  @Post()
  @ApiOperation({
    summary: 'Apply for the destruction of a record',
    description: 'With `dryRun` nothing is written: 200 with what stands in the way.',
  })
  @ApiCreatedResponse({ type: AppliedAnswer })
  @ApiOkResponse({ type: ApplyReport, description: 'With `dryRun`' })
  async applyForDestruction(
    @Param('id', RecordIdPipe) id: string,
    @Body() dto: ApplyDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppliedAnswer | ApplyReport> {
    const { ground, reason } = dto;
    const command: CommandOf<'ApplyForDestruction'> = {
      ...{ type: 'ApplyForDestruction', target: { kind: 'record' }, ground, reason },
      lastContact: await this.lastContact.of(id),
    };
    if (dto.dryRun) {
      void reply.status(200);
      const locale = requestLocale(request);
      const refusal = await this.records.refusalOf(request, id, command, locale);
      return { refusal, guard: await this.records.guard(id, null, locale) };
    }
    const done = await this.commands.record(request, id, command, splitBody(dto, { reason: 'record' }));
    const { applicationId, retainUntil, restricts, lapsesAt } = dataOf<DataOf<'DestructionApplied'>>(
      done,
      'DestructionApplied',
    )!;
    return answer(reply, done, { applicationId, state: 'open', retainUntil, restricts, lapsesAt });
  }

  @MayGive('WithdrawDestruction')
  @HttpCode(200)
  @Post(':did/withdrawals')
  @ApiOperation({ summary: 'Take an application back' })
  @ApiOkResponse({ type: DestructionAnswer })
  async withdrawDestruction(
    @Param('id', RecordIdPipe) id: string,
    @Param('did') applicationId: string,
    @Body(NoMembersPipe) _: unknown,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DestructionAnswer> {
    const command = { type: 'WithdrawDestruction', applicationId } as const;
    const done = await this.commands.record(request, id, command, { clear: {} });
    return answer(reply, done, { applicationId, state: 'withdrawn' });
  }
}
