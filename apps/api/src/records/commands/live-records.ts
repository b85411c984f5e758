import { Injectable } from '@nestjs/common';
import { isRefusal } from '#engine/decider.js';
import type { EventDraft } from '#engine/event.js';
import type { RecordCommand } from '#domain/records/commands.js';
import { recordDecider } from '#domain/records/decider.js';
import type { RecordEvent } from '#domain/records/events.js';
import { applicationOf, destructionGuard } from '#domain/records/guard.js';
import type { CustomerRecord } from '#domain/records/record.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { refusalProblem } from '../../http/command-request.js';
import type { Locale } from '../../http/locale.js';
import { Problem } from '../../http/problem.js';
import type { AuthenticatedRequest } from '../../http/request-context.js';
import { guardInWords, type GuardAnswer } from '../report-words.js';

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

  /** What stands between a record and its destruction now. */
  async guard(id: string, applicationId: string | null, locale: Locale): Promise<GuardAnswer> {
    const record = await this.existing(id);
    if (applicationId !== null && !applicationOf(record, applicationId)) {
      throw new Problem('destruction.not-found');
    }
    const now = this.kernel.clock.now();
    return guardInWords(destructionGuard(record, now, applicationId ?? undefined), locale);
  }

  /** Why a command would be refused now; `null` where it would not. */
  async refusalOf(
    request: AuthenticatedRequest,
    id: string,
    command: RecordCommand,
    locale: Locale,
  ): Promise<{ code: string; detail: string } | null> {
    try {
      await this.wouldDo(request, id, command);
      return null;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { code: error.code, detail: error.detail(locale) };
    }
  }

  /**
   * What a command would lead to now; nothing is written.
   * @throws Problem for a refusal
   */
  async wouldDo(
    request: AuthenticatedRequest,
    id: string,
    command: RecordCommand,
  ): Promise<readonly EventDraft<RecordEvent>[]> {
    const { executor, clock } = this.kernel;
    const { state, revision } = await executor.load(recordDecider, `customerRecord-${id}`);
    const decision = recordDecider.decide(command, state, {
      ...{ now: clock.now(), actor: request.caller, onBehalfOf: null, revision },
      mint: () => 'dry-run',
    });
    if (isRefusal(decision)) throw refusalProblem(decision);
    return decision;
  }
}
