import type { FastifyRequest } from 'fastify';
import type { Actor } from '#engine/decider.js';
import { localeOf, type Locale } from './locale.js';

/** Whoever sent a request, as his own stream says at this moment. */
export interface Caller extends Actor {
  /** Start of his present time of service. */
  readonly activeSince: string;
  /** True while a one-time password has to be changed: nothing else is allowed then. */
  readonly mustChangePassword: boolean;
}

/** A request that passed the guard. */
export type AuthenticatedRequest = FastifyRequest & { caller: Caller };

const HEADER_ID = /^[\w.:-]{8,100}$/;

/** The correlation id: the caller's own where it is sensible, else the one that the server made for the request. */
export function correlationIdOf(request: FastifyRequest): string {
  const given = request.headers['x-correlation-id'];
  return typeof given === 'string' && HEADER_ID.test(given) ? given : request.id;
}

export function requestLocale(request: FastifyRequest): Locale {
  return localeOf(request.headers['accept-language']);
}
