import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Done } from '#engine/command.js';
import type { RecordCommand } from '#domain/records/commands.js';
import type { DataOf } from '#domain/records/events.js';
import { Commands } from '../../commands/commands.js';
import { DestructionWorker } from '../../destructions/destruction-worker.js';
import { answer, dataOf } from '../../http/answer.js';
import { splitBody } from '../../http/command-request.js';
import { requestLocale, type AuthenticatedRequest } from '../../http/request-context.js';
import { RecordIdPipe } from '../record-id.pipe.js';
import {
  AppraiseDto,
  ApproveDto,
  ApprovedAnswer,
  DestructionAnswer,
  ExecuteDto,
  ExecuteReport,
  StatementDto,
} from './destruction.dto.js';
import { LiveRecords } from './live-records.js';
import { MayGive } from './may-give.js';

/** From the appraisal of an application to its execution: each act by another person. */
@ApiTags('Destroying')
@ApiBearerAuth()
@Controller('v1/records/:id/destructions/:did')
export class DestructionActsController {
  constructor(
    private readonly commands: Commands,
    private readonly records: LiveRecords,
    private readonly worker: DestructionWorker,
  ) {}

  @MayGive('AppraiseDestruction')
  @HttpCode(200)
  @Post('appraisals')
  @ApiOperation({ summary: 'Appraise an application; `keep` ends it' })
  @ApiOkResponse({ type: DestructionAnswer })
  async appraiseDestruction(
    @Param('id', RecordIdPipe) id: string,
    @Param('did') applicationId: string,
    @Body() dto: AppraiseDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DestructionAnswer> {
    const { opinion, reason } = dto;
    const command = { type: 'AppraiseDestruction', applicationId, opinion, reason } as const;
    const done = await this.#run(request, id, command, dto);
    return answer(reply, done, { applicationId, state: opinion === 'keep' ? 'refused' : 'appraised' });
  }

  @MayGive('DecideDestruction')
  @HttpCode(200)
  @Post('approvals')
  @ApiOperation({ summary: 'Approve or refuse a destruction' })
  @ApiOkResponse({ type: ApprovedAnswer })
  async decideDestruction(
    @Param('id', RecordIdPipe) id: string,
    @Param('did') applicationId: string,
    @Body() dto: ApproveDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApprovedAnswer> {
    const { decision, reason = null } = dto;
    const command = { type: 'DecideDestruction', applicationId, decision, reason } as const;
    const done = await this.#run(request, id, command, dto);
    const approved = dataOf<DataOf<'DestructionApproved'>>(done, 'DestructionApproved');
    const { executableFrom = null, lapsesAt = null } = approved ?? {};
    const state = approved ? 'approved' : 'refused';
    return answer(reply, done, { applicationId, state, executableFrom, lapsesAt });
  }

  @MayGive('AttestDestruction')
  @HttpCode(200)
  @Post('attestations')
  @ApiOperation({ summary: 'A witness attests, with his own sign-in, before the execution' })
  @ApiOkResponse({ type: DestructionAnswer })
  async attestDestruction(
    @Param('id', RecordIdPipe) id: string,
    @Param('did') applicationId: string,
    @Body() dto: StatementDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DestructionAnswer> {
    const command = { type: 'AttestDestruction', applicationId, statement: dto.statement ?? null } as const;
    return answer(reply, await this.#run(request, id, command, dto), { applicationId, state: 'approved' });
  }

  @MayGive('AttestShredding')
  @HttpCode(200)
  @Post('shreddings')
  @ApiOperation({ summary: 'The custodian attests that the paper has been shredded' })
  @ApiOkResponse({ type: DestructionAnswer })
  async attestShredding(
    @Param('id', RecordIdPipe) id: string,
    @Param('did') applicationId: string,
    @Body() dto: StatementDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DestructionAnswer> {
    const command = { type: 'AttestShredding', applicationId, statement: dto.statement ?? null } as const;
    return answer(reply, await this.#run(request, id, command, dto), { applicationId, state: 'approved' });
  }

  @MayGive('ExecuteDestruction')
  @HttpCode(202)
  @Post('execution')
  @ApiOperation({
    summary: 'Execute an approved destruction',
    description:
      'There is no way back: 202, and it is done once the register shows the certificate. ' +
      'With `dryRun` nothing is written: 200 with what stands in the way.',
  })
  @ApiAcceptedResponse({ type: DestructionAnswer })
  @ApiOkResponse({ type: ExecuteReport, description: 'With `dryRun`' })
  async executeDestruction(
    @Param('id', RecordIdPipe) id: string,
    @Param('did') applicationId: string,
    @Body() dto: ExecuteDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DestructionAnswer | ExecuteReport> {
    if (dto.dryRun) {
      void reply.status(200);
      return { guard: await this.records.guard(id, applicationId, requestLocale(request)) };
    }
    const done = await this.#run(request, id, { type: 'ExecuteDestruction', applicationId }, dto);
    void this.worker.take(id);
    return answer(reply, done, { applicationId, state: 'begun' });
  }

  #run(request: AuthenticatedRequest, id: string, command: RecordCommand, dto: object): Promise<Done> {
    return this.commands.record(
      request,
      id,
      command,
      splitBody(dto, { reason: 'record', statement: 'record' }),
    );
  }
}
