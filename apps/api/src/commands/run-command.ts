import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandMeta, Outcome } from '#engine/command.js';
import type { CommandShape, Decider } from '#engine/decider.js';
import type { EventShape } from '#engine/event.js';
import { Kernel } from '#infra/kernel/kernel.js';

/** A typed command on its way from the edge to its decider. */
export class RunCommand<State, C extends CommandShape, E extends EventShape> extends Command<Outcome> {
  constructor(
    readonly decider: Decider<State, C, E>,
    readonly stream: string,
    readonly command: C,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

/** The one handler: every command takes the same path. */
@CommandHandler(RunCommand)
export class RunCommandHandler implements ICommandHandler<RunCommand<unknown, CommandShape, EventShape>> {
  constructor(private readonly kernel: Kernel) {}

  execute({
    decider,
    stream,
    command,
    meta,
  }: RunCommand<unknown, CommandShape, EventShape>): Promise<Outcome> {
    return this.kernel.executor.execute(decider, stream, command, meta);
  }
}
