import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { CommandMeta } from '#engine/command.js';
import { categoryOf, type StoredEvent } from '#engine/event.js';
import type { ProcessItem, ProcessState } from '#engine/process/process-decider.js';
import { ProcessRunner, type ProcessKind } from '#engine/process/process-runner.js';
import { retrying } from '#engine/views/backoff.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { doneOrProblem } from '../http/command-request.js';
import { Problem } from '../http/problem.js';
import { LOGGER } from '../server/logger.js';
import { countersignBatch } from './countersign-batch.js';
import { reviewBatch } from './review-batch.js';

/** A process that takes longer than this is answered 202, in milliseconds. */
const ANSWER_WITHIN_MS = 10_000;
/** Processes that are resumed at a time. */
const PAGE = 20;
const CATCH_UP_MS = 5_000;

/** Work over many streams: begun, driven to its end, and resumed where a crash or a stop interrupted it. */
@Injectable()
export class Processes implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #runner: ProcessRunner;
  readonly #categories: ReadonlySet<string>;
  readonly #abort = new AbortController();
  readonly #driven = new Set<Promise<unknown>>();

  constructor(
    private readonly kernel: Kernel,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const kinds: ProcessKind[] = [reviewBatch(kernel.executor), countersignBatch(kernel.executor)];
    this.#categories = new Set(kinds.map(({ category }) => category));
    this.#runner = new ProcessRunner(kernel.executor, kernel.log, kernel.sealer, kinds);
  }

  onApplicationBootstrap(): void {
    void this.#keep(this.#patiently('resume', () => this.#resume()));
  }

  /** Lets each process finish its present item; the rest is resumed at the next start. */
  async onModuleDestroy(): Promise<void> {
    this.#abort.abort();
    await this.#runner.stop();
    await Promise.all(this.#driven);
  }

  /**
   * Writes a process down and does its work. Sending it again joins it.
   * @param waitMs resolves after this time with what has been done by then, while the work goes on
   */
  async run(
    stream: string,
    kind: string,
    items: readonly ProcessItem[],
    meta: CommandMeta,
    waitMs = ANSWER_WITHIN_MS,
  ): Promise<ProcessState> {
    doneOrProblem(await this.#runner.begin(stream, { type: 'BeginProcess', kind, items }, meta));
    await this.#within(waitMs, this.#drive(stream));
    return this.#runner.state(stream);
  }

  /**
   * A process as it stands, and its beginning.
   * @throws Problem `process.unknown`
   */
  async find(stream: string): Promise<{ begun: StoredEvent; state: ProcessState }> {
    const known = this.#categories.has(categoryOf(stream));
    const [begun] = known ? await this.kernel.log.readStream(stream, { from: 0, maxCount: 1 }) : [];
    if (!begun) throw new Problem('process.unknown');
    return { begun, state: await this.#runner.state(stream) };
  }

  async #resume(): Promise<void> {
    const { log, reader } = this.kernel;
    const head = await log.head();
    if (head === null) return;
    await reader.waitFor('processes', head, CATCH_UP_MS);
    let after: { values: never[]; id: string } | undefined;
    for (;;) {
      const rows = await reader.find('processes', {
        where: { status: { eq: 'begun' } },
        sort: [],
        limit: PAGE,
        ...(after && { after }),
      });
      await Promise.all(rows.map(({ _id }) => this.#drive(_id)));
      const last = rows.at(-1);
      if (!last || rows.length < PAGE || this.#abort.signal.aborted) return;
      after = { values: [], id: last._id };
    }
  }

  #drive(stream: string): Promise<void> {
    return this.#keep(
      this.#patiently(stream, async () => {
        await this.#runner.drive(stream);
      }),
    );
  }

  async #within(ms: number, work: Promise<void>): Promise<void> {
    const timer = new AbortController();
    const timeUp = sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([work, timeUp]);
    timer.abort();
  }

  /** Tries again until it succeeds or the process stops. */
  async #patiently(what: string, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#abort;
    const onRetry = (error: unknown, attempt: number) =>
      this.logger.warn(
        { what, attempt, error: error instanceof Error ? error.name : typeof error },
        'a process is tried again',
      );
    await retrying(work, { final: () => false, onRetry, signal }).catch(() => undefined);
  }

  async #keep(work: Promise<void>): Promise<void> {
    this.#driven.add(work);
    await work.finally(() => this.#driven.delete(work));
  }
}
