import { processEventTypes } from '#engine/process/process-decider.js';
import { processesView } from '#engine/process/processes-view.js';
import type { EventType } from '#engine/registry.js';
import type { View } from '#engine/views/view.js';
import { activityEventTypes } from './activity/events.js';
import { auditCaseEventTypes } from './audit-cases/audit-case.js';
import { FileNumberReserved } from './file-numbers/file-numbers.js';
import { keyOf } from './keys.js';
import { recordEventTypes } from './records/events.js';
import { staffAccessEventTypes } from './staff-access/staff-access.js';
import { staffEventTypes } from './staff/events.js';
import { views } from './views/all.js';

const eventTypes: readonly EventType[] = [
  ...recordEventTypes,
  FileNumberReserved,
  ...staffEventTypes,
  ...staffAccessEventTypes,
  ...auditCaseEventTypes,
  ...activityEventTypes,
  ...processEventTypes,
];

/** The whole domain as the kernel is given it: what may be stored, under which keys, and how it is viewed. */
export const model: {
  readonly eventTypes: readonly EventType[];
  readonly views: readonly View[];
  readonly keyOf: typeof keyOf;
} = { eventTypes, views: [...views, processesView], keyOf };
