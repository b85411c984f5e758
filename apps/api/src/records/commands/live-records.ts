import { Injectable } from '@nestjs/common';
import { recordDecider } from '#domain/records/decider.js';
import type { CustomerRecord } from '#domain/records/record.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { Problem } from '../../http/problem.js';

/** Records as their own streams say at this moment: what facts and dry runs are taken from. */
@Injectable()
export class LiveRecords {
  constructor(private readonly kernel: Kernel) {}

  /** @throws Problem `record.unknown` */
  async existing(id: string): Promise<CustomerRecord> {
    const { state } = await this.kernel.executor.load(recordDecider, `customerRecord-${id}`);
    if (state.status === 'absent') throw new Problem('record.unknown');
    return state;
  }
}
