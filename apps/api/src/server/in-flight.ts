import type { FastifyInstance } from 'fastify';
import { Problem } from '../http/problem.js';

/** Most requests that are served at once; one more is answered 503 with Retry-After. */
export const MAX_IN_FLIGHT = 2_000;

/**
 * Counts requests that have not been answered, bounds them, and lets a stopping server turn away what comes and wait for
 * the last one that is in.
 */
export class InFlight {
  #count = 0;
  #stopping = false;
  #idle: (() => void) | null = null;

  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRequest', (_request, reply, done) => {
      this.#count++;
      reply.raw.once('close', () => this.#answered());
      done(this.#refusal());
    });
  }

  /** Resolves when every request has been answered; from now on new ones are turned away. */
  async drained(): Promise<void> {
    this.#stopping = true;
    if (this.#count > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
  }

  #refusal(): Problem | undefined {
    if (this.#stopping) return new Problem('server.stopping', {}, { headers: { connection: 'close' } });
    if (this.#count > MAX_IN_FLIGHT)
      return new Problem('server.busy', {}, { headers: { 'retry-after': '1' } });
    return undefined;
  }

  #answered(): void {
    this.#count--;
    if (this.#count === 0) this.#idle?.();
  }
}
