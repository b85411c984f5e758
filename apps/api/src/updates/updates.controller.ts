import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { v5 as uuidv5 } from 'uuid';
import type { CommandOf } from '#domain/records/commands.js';
import { pointersOf } from '#domain/records/content.js';
import type { DataOf } from '#domain/records/events.js';
import { diffToSign, proposalOf } from '#domain/records/proposal.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { Commands } from '../commands/commands.js';
import { answer, dataOf } from '../http/answer.js';
import { commandIdOf, splitBody } from '../http/command-request.js';
import type { AuthenticatedRequest } from '../http/request-context.js';
import { NoMembersPipe, refuseStray } from '../http/validation.js';
import { contentBody, refuseBadChanges } from '../records/commands/content-body.js';
import { LiveRecords } from '../records/commands/live-records.js';
import { MayGive } from '../records/commands/may-give.js';
import { RecordIdPipe } from '../records/record-id.pipe.js';
import {
  CountersignDto,
  CountersignedAnswer,
  ProposalStateAnswer,
  ProposedAnswer,
  ProposeDto,
  SignDto,
  SignedAnswer,
} from './updates.dto.js';

/** Members of a signature that go with each decision. */
const MEMBERS = {
  accept: ['decision', 'diffMac', 'reason'],
  'accept-in-part': ['decision', 'pointers', 'diffMac', 'reason'],
  refuse: ['decision', 'diffMac', 'reason'],
} as const;

/** Filed records are changed: proposed, signed by a second person, countersigned. */
@ApiTags('Updating')
@ApiBearerAuth()
@Controller('v1/records/:id')
export class UpdatesController {
  constructor(
    private readonly kernel: Kernel,
    private readonly commands: Commands,
    private readonly records: LiveRecords,
  ) {}

  @MayGive('ProposeUpdate')
  @Post('proposals')
  @ApiOperation({
    summary: 'Propose changes: marked fields wait for a signature, the others take effect at once',
    description:
      'Where a field that you touch has changed since `baseRevision`, the answer is 412 and says by what, by whom and when.',
  })
  @ApiCreatedResponse({ type: ProposedAnswer })
  async propose(
    @Param('id', RecordIdPipe) id: string,
    @Body() { changes, reason, source, baseRevision }: ProposeDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProposedAnswer> {
    const record = await this.records.existing(id);
    refuseBadChanges(record, changes);
    const body = contentBody({
      ...{ subjectType: record.subjectType, content: changes, clear: { source, baseRevision } },
      ...{ texts: { reason }, mint: (name: string) => uuidv5(name, commandIdOf(request)) },
    });
    const command = { type: 'ProposeUpdate', changes, reason, sourceChannel: source, baseRevision } as const;
    const done = await this.commands.record(request, id, command, body);
    const proposal = dataOf<DataOf<'UpdateProposed'>>(done, 'UpdateProposed');
    const update = dataOf<DataOf<'RecordUpdated'>>(done, 'RecordUpdated');
    const superseded = done.events.filter(({ type }) => type === 'ProposalSuperseded');
    return answer(reply, done, {
      proposalId: proposal?.proposalId ?? null,
      waits: proposal ? [...pointersOf(proposal), ...proposal.removed] : [],
      lapsesAt: proposal?.lapsesAt ?? null,
      inForce: update ? [...pointersOf(update), ...update.removed] : [],
      countersignBy: update?.countersignBy ?? null,
      superseded: superseded.map(({ data }) => data['proposalId'] as string),
    });
  }

  @MayGive('SignProposal')
  @HttpCode(200)
  @Post('proposals/:pid/signatures')
  @ApiOperation({
    summary: 'Sign a proposal, whole or in part, or refuse it',
    description: 'Over the `diffMac` of `GET /v1/records/{id}/proposals/{pid}`: the diff that you saw.',
  })
  @ApiOkResponse({ type: SignedAnswer })
  async sign(
    @Param('id', RecordIdPipe) id: string,
    @Param('pid') proposalId: string,
    @Body() dto: SignDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedAnswer> {
    const { decision, pointers, diffMac, reason = null } = dto;
    refuseStray(dto, MEMBERS[decision]);
    const command: CommandOf<'SignProposal'> = {
      ...{ type: 'SignProposal', proposalId, decision: decision === 'refuse' ? 'refuse' : 'accept' },
      pointers: decision === 'accept-in-part' ? (pointers ?? []) : null,
      ...{ diffMac, presentMac: await this.#presentMac(id, proposalId), reason },
    };
    const done = await this.commands.record(request, id, command, splitBody(dto, { reason: 'record' }));
    const signed = dataOf<DataOf<'ProposalSigned'>>(done, 'ProposalSigned');
    const state = !signed ? 'refused' : signed.refused.length > 0 ? 'partly-accepted' : 'accepted';
    return answer(reply, done, { proposalId, state, accepted: signed?.accepted ?? [] });
  }

  @MayGive('WithdrawProposal')
  @HttpCode(200)
  @Post('proposals/:pid/withdrawals')
  @ApiOperation({ summary: 'Take back your own proposal' })
  @ApiOkResponse({ type: ProposalStateAnswer })
  async withdrawProposal(
    @Param('id', RecordIdPipe) id: string,
    @Param('pid') proposalId: string,
    @Body(NoMembersPipe) _: unknown,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProposalStateAnswer> {
    const command = { type: 'WithdrawProposal', proposalId } as const;
    const done = await this.commands.record(request, id, command, { clear: {} });
    return answer(reply, done, { proposalId, state: 'withdrawn' });
  }

  @MayGive('CountersignUpdate')
  @HttpCode(200)
  @Post('countersignatures')
  @ApiOperation({
    summary: 'Countersign what took effect at once, or refuse: then what was there before stands again',
  })
  @ApiOkResponse({ type: CountersignedAnswer })
  async countersign(
    @Param('id', RecordIdPipe) id: string,
    @Body() dto: CountersignDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountersignedAnswer> {
    const { decision, pointers = null, revision: seenRevision = null, reason = null } = dto;
    const command = { type: 'CountersignUpdate', decision, pointers, seenRevision, reason } as const;
    const done = await this.commands.record(request, id, command, splitBody(dto, { reason: 'record' }));
    const { type, data } = done.events[0]!;
    const { updates } = data as DataOf<'UpdateCountersigned'>;
    const outcome = type === 'UpdateCountersigned' ? 'countersigned' : 'reverted';
    return answer(reply, done, { outcome, pointers: Object.keys(updates) });
  }

  /** Of a proposal that there is not, nothing: the rules say so. */
  async #presentMac(id: string, proposalId: string): Promise<string> {
    const record = await this.records.existing(id);
    const proposal = proposalOf(record, proposalId);
    return proposal ? this.kernel.sealer.mac(diffToSign(record, proposalId, proposal.hash)) : '';
  }
}
