import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { retrying } from '#engine/views/backoff.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { LOGGER } from '../server/logger.js';
import { completeDestruction, keepDestroyed } from './destroy.js';

const VIEW = 'destructionRegister';
/** Destructions that are looked at at a time. */
const PAGE = 20;
/** How long the register may take to catch up before it is asked for again, in milliseconds. */
const CATCH_UP_MS = 5_000;

/**
 * Completes destructions that have begun, those that a crash interrupted too, and at start sees to it that what was
 * destroyed has no living key, as a restored backup of the vault might bring. Writes ids into the logs, nothing else.
 */
@Injectable()
export class DestructionWorker implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #abort = new AbortController();
  readonly #running = new Map<string, Promise<void>>();
  #resuming: Promise<void> = Promise.resolve();

  constructor(
    private readonly kernel: Kernel,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#resuming = this.#patiently('resume', () => this.#resume());
  }

  /** Lets each step in hand end; what is left is resumed at the next start. */
  async onModuleDestroy(): Promise<void> {
    this.#abort.abort();
    await Promise.all([this.#resuming, ...this.#running.values()]);
  }

  /** Takes a destruction in hand; one that is in hand already is left to go on. */
  take(recordId: string): Promise<void> {
    const running = this.#running.get(recordId);
    if (running) return running;
    const work = this.#patiently(recordId, async () => {
      if (await completeDestruction(this.kernel, recordId, this.#abort.signal)) {
        this.logger.info({ recordId }, 'a record has been destroyed');
      }
    }).finally(() => this.#running.delete(recordId));
    this.#running.set(recordId, work);
    return work;
  }

  async #resume(): Promise<void> {
    const { log, reader } = this.kernel;
    const head = await log.head();
    if (head === null) return;
    await reader.waitFor(VIEW, head, CATCH_UP_MS);
    await this.#each('begun', (recordId) => this.take(recordId));
    await this.#each('destroyed', async (recordId) => {
      const keys = await keepDestroyed(this.kernel, recordId, this.#abort.signal);
      if (keys > 0)
        this.logger.warn({ recordId, keys }, 'keys of a destroyed record were alive, and are dead again');
    });
  }

  /** Does something about every record whose destruction is in a state. */
  async #each(state: 'begun' | 'destroyed', act: (recordId: string) => Promise<void>): Promise<void> {
    let after: { values: never[]; id: string } | undefined;
    for (;;) {
      const rows = await this.kernel.reader.find(VIEW, {
        where: { state: { eq: state } },
        sort: [],
        limit: PAGE,
        ...(after && { after }),
      });
      await Promise.all(rows.map((row) => act(row['record'] as string)));
      const last = rows.at(-1);
      if (!last || rows.length < PAGE || this.#abort.signal.aborted) return;
      after = { values: [], id: last._id };
    }
  }

  /** Tries again until it succeeds or the process stops. */
  async #patiently(what: string, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#abort;
    const onRetry = (error: unknown, attempt: number) =>
      this.logger.warn(
        { what, attempt, error: error instanceof Error ? error.name : typeof error },
        'a destruction is tried again',
      );
    await retrying(work, { final: () => false, onRetry, signal }).catch(() => undefined);
  }
}
