import type { Provider, Type } from '@nestjs/common';
import { ActivityReadingController } from './activity/activity-reading.controller.js';
import { ActivityReading } from './activity/activity-reading.js';
import { ActivityTotals } from './activity/activity-totals.js';
import { LastContact } from './activity/last-contact.js';
import { AuditCaseListController } from './audit/audit-case-list.controller.js';
import { AuditEventsController } from './audit/audit-events.controller.js';
import { AuditReadingsController } from './audit/audit-readings.controller.js';
import { ClearData } from './audit/clear-data.js';
import { Replay } from './audit/replay.js';
import { DestructionRegisterController } from './lists/destruction-register.controller.js';
import { DestructionRegister } from './lists/destruction-register.js';
import { Facets } from './lists/facets.js';
import { LoanListController } from './lists/loan-list.controller.js';
import { LoanLists } from './lists/loan-lists.js';
import { Pages } from './lists/pages.js';
import { RecordListController } from './lists/record-list.controller.js';
import { ReviewQueueController } from './lists/review-queue.controller.js';
import { HealthController } from './operations/health.controller.js';
import { MetricsController } from './operations/metrics.controller.js';
import { MetricsToken } from './operations/metrics-token.js';
import { HistoryController } from './records/reading/history.controller.js';
import { LiveRecordReader } from './records/reading/live-record.js';
import { Readers } from './records/reading/readers.js';
import { ReadingRecorder } from './records/reading/reading-recorder.js';
import { RecordController } from './records/reading/record.controller.js';
import { RecordReading } from './records/reading/record-reading.js';
import { RecordRefs } from './records/reading/record-refs.js';
import { ToldEvents } from './records/reading/told-events.js';
import { People } from './staff/people.js';
import { StaffReadingController } from './staff/staff-reading.controller.js';
import { PendingController } from './updates/pending.controller.js';
import { ProposalReadingController } from './updates/proposal-reading.controller.js';
import { ProposalReading } from './updates/proposal-reading.js';

/** Routes that only read. */
export const readControllers: Type[] = [
  RecordListController,
  RecordController,
  HistoryController,
  ActivityReadingController,
  ProposalReadingController,
  PendingController,
  LoanListController,
  ReviewQueueController,
  DestructionRegisterController,
  StaffReadingController,
  AuditEventsController,
  AuditReadingsController,
  AuditCaseListController,
  HealthController,
  MetricsController,
];

/** What they are made of. */
export const readProviders: Provider[] = [
  ActivityReading,
  ActivityTotals,
  ClearData,
  DestructionRegister,
  Facets,
  LastContact,
  LiveRecordReader,
  LoanLists,
  MetricsToken,
  Pages,
  People,
  ProposalReading,
  Readers,
  ReadingRecorder,
  RecordReading,
  RecordRefs,
  Replay,
  ToldEvents,
];
