import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Filter } from '#engine/ports/view-store.js';
import { Words } from '#domain/history/words.js';
import { grades, kinds, urgencies } from '#domain/schema/catalogues.js';
import { orderReasonTexts, reviewOrder } from '#domain/views/review-order.js';
import type { ReviewQueueRow } from '#domain/views/review-queue.js';
import { Roles } from '../auth/access.js';
import type { Locale } from '../http/locale.js';
import { fill } from '../http/problem.js';
import { requestLocale, type AuthenticatedRequest, type Caller } from '../http/request-context.js';
import { codeIn } from '../records/reading/labels.js';
import { RecordRefs, type RecordRefAnswer } from '../records/reading/record-refs.js';
import { People, type Named } from '../staff/people.js';
import { PageQuery } from './page-query.js';
import { Pages, type Phase } from './pages.js';
import { ReviewQueueAnswer, type ReviewItemAnswer } from './review-queue.dto.js';

/** What waits for a review, in the order in which it is to be done. */
@ApiTags('Reviewing')
@ApiBearerAuth()
@Controller('v1')
export class ReviewQueueController {
  constructor(
    private readonly pages: Pages,
    private readonly refs: RecordRefs,
    private readonly people: People,
  ) {}

  @Roles('manager', 'executive', 'auditor')
  @Get('reviews')
  @ApiOperation({
    summary: 'The review queue in order, with the reason for each place',
    description:
      'Overdue ones first, then by urgency, key customers, later rounds and age. An executive sees what a manager collected or mended.',
  })
  @ApiOkResponse({ type: ReviewQueueAnswer })
  async listReviews(
    @Query() query: PageQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<ReviewQueueAnswer> {
    const { caller } = request;
    const onlyByManagers = !caller.roles.includes('manager') && caller.roles.includes('executive');
    const { rows, at, list } = await this.pages.read<ReviewQueueRow>(
      {
        view: 'reviewQueue',
        scope: { onlyByManagers },
        phases: (now) => phasesAt(now, onlyByManagers ? { byManager: { eq: true } } : {}),
      },
      query,
    );
    const refOf = await this.refs.of(rows.map(({ _id }) => _id));
    const locale = requestLocale(request);
    const items = await this.people.naming((named) =>
      rows.map((row) => describeReview(row, refOf(row._id), caller, at, locale, named)),
    );
    return { items, ...list };
  }
}

/** The two queries that the view is made for: what is overdue, then the rest. */
function phasesAt(now: string, more: Filter): Phase[] {
  const waiting: Filter = { waitsFor: { eq: 'review' }, ...more };
  const asc = (...fields: string[]) => fields.map((field) => ({ field, direction: 'asc' as const }));
  return [
    { anyOf: [{ ...waiting, dueAt: { lte: now } }], sort: asc('dueAt') },
    {
      anyOf: [{ ...waiting, dueAt: { gt: now } }],
      sort: asc('urgencyRank', 'keyRank', 'roundRank', 'submittedAt'),
    },
  ];
}

function describeReview(
  row: ReviewQueueRow,
  record: RecordRefAnswer,
  caller: Caller,
  now: string,
  locale: Locale,
  named: Named,
): ReviewItemAnswer {
  const { round, submittedAt, dueAt } = row;
  return {
    ...{ record, round, collector: named.person(row.collector), submittedAt, dueAt },
    overdue: dueAt !== null && dueAt <= now,
    urgency: codeIn(urgencies, row.urgency, locale),
    kind: codeIn(kinds, row.kind, locale),
    grade: codeIn(grades, row.grade, locale),
    reasons: reasonsOf(row, now, locale),
    mayReview: mayReview(row, caller),
  };
}

function reasonsOf(row: ReviewQueueRow, now: string, locale: Locale): ReviewItemAnswer['reasons'] {
  const words = new Words(locale, (id) => id);
  return reviewOrder(row, now).reasons.map(({ code, params }) => {
    const shown = Object.entries(params).map(([name, value]) => [
      name,
      name.endsWith('At') && value !== '' ? words.instant(value) : value,
    ]);
    return { code, text: fill(orderReasonTexts[code][locale], Object.fromEntries(shown) as typeof params) };
  });
}

/** Not his own work; the executive where a manager brought it. The decider says the last word. */
function mayReview({ authors, byManager }: ReviewQueueRow, { id, roles }: Caller): boolean {
  const entitled = roles.includes('manager') || (roles.includes('executive') && byManager);
  return entitled && !authors.includes(id);
}
