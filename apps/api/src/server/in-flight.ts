import type { FastifyInstance } from 'fastify';

/** Most requests that are served at once; one more is answered 503 with Retry-After. */
export const MAX_IN_FLIGHT = 2_000;

/** Counts requests that have not been answered, bounds them, and lets a stopping server wait for the last one. */
export class InFlight {
  #count = 0;
  #idle: (() => void) | null = null;

  constructor(fastify: FastifyInstance, overload: () => Error) {
    fastify.addHook('onRequest', (_request, reply, done) => {
      this.#count++;
      reply.raw.once('close', () => this.#answered());
      done(this.#count > MAX_IN_FLIGHT ? overload() : undefined);
    });
  }

  get count(): number {
    return this.#count;
  }

  /** Resolves when every request has been answered. */
  async drained(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
  }

  #answered(): void {
    this.#count--;
    if (this.#count === 0) this.#idle?.();
  }
}
