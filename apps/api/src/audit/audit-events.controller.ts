import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { RecordedEvent } from '#engine/event.js';
import type { JsonObject } from '#engine/json.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { Roles } from '../auth/access.js';
import { Problem } from '../http/problem.js';
import { requestLocale, type AuthenticatedRequest } from '../http/request-context.js';
import { decodeCursor, encodeCursor } from '../lists/cursor.js';
import { DEFAULT_LIMIT } from '../lists/page-query.js';
import { RecordIdPipe } from '../records/record-id.pipe.js';
import { ToldEvents, type ToldEvent } from '../records/reading/told-events.js';
import { AuditEventsAnswer, AuditEventsQuery, type AuditEventAnswer } from './audit-events.dto.js';
import { ClearData } from './clear-data.js';
import { Replay } from './replay.js';

const place = z.object({
  after: z.string().regex(/^\d+$/).nullable(),
  from: z.number().int().min(-1).nullable(),
});

/** The log itself, for whoever audits: every event with its envelope, its hashes and a sentence. */
@ApiTags('Auditing')
@ApiBearerAuth()
@Controller('v1/audit')
export class AuditEventsController {
  constructor(
    private readonly kernel: Kernel,
    private readonly replay: Replay,
    private readonly told: ToldEvents,
    private readonly clear: ClearData,
    private readonly recordIds: RecordIdPipe,
  ) {}

  @Roles('auditor', 'executive')
  @Get('events')
  @ApiOperation({
    summary: 'Replay the log, in either direction',
    description:
      'One request looks at 2,000 events at most; `next` goes on from there. Nothing sealed is opened.',
  })
  @ApiOkResponse({ type: AuditEventsAnswer })
  async replayEvents(
    @Query() query: AuditEventsQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<AuditEventsAnswer> {
    const record = query.record == null ? null : await this.recordIds.transform(query.record);
    const backwards = query.order === 'desc';
    const { actor = null, type = null, since = null, until = null, position = null } = query;
    const scope: JsonObject = {
      list: 'audit-events',
      record,
      backwards,
      actor,
      type,
      since,
      until,
      position,
    };
    const begin =
      query.cursor == null ? { after: position, from: null } : decodeCursor(scope, query.cursor, place);
    await this.#refuseUnknown(begin.after);
    const wanted = filterOf(query, begin.after, backwards);
    const stream = record === null ? null : `customerRecord-${record}`;
    const limit = query.limit ?? DEFAULT_LIMIT;
    const { events, scanned, last, complete } = await this.replay.run({
      ...{ stream, backwards, limit, wanted },
      ...begin,
    });
    const dataOf = await this.clear.of(events);
    const told = await this.told.of(events, requestLocale(request));
    const next = last && {
      after: record === null ? last.position : begin.after,
      from: record === null ? null : last.revision + (backwards ? -1 : 1),
    };
    return {
      items: told.map((one) => describeEvent(one, dataOf(one.event))),
      next: complete || next === null ? null : encodeCursor(scope, next),
      scanned,
      position: last?.position ?? null,
    };
  }

  /** What is longer, shorter or later than the head of this log is no position of it. */
  async #refuseUnknown(position: string | null): Promise<void> {
    const head = position === null ? null : await this.kernel.log.head();
    if (position === null || (head?.length === position.length && position <= head)) return;
    const detail = { en: 'Give a position of this log.', zh: '应为本日志的位置。' };
    const errors = [{ pointer: '/position', code: 'field.position', detail }];
    throw new Problem('request.invalid', {}, { errors });
  }
}

/** Instants as they are recorded, with milliseconds, so that they compare as texts. */
function instant(given: string | null | undefined): string | null {
  return given == null ? null : new Date(given).toISOString();
}

function filterOf(query: AuditEventsQuery, after: string | null, backwards: boolean) {
  const { actor, type } = query;
  const [since, until] = [instant(query.since), instant(query.until)];
  return (event: RecordedEvent): boolean =>
    (actor == null || event.actorId === actor || event.onBehalfOf === actor) &&
    (type == null || event.type === type) &&
    (since === null || event.recordedAt >= since) &&
    (until === null || event.recordedAt < until) &&
    (after === null || (backwards ? event.position < after : event.position > after));
}

function describeEvent({ event, sentence, nameOf }: ToldEvent, data: JsonObject): AuditEventAnswer {
  const { position, id, type, schemaVersion, stream, revision, recordedAt, effectiveAt } = event;
  const { actorId, actorRoles, onBehalfOf, commandId, correlationId, causationId, channel, policies } = event;
  const { boxes, prev, hash } = event;
  return {
    ...{ position, id, type, schemaVersion, stream, revision, ...sentence },
    by: { id: actorId, name: nameOf(actorId) },
    roles: actorRoles,
    onBehalfOf: onBehalfOf === null ? null : { id: onBehalfOf, name: nameOf(onBehalfOf) },
    ...{ recordedAt, effectiveAt, commandId, correlationId, causationId, channel, policies, data },
    ...{ sealed: Object.keys(boxes), prev, hash },
  };
}
