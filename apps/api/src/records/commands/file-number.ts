import { Injectable } from '@nestjs/common';
import { v5 as uuidv5 } from 'uuid';
import { localDate } from '#domain/calendar.js';
import { fileNumbersDecider } from '#domain/file-numbers/file-numbers.js';
import { defaultRecordPolicy } from '#domain/records/policies.js';
import type { CustomerRecord } from '#domain/records/record.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { POLICIES_IN_FORCE } from '../../commands/commands.js';
import { correlationIdOf, type AuthenticatedRequest } from '../../http/request-context.js';
import { doneOrProblem } from '../../http/command-request.js';

/** Gives records their file numbers, before they are filed under them. */
@Injectable()
export class FileNumbers {
  constructor(private readonly kernel: Kernel) {}

  /**
   * The number to file a record under. The command id derives from the record, so that filing again after a failure
   * gets the same number; a record that cannot be filed takes none.
   */
  async for({ id, status, filing }: CustomerRecord, request: AuthenticatedRequest): Promise<string> {
    if (filing) return filing.fileNumber;
    if (status !== 'approved') return '';
    const { clock, executor } = this.kernel;
    const year = localDate(clock.now(), defaultRecordPolicy.timeZone).slice(0, 4);
    const outcome = await executor.execute(
      fileNumbersDecider,
      `fileNumbers-${year}`,
      { type: 'ReserveFileNumber', year, recordId: id },
      {
        commandId: uuidv5('file number', id),
        actor: { id: request.caller.id, roles: request.caller.roles },
        ...{ correlationId: correlationIdOf(request), channel: 'api', policies: POLICIES_IN_FORCE },
        body: { clear: { year, recordId: id } },
      },
    );
    const [reserved] = doneOrProblem(outcome).events;
    return (reserved!.data as { fileNumber: string }).fileNumber;
  }
}
