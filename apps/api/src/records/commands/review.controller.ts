import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CommandOf } from '#domain/records/commands.js';
import { Commands } from '../../commands/commands.js';
import { answer } from '../../http/answer.js';
import { splitBody } from '../../http/command-request.js';
import type { AuthenticatedRequest } from '../../http/request-context.js';
import { refuseStray } from '../../http/validation.js';
import { RecordIdPipe } from '../record-id.pipe.js';
import { MayGive } from './may-give.js';
import { ReviewDto, ReviewedAnswer } from './review.dto.js';

/** Members of a review that go with each decision. */
const MEMBERS = {
  approve: ['decision', 'round', 'grade', 'class', 'urgencyReason', 'note'],
  return: ['decision', 'round', 'comments', 'note'],
  reject: ['decision', 'round', 'reason'],
} as const;

const OUTCOMES: Readonly<Record<string, string>> = {
  RecordApproved: 'approved',
  RecordReturned: 'returned',
  RecordRejected: 'rejected',
};

/** A manager decides on a round of review. */
@ApiTags('Reviewing')
@ApiBearerAuth()
@Controller('v1/records')
export class ReviewController {
  constructor(private readonly commands: Commands) {}

  @MayGive('ApproveRecord')
  @HttpCode(200)
  @Post(':id/reviews')
  @ApiOperation({ summary: 'Approve, return for rework or reject what waits for review' })
  @ApiOkResponse({ type: ReviewedAnswer })
  async review(
    @Param('id', RecordIdPipe) id: string,
    @Body() dto: ReviewDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReviewedAnswer> {
    refuseStray(dto, MEMBERS[dto.decision]);
    const texts = { urgencyReason: 'record', comments: 'record', note: 'record', reason: 'record' };
    const done = await this.commands.record(request, id, commandOf(dto), splitBody(dto, texts));
    const { type, data } = done.events[0]! as unknown as { type: string; data: { grade?: string } };
    const said = { outcome: OUTCOMES[type]!, round: dto.round, grade: data.grade ?? null };
    return answer(reply, done, said);
  }
}

function commandOf(dto: ReviewDto): CommandOf<'ApproveRecord' | 'ReturnRecord' | 'RejectRecord'> {
  const { decision, round, note = null } = dto;
  switch (decision) {
    case 'approve': {
      const { status = null, urgency = null, kind = null } = dto.class ?? {};
      const { grade = null, urgencyReason = null } = dto;
      const to = { status, urgency, kind };
      return { type: 'ApproveRecord', round, grade, class: to, urgencyReason, note };
    }
    case 'return':
      return { type: 'ReturnRecord', round, comments: dto.comments ?? {}, note };
    case 'reject':
      return { type: 'RejectRecord', round, reason: dto.reason ?? '' };
  }
}
