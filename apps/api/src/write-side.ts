import type { Provider, Type } from '@nestjs/common';
import { ActivityCommands } from './activity/activity-commands.js';
import { ActivityController } from './activity/activity.controller.js';
import { AuditCasesController } from './audit-cases/audit-cases.controller.js';
import { DemoClockController } from './demo/clock.controller.js';
import { DestructionWorker } from './destructions/destruction-worker.js';
import { ProcessesController } from './processes/processes.controller.js';
import { Processes } from './processes/processes.js';
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
import { RolesController } from './staff/roles.controller.js';
import { StaffCommands } from './staff/staff-commands.js';
import { StaffController } from './staff/staff.controller.js';
import { StaffFacts } from './staff/staff-facts.js';
import { UpdatesController } from './updates/updates.controller.js';

/** Controllers of everything that changes something. */
export const writeControllers: Type[] = [
  CollectController,
  ReviewController,
  FilingController,
  ActivityController,
  UpdatesController,
  LoansController,
  HoldsController,
  DestructionsController,
  DestructionActsController,
  ProcessesController,
  AuditCasesController,
  StaffController,
  RolesController,
  DemoClockController,
];

/** What they work with. */
export const writeProviders: Provider[] = [
  ActivityCommands,
  Borrowers,
  DestructionWorker,
  Duplicates,
  FileNumbers,
  LiveRecords,
  Processes,
  RecordIdPipe,
  StaffCommands,
  StaffFacts,
];
