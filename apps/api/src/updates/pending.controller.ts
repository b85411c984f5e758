import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Condition, Filter } from '#engine/ports/view-store.js';
import type { RecordRow } from '#domain/views/records.js';
import { Roles } from '../auth/access.js';
import { requestLocale, type AuthenticatedRequest, type Caller } from '../http/request-context.js';
import { Pages, type Phase } from '../lists/pages.js';
import { RecordRefs } from '../records/reading/record-refs.js';
import { People, type Named } from '../staff/people.js';
import { pendingIn } from './pending.js';
import {
  PendingCountersignaturesAnswer,
  PendingProposalsAnswer,
  PendingQuery,
  type CountersignaturesPendingAnswer,
  type ProposalsPendingAnswer,
} from './pending.dto.js';

type Row = RecordRow & { readonly _id: string };
type Waiting = ReturnType<typeof pendingIn>;

/** Who sees what waits in the records of every custodian. */
const OVERSEERS = ['manager', 'executive', 'auditor'];

/** What waits for a second person, over all records. */
@ApiTags('Updating')
@ApiBearerAuth()
@Controller('v1')
export class PendingController {
  constructor(
    private readonly pages: Pages,
    private readonly refs: RecordRefs,
    private readonly people: People,
  ) {}

  @Roles('custodian', 'manager', 'executive', 'auditor')
  @Get('proposals')
  @ApiOperation({
    summary: 'Records with changes that wait for a signature, those that lapse first on top',
    description: 'A custodian sees his own records, and those that are nobody’s yet.',
  })
  @ApiOkResponse({ type: PendingProposalsAnswer })
  listPendingProposals(
    @Query() query: PendingQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<PendingProposalsAnswer> {
    return this.#list(
      { query, request, list: 'proposals', field: 'signUntil', open: (now) => ({ gt: now }) },
      (row, { proposals }, base): ProposalsPendingAnswer => ({ ...base, proposals }),
    );
  }

  @Roles('custodian', 'manager', 'executive', 'auditor')
  @Get('countersignatures')
  @ApiOperation({
    summary:
      'Records with changes in force that wait for a countersignature, in the order in which they are due',
    description: 'A custodian sees his own records, and those that are nobody’s yet.',
  })
  @ApiOkResponse({ type: PendingCountersignaturesAnswer })
  listPendingCountersignatures(
    @Query() query: PendingQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<PendingCountersignaturesAnswer> {
    return this.#list(
      { query, request, list: 'countersignatures', field: 'countersignBy', open: () => ({ gt: '' }) },
      ({ countersignBy: dueAt }, { uncountersigned }, base, now): CountersignaturesPendingAnswer => ({
        ...base,
        ...{ dueAt: dueAt!, overdue: dueAt! <= now, uncountersigned },
      }),
    );
  }

  async #list<Item>(
    about: {
      query: PendingQuery;
      request: AuthenticatedRequest;
      list: string;
      field: 'signUntil' | 'countersignBy';
      open: (now: string) => Condition;
    },
    describe: (row: Row, waiting: Waiting, base: ReturnType<typeof baseOf>, now: string) => Item,
  ) {
    const { query, request, list, field, open } = about;
    const custodians = whose(query.custodian ?? null, request.caller);
    const phases = (at: string): Phase[] => [
      {
        anyOf: custodians.map((custodian) => ({ ...custodian, [field]: open(at) })),
        sort: [{ field, direction: 'asc' }],
      },
    ];
    const scope = { list, custodian: query.custodian ?? null, caller: request.caller.id };
    const page = await this.pages.read<RecordRow>({ view: 'records', scope, phases }, query);
    const refOf = await this.refs.of(page.rows.map(({ _id }) => _id));
    const locale = requestLocale(request);
    const items = await this.people.naming((named) =>
      page.rows.map((row) =>
        describe(row, pendingIn(row, page.at, locale, named), baseOf(row, refOf, named), page.at),
      ),
    );
    return { items, ...page.list };
  }
}

/** The records whose custodian is meant: those of one person, his own and nobody's, or all. */
function whose(custodian: string | null, { id, roles }: Caller): Filter[] {
  const all = OVERSEERS.some((role) => roles.includes(role));
  if (custodian !== null && (all || custodian === id)) return [{ custodian: { eq: custodian } }];
  return all ? [{}] : [{ custodian: { eq: id } }, { custodian: { exists: false } }];
}

function baseOf(row: Row, refOf: Awaited<ReturnType<RecordRefs['of']>>, named: Named) {
  return {
    ...{ record: refOf(row._id), custodian: named.personOrNone(row.custodian), revision: row.revision },
  };
}
