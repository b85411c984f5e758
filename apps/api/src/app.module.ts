import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { TerminusModule } from '@nestjs/terminus';
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
import { readControllers, readProviders } from './read-side.js';
import { LOGGER } from './server/logger.js';
import { Metrics } from './server/metrics.js';
import { StaffNames } from './staff/staff-names.js';
import { writeControllers, writeProviders } from './write-side.js';

/** Everything that answers HTTP, over one open kernel. */
@Module({})
export class AppModule {
  static over(kernel: Kernel, logger: Logger, metrics: Metrics): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot(), TerminusModule.forRoot({ logger: false })],
      controllers: [
        SessionsController,
        MetaController,
        ProblemsController,
        ...writeControllers,
        ...readControllers,
      ],
      providers: [
        { provide: Kernel, useValue: kernel },
        { provide: LOGGER, useValue: logger },
        { provide: Metrics, useValue: metrics },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: Authenticator, useFactory: (given: Kernel) => new Authenticator(given), inject: [Kernel] },
        SignIn,
        StaffNames,
        Commands,
        RunCommandHandler,
        ...writeProviders,
        ...readProviders,
      ],
    };
  }
}
