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
import type { CommandOf } from '#domain/records/commands.js';
import type { DataOf } from '#domain/records/events.js';
import { Commands } from '../../commands/commands.js';
import { answer, dataOf, PlaceAnswer } from '../../http/answer.js';
import { splitBody } from '../../http/command-request.js';
import { TextField } from '../../http/fields.js';
import type { AuthenticatedRequest } from '../../http/request-context.js';
import { RecordIdPipe } from '../record-id.pipe.js';
import { ReasonDto } from './loan.dto.js';
import { MayGive } from './may-give.js';

export class ConsentDto {
  @TextField(2000, { en: 'the reason', zh: '理由', optional: true })
  reason?: string | null;
}

export class HoldAnswer extends PlaceAnswer {
  @ApiProperty({ example: '9b2f9f6c-5d63-5f53-a3cc-6b8a4a0b1c2d' })
  holdId!: string;
  @ApiProperty({ example: 'in-force', enum: ['in-force', 'released'] })
  state!: string;
  @ApiProperty({ example: false, description: 'Whether an auditor placed it: his consent is needed then' })
  byAuditor?: boolean;
}

/** Holds keep a record from being destroyed. */
@ApiTags('Holding')
@ApiBearerAuth()
@Controller('v1/records/:id/holds')
export class HoldsController {
  constructor(private readonly commands: Commands) {}

  @MayGive('PlaceHold')
  @Post()
  @ApiOperation({ summary: 'Place a hold' })
  @ApiCreatedResponse({ type: HoldAnswer })
  async placeHold(
    @Param('id', RecordIdPipe) id: string,
    @Body() dto: ReasonDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HoldAnswer> {
    const done = await this.#run(request, id, { type: 'PlaceHold', reason: dto.reason }, dto);
    const { holdId, byAuditor } = dataOf<DataOf<'HoldPlaced'>>(done, 'HoldPlaced')!;
    return answer(reply, done, { holdId, state: 'in-force', byAuditor });
  }

  @MayGive('ConsentToRelease')
  @HttpCode(200)
  @Post(':hid/consents')
  @ApiOperation({ summary: 'An auditor agrees that an auditor’s hold be released' })
  @ApiOkResponse({ type: HoldAnswer })
  async consentToRelease(
    @Param('id', RecordIdPipe) id: string,
    @Param('hid') holdId: string,
    @Body() dto: ConsentDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HoldAnswer> {
    const command = { type: 'ConsentToRelease', holdId, reason: dto.reason ?? null } as const;
    return answer(reply, await this.#run(request, id, command, dto), { holdId, state: 'in-force' });
  }

  @MayGive('ReleaseHold')
  @HttpCode(200)
  @Post(':hid/releases')
  @ApiOperation({ summary: 'Release a hold' })
  @ApiOkResponse({ type: HoldAnswer })
  async releaseHold(
    @Param('id', RecordIdPipe) id: string,
    @Param('hid') holdId: string,
    @Body() dto: ReasonDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HoldAnswer> {
    const command = { type: 'ReleaseHold', holdId, reason: dto.reason } as const;
    return answer(reply, await this.#run(request, id, command, dto), { holdId, state: 'released' });
  }

  #run(
    request: AuthenticatedRequest,
    id: string,
    command: CommandOf<'PlaceHold' | 'ConsentToRelease' | 'ReleaseHold'>,
    dto: object,
  ) {
    return this.commands.record(request, id, command, splitBody(dto, { reason: 'record' }));
  }
}
