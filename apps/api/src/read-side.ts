import type { Provider, Type } from '@nestjs/common';
import { DestructionRegisterController } from './lists/destruction-register.controller.js';
import { DestructionRegister } from './lists/destruction-register.js';
import { Facets } from './lists/facets.js';
import { LoanListController } from './lists/loan-list.controller.js';
import { LoanLists } from './lists/loan-lists.js';
import { Pages } from './lists/pages.js';
import { RecordListController } from './lists/record-list.controller.js';
import { ReviewQueueController } from './lists/review-queue.controller.js';
import { LiveRecordReader } from './records/reading/live-record.js';
import { Readers } from './records/reading/readers.js';
import { RecordController } from './records/reading/record.controller.js';
import { RecordReading } from './records/reading/record-reading.js';
import { RecordRefs } from './records/reading/record-refs.js';
import { People } from './staff/people.js';
import { StaffReadingController } from './staff/staff-reading.controller.js';

/** Routes that only read. */
export const readControllers: Type[] = [
  RecordListController,
  RecordController,
  LoanListController,
  ReviewQueueController,
  DestructionRegisterController,
  StaffReadingController,
];

/** What they are made of. */
export const readProviders: Provider[] = [
  DestructionRegister,
  Facets,
  LiveRecordReader,
  LoanLists,
  Pages,
  People,
  Readers,
  RecordReading,
  RecordRefs,
];
