import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ViewBehind } from '#engine/views/reader.js';
import { recordDecider } from '#domain/records/decider.js';
import type { CustomerRecord } from '#domain/records/record.js';
import type { RecordRow } from '#domain/views/records.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { refusalProblem } from '../../http/command-request.js';

/** How long a reading waits for its document, and how often it looks again, in milliseconds. */
const WAIT_MS = 2_000;
const POLL_MS = 5;

/** A record as its own stream says, with the document that stands at the very same revision. */
export interface LiveRecord {
  readonly state: CustomerRecord;
  readonly row: RecordRow;
  readonly revision: number;
}

/** Finds records at the head of their stream: rights and states come from there, never from a view. */
@Injectable()
export class LiveRecordReader {
  constructor(private readonly kernel: Kernel) {}

  /** @throws Problem `record.unknown`, `record.being-destroyed`, `record.already-destroyed`; ViewBehind */
  async at(id: string): Promise<LiveRecord> {
    const { clock, reader, log } = this.kernel;
    const until = clock.monotonic() + WAIT_MS;
    for (;;) {
      const { state, revision } = await this.live(id);
      const row = (await reader.get('records', [id])).get(id);
      if (row && !row.gone && row['revision'] === revision) {
        return { state, row: row as unknown as RecordRow, revision };
      }
      const left = until - clock.monotonic();
      const head = await log.head();
      if (left <= 0 || head === null) throw new ViewBehind('records', await reader.reached('records'));
      await reader.waitFor('records', head, left, id);
      await sleep(POLL_MS);
    }
  }

  /** As its stream says. @throws Problem where there is nothing (any more) to be read */
  async live(id: string): Promise<{ state: CustomerRecord; revision: number }> {
    const { state, revision } = await this.kernel.executor.load(recordDecider, `customerRecord-${id}`);
    if (state.status === 'absent') throw refusalProblem({ refused: 'record.not-found', params: {} });
    if (state.status === 'being-destroyed') {
      throw refusalProblem({ refused: 'record.being-destroyed', params: {} });
    }
    if (state.status === 'destroyed') {
      throw refusalProblem({ refused: 'record.already-destroyed', params: {} });
    }
    return { state, revision };
  }
}
