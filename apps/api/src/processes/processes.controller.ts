import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { v5 as uuidv5 } from 'uuid';
import type { JsonObject } from '#engine/json.js';
import type { ItemOutcome, ProcessItem, ProcessState } from '#engine/process/process-decider.js';
import { FILE_NUMBER } from '#domain/file-numbers/file-numbers.js';
import { SignedIn } from '../auth/access.js';
import { POLICIES_IN_FORCE } from '../commands/commands.js';
import { commandIdOf, commandMeta, splitBody } from '../http/command-request.js';
import type { Locale } from '../http/locale.js';
import { Problem } from '../http/problem.js';
import { requestLocale, type AuthenticatedRequest } from '../http/request-context.js';
import { MayGive } from '../records/commands/may-give.js';
import { RecordIdPipe } from '../records/record-id.pipe.js';
import { COUNTERSIGN_BATCH, type CountersignItem } from './countersign-batch.js';
import {
  BulkCountersignDto,
  BulkReviewDto,
  MOST_ITEMS,
  ProcessAnswer,
  type ItemAnswer,
} from './processes.dto.js';
import { Processes } from './processes.js';
import { REVIEW_BATCH, type ReviewItem } from './review-batch.js';

/** Who may look at a process that somebody else began. */
const OVERSEERS = ['manager', 'executive', 'auditor'];

/** Commands over many records, and how far each is. */
@ApiTags('Processes')
@ApiBearerAuth()
@Controller('v1')
export class ProcessesController {
  constructor(
    private readonly processes: Processes,
    private readonly records: RecordIdPipe,
  ) {}

  @MayGive('ApproveRecord')
  @HttpCode(200)
  @Post('reviews')
  @ApiOperation({
    summary: `Approve up to ${MOST_ITEMS} records`,
    description:
      'Answered item by item: 200 within 10 seconds, else (or at once with `Prefer: respond-async`) 202 and ' +
      '`GET /v1/processes/{id}`. A bulk review approves and takes codes only. Returning and rejecting need a reason in ' +
      'words about one customer: they are given one by one.',
  })
  @ApiOkResponse({ type: ProcessAnswer })
  @ApiAcceptedResponse({ type: ProcessAnswer, description: 'It goes on; see `Location`' })
  async reviewMany(
    @Body() dto: BulkReviewDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProcessAnswer> {
    const items = await this.#itemsOf(dto.items, ({ round, grade = null, class: to }): ReviewItem => {
      const { status = null, urgency = null, kind = null } = to ?? {};
      return { round, grade, class: { status, urgency, kind } };
    });
    return this.#run(REVIEW_BATCH, 'review', dto, items, request, reply);
  }

  @MayGive('CountersignUpdate')
  @HttpCode(200)
  @Post('countersignatures')
  @ApiOperation({
    summary: `Countersign what took effect at once in up to ${MOST_ITEMS} records`,
    description:
      'Answered item by item, as `POST /v1/reviews`. Refusing needs a reason in words about one customer: it is done one ' +
      'by one.',
  })
  @ApiOkResponse({ type: ProcessAnswer })
  @ApiAcceptedResponse({ type: ProcessAnswer, description: 'It goes on; see `Location`' })
  async countersignMany(
    @Body() dto: BulkCountersignDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProcessAnswer> {
    const items = await this.#itemsOf(dto.items, ({ revision, pointers = null }): CountersignItem => {
      return { revision, pointers };
    });
    return this.#run(COUNTERSIGN_BATCH, 'countersignature', dto, items, request, reply);
  }

  @SignedIn()
  @Get('processes/:pid')
  @ApiOperation({ summary: 'How far a process is, and what became of each item' })
  @ApiOkResponse({ type: ProcessAnswer })
  async process(@Param('pid') stream: string, @Req() request: AuthenticatedRequest): Promise<ProcessAnswer> {
    const { begun, state } = await this.processes.find(stream);
    const { id, roles } = request.caller;
    if (begun.actorId !== id && !OVERSEERS.some((role) => roles.includes(role))) {
      throw new Problem('process.unknown');
    }
    return shown(stream, state, requestLocale(request));
  }

  async #run(
    category: string,
    kind: string,
    dto: object,
    items: readonly ProcessItem[],
    request: AuthenticatedRequest,
    reply: FastifyReply,
  ): Promise<ProcessAnswer> {
    const stream = `${category}-${uuidv5('process', commandIdOf(request))}`;
    const { ifMatch: _none, ...meta } = commandMeta(request, POLICIES_IN_FORCE, splitBody(dto, {}));
    const wait = request.headers['prefer'] === 'respond-async' ? 0 : undefined;
    const state = await this.processes.run(stream, kind, items, meta, wait);
    if (!state.finished) void reply.status(202).header('location', `/v1/processes/${stream}`);
    return shown(stream, state, requestLocale(request));
  }

  /** A file number that nobody has stays as it is: no record has such an id, and its item says so. */
  async #itemsOf<Item extends { readonly record: string }>(
    items: readonly Item[],
    paramsOf: (item: Item) => JsonObject,
  ): Promise<ProcessItem[]> {
    const numbers = items.map(({ record }) => record).filter((name) => FILE_NUMBER.test(name));
    const ids = await this.records.byFileNumber(numbers);
    return items.map((item) => ({ id: ids.get(item.record) ?? item.record, params: paramsOf(item) }));
  }
}

function shown(id: string, state: ProcessState, locale: Locale): ProcessAnswer {
  const items = state.items.flatMap((item) => {
    const outcome = state.outcomes.get(item.id);
    return outcome ? [itemShown(outcome, locale)] : [];
  });
  const done = items.filter(({ outcome }) => outcome === 'done').length;
  return {
    ...{ id, kind: state.kind ?? '', status: state.finished ? 'finished' : 'begun', done },
    ...{ refused: items.length - done, waiting: state.items.length - items.length, items },
  };
}

function itemShown({ item, outcome, params }: ItemOutcome, locale: Locale): ItemAnswer {
  const detail = outcome === 'done' ? null : new Problem(outcome, params).detail(locale);
  return { item, outcome, detail };
}
