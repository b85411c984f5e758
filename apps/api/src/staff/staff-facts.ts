import { Injectable } from '@nestjs/common';
import { staffDecider } from '#domain/staff/decider.js';
import { rolesAt, type Staff } from '#domain/staff/staff.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { Problem } from '../http/problem.js';

/** A member of staff as his stream says now, as a fact for a decision about something else. */
export type StaffFact = Staff & { readonly roles: readonly string[] };

@Injectable()
export class StaffFacts {
  constructor(private readonly kernel: Kernel) {}

  /**
   * Members of staff, and the position of the log that they were read at.
   * @throws Problem `staff.unknown`
   */
  async of(...ids: readonly string[]): Promise<{ position: string | null; facts: StaffFact[] }> {
    const { log, executor, clock } = this.kernel;
    const position = await log.head();
    const facts = await Promise.all(
      ids.map(async (id) => {
        const { state } = await executor.load(staffDecider, `staff-${id}`);
        if (!state.registered) throw new Problem('staff.unknown', { staff: id });
        return { ...state, roles: rolesAt(state, clock.now()) };
      }),
    );
    return { position, facts };
  }
}
