import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '#engine/json.js';
import { CodeField } from '../http/fields.js';
import { CodeAnswer } from '../records/reading/labels.js';
import { RecordRefAnswer } from '../records/reading/record-refs.js';
import { RECORD_NAME } from '../records/record-id.pipe.js';
import { GuardAnswer } from '../records/report-words.js';
import { ActAnswer } from '../staff/person-answer.js';
import { ListAnswer } from './list-answer.js';
import { FormField, PageQuery } from './page-query.js';

export const DESTRUCTION_STATES = [
  'open',
  'appraised',
  'approved',
  'refused',
  'withdrawn',
  'lapsed',
  'begun',
  'destroyed',
] as const;

export class DestructionListQuery extends PageQuery {
  @CodeField(DESTRUCTION_STATES, { en: 'the state at this moment', zh: '当前状态', optional: true })
  state?: (typeof DESTRUCTION_STATES)[number] | null;

  @FormField(RECORD_NAME, {
    en: 'the record, by id or file number',
    zh: '档案标识或档号',
    example: 'KH-2025-00017',
  })
  record?: string | null;
}

export class RefusalActAnswer extends ActAnswer {
  @ApiProperty({ example: 'approver', enum: ['appraiser', 'approver'] })
  as!: string;
}

/** One entry of the destruction register. It names staff and file numbers, and nothing else of a customer. */
export class DestructionItemAnswer {
  @ApiProperty({ example: 'c1a7d5ab-2f0e-5c39-b6b3-6b4a1c9c2f10' })
  id!: string;
  @ApiProperty({ type: RecordRefAnswer })
  record!: RecordRefAnswer;
  @ApiProperty({ example: 'record', enum: ['record'] })
  target!: string;
  @ApiProperty({ type: CodeAnswer })
  ground!: CodeAnswer;
  @ApiProperty({ example: 'approved', enum: [...DESTRUCTION_STATES], description: 'At this moment' })
  state!: string;
  @ApiProperty({ nullable: true, type: String, description: 'End of retention, where the ground demands it' })
  retainUntil!: string | null;
  @ApiProperty({ example: false, description: 'The record is unreadable while the application stands' })
  restricts!: boolean;
  @ApiProperty({ example: '2025-04-02T01:00:00.000Z' })
  lapsesAt!: string;
  @ApiProperty({ nullable: true, type: String, example: '2025-03-10T01:00:00.000Z' })
  executableFrom!: string | null;
  @ApiProperty({ type: ActAnswer })
  applied!: ActAnswer;
  @ApiProperty({ type: ActAnswer, nullable: true })
  appraised!: ActAnswer | null;
  @ApiProperty({ type: ActAnswer, nullable: true })
  approved!: ActAnswer | null;
  @ApiProperty({ type: RefusalActAnswer, nullable: true })
  refused!: RefusalActAnswer | null;
  @ApiProperty({ type: ActAnswer, nullable: true })
  withdrawn!: ActAnswer | null;
  @ApiProperty({ type: ActAnswer, nullable: true, description: 'The paper was shredded' })
  shredded!: ActAnswer | null;
  @ApiProperty({ type: [ActAnswer] })
  witnesses!: ActAnswer[];
  @ApiProperty({ type: ActAnswer, nullable: true })
  executed!: ActAnswer | null;
  @ApiProperty({ nullable: true, type: String })
  destroyedAt!: string | null;
  @ApiProperty({ nullable: true, type: 'object', additionalProperties: true })
  certificate!: JsonObject | null;
}

export class DestructionDetailAnswer extends DestructionItemAnswer {
  @ApiProperty({
    ...{ type: GuardAnswer, nullable: true },
    description: 'What stands in the way at this moment; null once the destruction has begun',
  })
  guard!: GuardAnswer | null;
}

export class DestructionListAnswer extends ListAnswer {
  @ApiProperty({ type: [DestructionItemAnswer] })
  items!: DestructionItemAnswer[];
}
