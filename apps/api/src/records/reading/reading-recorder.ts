import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accessStream, staffAccessDecider, type Reading } from '#domain/staff-access/staff-access.js';
import { POLICIES_IN_FORCE } from '../../commands/commands.js';
import { RunCommand } from '../../commands/run-command.js';
import { doneOrProblem } from '../../http/command-request.js';
import { correlationIdOf, type AuthenticatedRequest } from '../../http/request-context.js';

/** Puts readings on record; whoever opens something does so first. */
@Injectable()
export class ReadingRecorder {
  constructor(private readonly bus: CommandBus) {}

  /**
   * One append with a command id of its own: two readings are two events, whatever their requests say.
   * @throws Problem; whatever keeps the readings from being recorded: then nothing may be opened
   */
  async record(readings: readonly Reading[], now: string, request: AuthenticatedRequest): Promise<void> {
    if (readings.length === 0) return;
    const { id, roles } = request.caller;
    const outcome = await this.bus.execute(
      new RunCommand(
        staffAccessDecider,
        accessStream(id, now),
        { type: 'ReadFields', readings },
        {
          commandId: randomUUID(),
          actor: { id, roles },
          correlationId: correlationIdOf(request),
          channel: 'api',
          policies: POLICIES_IN_FORCE,
        },
      ),
    );
    doneOrProblem(outcome);
  }
}
