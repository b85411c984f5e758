import type { View } from '#engine/views/view.js';
import { activityTotalsView } from './activity-totals.js';
import { activityView } from './activity.js';
import { auditCasesView } from './audit-cases.js';
import { borrowingRegisterView } from './borrowing-register.js';
import { destructionRegisterView } from './destruction-register.js';
import { fileNumbersView } from './file-numbers.js';
import { proposalsView } from './proposals.js';
import { readingsView } from './readings.js';
import { recordsView } from './records.js';
import { reviewQueueView } from './review-queue.js';
import { staffView } from './staff.js';

/** Every view that is fed from the log, in the one place that says so. */
export const views: readonly View[] = [
  recordsView,
  reviewQueueView,
  borrowingRegisterView,
  proposalsView,
  destructionRegisterView,
  fileNumbersView,
  readingsView,
  staffView,
  auditCasesView,
  activityView,
  activityTotalsView,
];
