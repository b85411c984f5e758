import { Injectable } from '@nestjs/common';
import { auditCaseDecider } from '#domain/audit-cases/decider.js';
import { isOpen } from '#domain/audit-cases/audit-case.js';
import type { AuditCase, Reader } from '#domain/records/rights.js';
import { Kernel } from '#infra/kernel/kernel.js';
import type { Caller } from '../../http/request-context.js';

/** Most open cases of one auditor about one record that are looked at. */
const MOST_CASES = 50;
/** How long a reading waits for a case that was opened just now, in milliseconds. */
const WAIT_MS = 2_000;

/** Who reads, with what he can show for it at this moment. */
@Injectable()
export class Readers {
  constructor(private readonly kernel: Kernel) {}

  /** @param statedPurpose purpose code that he states for this record */
  async of(caller: Caller, record: string, statedPurpose: string | null): Promise<Reader> {
    const openCases = caller.roles.includes('auditor') ? await this.#openCases(caller.id, record) : [];
    return { id: caller.id, roles: caller.roles, activeSince: caller.activeSince, openCases, statedPurpose };
  }

  /** The view finds the cases; whether one is open, its own stream says. */
  async #openCases(auditor: string, record: string): Promise<AuditCase[]> {
    const { reader, log, executor, clock } = this.kernel;
    const head = await log.head();
    if (head !== null) await reader.waitFor('auditCases', head, WAIT_MS);
    const now = clock.now();
    const found = await reader.find('auditCases', {
      where: {
        auditor: { eq: auditor },
        scope: { in: [record, 'all'] },
        until: { gt: now },
        closed: { exists: false },
      },
      sort: [{ field: 'openedAt', direction: 'desc' }],
      limit: MOST_CASES,
    });
    const cases = await Promise.all(
      found.map(async ({ _id }) => {
        const { state } = await executor.load(auditCaseDecider, `auditCase-${_id}`);
        if (state.openedBy !== auditor || !isOpen(state, now)) return [];
        return [{ id: _id, records: state.scope, until: state.until }];
      }),
    );
    return cases.flat();
  }
}
