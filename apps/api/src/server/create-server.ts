import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from '@fastify/helmet';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import { setUpDocumentation } from '../openapi/documentation.js';
import { MAX_BODY_BYTES, ProblemFilter, sendProblem } from '../http/problem.filter.js';
import { Problem } from '../http/problem.js';
import { correlationIdOf } from '../http/request-context.js';
import { validationPipe } from '../http/validation.js';
import { InFlight } from './in-flight.js';
import type { Metrics } from './metrics.js';

/** Milliseconds that a client may take to send a request. */
const REQUEST_TIMEOUT_MS = 30_000;

export interface Server {
  readonly app: NestFastifyApplication;
  /** Starts to answer on a port of a host, and gives the address. */
  listen(host: string, port: number): Promise<string>;
  /** Takes no more requests, answers those in flight, then closes. */
  stop(): Promise<void>;
}

/** Nest on Fastify with everything that holds for every route: limits, headers, checks, problems, logs, metrics. */
export async function createServer(module: DynamicModule, logger: Logger, metrics: Metrics): Promise<Server> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { maxParamLength: 200 },
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: () => randomUUID(),
    // Members named __proto__ or constructor are refused while parsing.
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    forceCloseConnections: 'idle',
    // Turned away by InFlight, with a problem.
    return503OnClosing: false,
    // Faults that no route sees: an unreadable path, or one that is too long. It may hold anything: it is not echoed.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(
        new Problem(error.statusCode === 414 ? 'request.path-too-long' : 'request.bad-path'),
        request,
        reply,
      ),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: false,
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  fastify.removeContentTypeParser('text/plain');
  const inFlight = new InFlight(fastify);
  await app.register(helmet, { contentSecurityPolicy: { directives: CONTENT_SECURITY_POLICY } });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(logger, metrics));
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers({ 'x-correlation-id': correlationIdOf(request), 'cache-control': 'no-store' });
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    record(request, reply, logger, metrics);
    done();
  });
  setUpDocumentation(app);
  await app.init();
  await fastify.ready();
  return {
    app,
    async listen(host, port) {
      await app.listen(port, host);
      return app.getUrl();
    },
    async stop() {
      await inFlight.drained();
      // The last answer is on its way; connections that are kept alive would hold up the close.
      await nextTurn();
      fastify.server.closeIdleConnections();
      const closed = app.close();
      fastify.server.closeAllConnections();
      await closed;
    },
  };
}

/** The documentation page needs its own inline styles; nothing is loaded from elsewhere. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  upgradeInsecureRequests: null,
};

function record(request: FastifyRequest, reply: FastifyReply, logger: Logger, metrics: Metrics): void {
  const route = request.routeOptions.url ?? 'none';
  const { method } = request;
  const status = reply.statusCode;
  metrics.requests.observe({ method, route, status }, reply.elapsedTime / 1000);
  const staff = (request as { caller?: { id: string } }).caller?.id;
  const correlationId = correlationIdOf(request);
  logger.info({ method, route, status, ms: Math.round(reply.elapsedTime), correlationId, staff }, 'answered');
}
