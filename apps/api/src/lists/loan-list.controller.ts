import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SignedIn } from '../auth/access.js';
import { Problem } from '../http/problem.js';
import { requestLocale, type AuthenticatedRequest } from '../http/request-context.js';
import { IndexReaders } from '../records/reading/index-readers.js';
import { RecordIdPipe } from '../records/record-id.pipe.js';
import { StaffIdPipe } from '../staff/staff-id.pipe.js';
import { LoanListAnswer, LoanListQuery, LoanStateQuery } from './loan-list.dto.js';
import { LoanLists, seesAllLoans } from './loan-lists.js';

/** The borrowing register: by record, by borrower, or all of it. Refused requests stand in it too. */
@ApiTags('Borrowing')
@ApiBearerAuth()
@Controller('v1')
export class LoanListController {
  constructor(
    private readonly loans: LoanLists,
    private readonly recordIds: RecordIdPipe,
  ) {}

  @IndexReaders()
  @Get('loans')
  @ApiOperation({
    summary: 'The borrowing register, newest first',
    description: 'Custodians, managers, executives and auditors see all of it, others their own loans.',
  })
  @ApiOkResponse({ type: LoanListAnswer })
  async listLoans(
    @Query() query: LoanListQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<LoanListAnswer> {
    const { caller } = request;
    const record = query.record == null ? null : await this.recordIds.transform(query.record);
    if (!seesAllLoans(caller) && query.borrower != null && query.borrower !== caller.id) {
      throw forbidden();
    }
    const borrower = seesAllLoans(caller) ? query.borrower : caller.id;
    return this.loans.list({ record, borrower }, query, requestLocale(request));
  }

  @IndexReaders()
  @Get('records/:id/loans')
  @ApiOperation({
    summary: 'The loans of a record, refusals included, newest first',
    description: 'They outlive the record. Whoever does not see the whole register sees his own loans.',
  })
  @ApiOkResponse({ type: LoanListAnswer })
  listLoansOfRecord(
    @Param('id', RecordIdPipe) record: string,
    @Query() query: LoanStateQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<LoanListAnswer> {
    const { caller } = request;
    const borrower = seesAllLoans(caller) ? null : caller.id;
    return this.loans.list({ record, borrower }, query, requestLocale(request));
  }

  @SignedIn()
  @Get('staff/:sid/loans')
  @ApiOperation({ summary: 'What somebody borrows or has borrowed, newest first' })
  @ApiOkResponse({ type: LoanListAnswer })
  listLoansOfStaff(
    @Param('sid', StaffIdPipe) borrower: string,
    @Query() query: LoanStateQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<LoanListAnswer> {
    if (borrower !== request.caller.id && !seesAllLoans(request.caller)) throw forbidden();
    return this.loans.list({ borrower }, query, requestLocale(request));
  }
}

function forbidden(): Problem {
  return new Problem('auth.forbidden', { roles: ['custodian', 'manager', 'executive', 'auditor'] });
}
