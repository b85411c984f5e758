import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CommandBody, Done } from '#engine/command.js';
import type { CommandShape, Decider } from '#engine/decider.js';
import type { EventShape } from '#engine/event.js';
import { recordDecider } from '#domain/records/decider.js';
import type { RecordCommand } from '#domain/records/commands.js';
import { SCHEMA_VERSION } from '#domain/schema/fields.js';
import { commandMeta, doneOrProblem } from '../http/command-request.js';
import type { AuthenticatedRequest } from '../http/request-context.js';
import { RunCommand } from './run-command.js';

/** Policies that every decision goes by; a signed version of an organisation's own takes the place of a default. */
export const POLICIES_IN_FORCE = { schema: SCHEMA_VERSION, records: 'default@1' } as const;

/** Sends what a request asks for to its decider, and turns every "no" into a problem. */
@Injectable()
export class Commands {
  constructor(private readonly bus: CommandBus) {}

  /** A command about a customer record. */
  record(
    request: AuthenticatedRequest,
    id: string,
    command: RecordCommand,
    body: CommandBody,
  ): Promise<Done> {
    return this.run(request, recordDecider, `customerRecord-${id}`, command, body);
  }

  /** A command on any stream. */
  async run<State, C extends CommandShape, E extends EventShape>(
    request: AuthenticatedRequest,
    decider: Decider<State, C, E>,
    stream: string,
    command: C,
    body: CommandBody,
  ): Promise<Done> {
    const meta = commandMeta(request, POLICIES_IN_FORCE, body);
    const outcome = await this.bus.execute(new RunCommand(decider, stream, command, meta));
    return doneOrProblem(outcome, command.type);
  }
}
