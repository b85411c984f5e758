import type { Provider, Type } from '@nestjs/common';
import { Pages } from './lists/pages.js';
import { LiveRecordReader } from './records/reading/live-record.js';
import { Readers } from './records/reading/readers.js';
import { RecordController } from './records/reading/record.controller.js';
import { RecordReading } from './records/reading/record-reading.js';
import { RecordRefs } from './records/reading/record-refs.js';
import { People } from './staff/people.js';

/** Routes that only read. */
export const readControllers: Type[] = [RecordController];

/** What they are made of. */
export const readProviders: Provider[] = [
  LiveRecordReader,
  Pages,
  People,
  Readers,
  RecordReading,
  RecordRefs,
];
