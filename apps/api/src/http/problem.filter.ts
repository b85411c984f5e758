import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { OutcomeUnknown } from '#engine/command.js';
import { NotCanonical } from '#engine/proof/canonical.js';
import { AppendTooLarge, LogBusy, LogUnavailable } from '#engine/ports/event-log.js';
import { ViewBehind } from '#engine/views/reader.js';
import type { Metrics } from '../server/metrics.js';
import { Problem } from './problem.js';
import { correlationIdOf, requestLocale } from './request-context.js';

/** Turns whatever was thrown into problem+json. What nobody expected is logged by name and place, without its message. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(error, request);
    this.metrics.refusals.inc({ code: problem.code });
    if (problem.code === 'server.internal')
      this.logger.error({ correlationId: correlationIdOf(request), ...describe(error) }, 'unexpected error');
    sendProblem(problem, request, reply);
  }
}

/** Answers with a problem, in the caller's language. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  const correlationId = correlationIdOf(request);
  void reply
    .status(problem.status)
    .headers({ 'x-correlation-id': correlationId, 'cache-control': 'no-store', ...problem.more.headers })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ ...problem.body(requestLocale(request), undefined), correlationId }));
}

/** The problem that an error is answered with. */
export function toProblem(error: unknown, request: Pick<FastifyRequest, 'method'>): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof OutcomeUnknown)
    return new Problem('command.outcome-unknown', { commandId: error.commandId });
  if (error instanceof LogBusy) return new Problem('server.busy', {}, { headers: { 'retry-after': '1' } });
  if (error instanceof LogUnavailable)
    return new Problem('server.unavailable', {}, { headers: { 'retry-after': '5' } });
  if (error instanceof ViewBehind) return new Problem('view.behind', { reached: error.reached });
  if (error instanceof NotCanonical) return new Problem('request.not-canonical');
  if (error instanceof AppendTooLarge) return new Problem('request.too-large', { limit: error.limit });
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  switch (status) {
    case 400:
      return new Problem('request.unreadable');
    case 404:
      return new Problem('route.unknown', { method: request.method });
    case 413:
      return new Problem('request.too-large', { limit: MAX_BODY_BYTES });
    case 415:
      return new Problem('request.unsupported-media-type');
    default:
      return new Problem('server.internal');
  }
}

/** Greatest request body, in bytes. */
export const MAX_BODY_BYTES = 256 * 1024;

function describe(error: unknown): { error: string; at: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, at: frames.slice(0, 6).map((line) => line.trim()) };
}
