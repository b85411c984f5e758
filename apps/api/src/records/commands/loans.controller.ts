import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { loanOf } from '#domain/records/borrow.js';
import type { CommandOf } from '#domain/records/commands.js';
import type { DataOf } from '#domain/records/events.js';
import { Commands } from '../../commands/commands.js';
import { answer, dataOf } from '../../http/answer.js';
import { splitBody } from '../../http/command-request.js';
import { requestLocale, type AuthenticatedRequest } from '../../http/request-context.js';
import { NoMembersPipe } from '../../http/validation.js';
import { RecordIdPipe } from '../record-id.pipe.js';
import { EligibilityAnswer, eligibilityInWords } from '../report-words.js';
import { Borrowers } from './borrower-facts.js';
import { LiveRecords } from './live-records.js';
import {
  DecideLoanDto,
  EndorseLoanDto,
  LoanAnswer,
  LoanDecidedAnswer,
  LoanRequestedAnswer,
  ReasonDto,
  RequestLoanDto,
} from './loan.dto.js';
import { MayGive } from './may-give.js';

/** A member of staff borrows a file; its custodian decides. */
@ApiTags('Borrowing')
@ApiBearerAuth()
@Controller('v1/records/:id/loans')
export class LoansController {
  constructor(
    private readonly commands: Commands,
    private readonly records: LiveRecords,
    private readonly borrowers: Borrowers,
  ) {}

  @MayGive('RequestLoan')
  @Post()
  @ApiOperation({
    summary: 'Ask to borrow a file',
    description:
      'A request that fails a rule nobody may waive is refused at once and kept: 201 with state `refused`. ' +
      'With `dryRun` nothing is written: 200 with the eligibility report.',
  })
  @ApiCreatedResponse({ type: LoanRequestedAnswer })
  @ApiOkResponse({ type: EligibilityAnswer, description: 'With `dryRun`' })
  async requestLoan(
    @Param('id', RecordIdPipe) id: string,
    @Body() dto: RequestLoanDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoanRequestedAnswer | EligibilityAnswer> {
    const locale = requestLocale(request);
    const { purpose, days, note = null, fields } = dto;
    const command: CommandOf<'RequestLoan'> = {
      ...{ type: 'RequestLoan', kind: 'consult', purpose, days, note, batch: null },
      fields: { levels: fields.levels ?? [], pointers: fields.pointers ?? [] },
      facts: await this.borrowers.facts(request.caller.id),
    };
    if (dto.dryRun) {
      const [asked] = await this.records.wouldDo(request, id, command);
      void reply.status(200);
      return eligibilityInWords((asked!.data as DataOf<'LoanRequested'>).report, locale);
    }
    const done = await this.commands.record(request, id, command, splitBody(dto, { note: 'record' }));
    const { loanId, report } = dataOf<DataOf<'LoanRequested'>>(done, 'LoanRequested')!;
    const refused = dataOf<DataOf<'LoanRefused'>>(done, 'LoanRefused');
    return answer(reply, done, {
      ...{ loanId, state: refused ? 'refused' : 'requested', failed: refused?.failed ?? [] },
      report: eligibilityInWords(report, locale),
    });
  }

  @MayGive('DecideLoan')
  @HttpCode(200)
  @Post(':lid/decisions')
  @ApiOperation({ summary: 'Grant or refuse a loan, on the borrower’s facts of now' })
  @ApiOkResponse({ type: LoanDecidedAnswer })
  async decideLoan(
    @Param('id', RecordIdPipe) id: string,
    @Param('lid') loanId: string,
    @Body() dto: DecideLoanDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoanDecidedAnswer> {
    const loan = loanOf(await this.records.existing(id), loanId);
    const facts = await this.borrowers.facts(loan?.borrower.id ?? request.caller.id);
    const { decision, reason = null } = dto;
    const command = { type: 'DecideLoan', loanId, decision, reason, facts } as const;
    const done = await this.commands.record(request, id, command, splitBody(dto, { reason: 'record' }));
    const granted = dataOf<DataOf<'LoanGranted'>>(done, 'LoanGranted');
    const { from = null, until = null } = granted ?? {};
    return answer(reply, done, { loanId, state: granted ? 'active' : 'refused', from, until });
  }

  @MayGive('EndorseLoan')
  @HttpCode(200)
  @Post(':lid/endorsements')
  @ApiOperation({ summary: 'A manager agrees to a loan that needs him, and waives what he may' })
  @ApiOkResponse({ type: LoanAnswer })
  async endorseLoan(
    @Param('id', RecordIdPipe) id: string,
    @Param('lid') loanId: string,
    @Body() dto: EndorseLoanDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoanAnswer> {
    const { waive, reason = null } = dto;
    const command = { type: 'EndorseLoan', loanId, waive: waive ?? [], reason } as const;
    const done = await this.commands.record(request, id, command, splitBody(dto, { reason: 'record' }));
    return answer(reply, done, { loanId, state: 'requested' });
  }

  @MayGive('WithdrawLoanRequest')
  @HttpCode(200)
  @Post(':lid/withdrawals')
  @ApiOperation({ summary: 'Take back a request that waits' })
  @ApiOkResponse({ type: LoanAnswer })
  async withdrawLoan(
    @Param('id', RecordIdPipe) id: string,
    @Param('lid') loanId: string,
    @Body(NoMembersPipe) _: unknown,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoanAnswer> {
    const command = { type: 'WithdrawLoanRequest', loanId } as const;
    const done = await this.commands.record(request, id, command, { clear: {} });
    return answer(reply, done, { loanId, state: 'withdrawn' });
  }

  @MayGive('RevokeLoan')
  @HttpCode(200)
  @Post(':lid/revocations')
  @ApiOperation({ summary: 'End an active loan at once' })
  @ApiOkResponse({ type: LoanAnswer })
  async revokeLoan(
    @Param('id', RecordIdPipe) id: string,
    @Param('lid') loanId: string,
    @Body() dto: ReasonDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoanAnswer> {
    const command = { type: 'RevokeLoan', loanId, reason: dto.reason } as const;
    const done = await this.commands.record(request, id, command, splitBody(dto, { reason: 'record' }));
    return answer(reply, done, { loanId, state: 'revoked' });
  }
}
