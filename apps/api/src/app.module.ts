import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { Kernel } from '#infra/kernel/kernel.js';
import { AuthGuard } from './auth/auth.guard.js';
import { Authenticator } from './auth/authenticator.js';
import { SessionsController } from './auth/sessions.controller.js';
import { SignIn } from './auth/sign-in.js';
import { Commands } from './commands/commands.js';
import { RunCommandHandler } from './commands/run-command.js';
import { MetaController } from './meta/meta.controller.js';
import { ProblemsController } from './meta/problems.controller.js';
import { DestructionWorker } from './destructions/destruction-worker.js';
import { Borrowers } from './records/commands/borrower-facts.js';
import { CollectController } from './records/commands/collect.controller.js';
import { DestructionActsController } from './records/commands/destruction-acts.controller.js';
import { DestructionsController } from './records/commands/destructions.controller.js';
import { Duplicates } from './records/commands/duplicates.js';
import { FileNumbers } from './records/commands/file-number.js';
import { FilingController } from './records/commands/filing.controller.js';
import { HoldsController } from './records/commands/holds.controller.js';
import { LiveRecords } from './records/commands/live-records.js';
import { LoansController } from './records/commands/loans.controller.js';
import { ReviewController } from './records/commands/review.controller.js';
import { RecordIdPipe } from './records/record-id.pipe.js';
import { LOGGER } from './server/logger.js';
import { Metrics } from './server/metrics.js';
import { StaffFacts } from './staff/staff-facts.js';
import { StaffNames } from './staff/staff-names.js';

/** Everything that answers HTTP, over one open kernel. */
@Module({})
export class AppModule {
  static over(kernel: Kernel, logger: Logger, metrics: Metrics): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        SessionsController,
        MetaController,
        ProblemsController,
        CollectController,
        ReviewController,
        FilingController,
        LoansController,
        HoldsController,
        DestructionsController,
        DestructionActsController,
      ],
      providers: [
        { provide: Kernel, useValue: kernel },
        { provide: LOGGER, useValue: logger },
        { provide: Metrics, useValue: metrics },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: Authenticator, useFactory: (given: Kernel) => new Authenticator(given), inject: [Kernel] },
        SignIn,
        StaffFacts,
        StaffNames,
        Commands,
        RunCommandHandler,
        Borrowers,
        DestructionWorker,
        Duplicates,
        FileNumbers,
        LiveRecords,
        RecordIdPipe,
      ],
    };
  }
}
