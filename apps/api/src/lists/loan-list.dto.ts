import { ApiProperty } from '@nestjs/swagger';
import { CodeField, StaffIdField } from '../http/fields.js';
import { CodeAnswer } from '../records/reading/labels.js';
import { RecordRefAnswer } from '../records/reading/record-refs.js';
import { RECORD_NAME } from '../records/record-id.pipe.js';
import { EligibilityAnswer } from '../records/report-words.js';
import { ActAnswer, PersonAnswer } from '../staff/person-answer.js';
import { ListAnswer } from './list-answer.js';
import { FormField, PageQuery } from './page-query.js';

export const LOAN_STATES = ['requested', 'active', 'expired', 'refused', 'withdrawn', 'revoked'] as const;

export class LoanStateQuery extends PageQuery {
  @CodeField(LOAN_STATES, { en: 'the state at this moment', zh: '当前状态', optional: true })
  state?: (typeof LOAN_STATES)[number] | null;
}

export class LoanListQuery extends LoanStateQuery {
  @StaffIdField({ en: 'the borrower', zh: '调阅人', optional: true })
  borrower?: string | null;

  @FormField(RECORD_NAME, {
    en: 'the record, by id or file number',
    zh: '档案标识或档号',
    example: 'KH-2025-00017',
  })
  record?: string | null;
}

export class LentFieldsAnswer {
  @ApiProperty({ type: [String], example: ['confidential'] })
  levels!: readonly string[];
  @ApiProperty({ type: [String], example: ['/phone'] })
  pointers!: readonly string[];
}

export class BatchAnswer {
  @ApiProperty({ example: 'b7b6a1f0-3f0d-5f4a-8c57-0c8d7a1f5e9b' })
  id!: string;
  @ApiProperty({ example: 30, description: 'Records that it was asked for' })
  size!: number;
}

export class EndorsementAnswer extends ActAnswer {
  @ApiProperty({ type: [String], example: [], description: 'Rules that were waived' })
  waived!: readonly string[];
}

/** One entry of the borrowing register: granted or not. */
export class LoanItemAnswer {
  @ApiProperty({ example: '3f0c3d4e-0a39-5a5b-8c0f-0f6f4a8d9b52' })
  id!: string;
  @ApiProperty({ type: RecordRefAnswer })
  record!: RecordRefAnswer;
  @ApiProperty({ type: PersonAnswer })
  borrower!: PersonAnswer;
  @ApiProperty({ type: PersonAnswer, nullable: true })
  onBehalfOf!: PersonAnswer | null;
  @ApiProperty({ example: 'consult', enum: ['consult'] })
  kind!: string;
  @ApiProperty({ type: CodeAnswer })
  purpose!: CodeAnswer;
  @ApiProperty({ type: LentFieldsAnswer })
  fields!: LentFieldsAnswer;
  @ApiProperty({ example: 7, description: 'As asked for, from the grant on' })
  days!: number;
  @ApiProperty({ type: BatchAnswer, nullable: true })
  batch!: BatchAnswer | null;
  @ApiProperty({ example: 'active', enum: [...LOAN_STATES], description: 'At this moment' })
  state!: string;
  @ApiProperty({ example: '2025-03-03T01:00:00.000Z' })
  requestedAt!: string;
  @ApiProperty({ nullable: true, type: String, example: '2025-03-03T02:00:00.000Z' })
  from!: string | null;
  @ApiProperty({ nullable: true, type: String, example: '2025-03-10T02:00:00.000Z' })
  until!: string | null;
  @ApiProperty({ type: EndorsementAnswer, nullable: true, description: 'A manager agreed' })
  endorsed!: EndorsementAnswer | null;
  @ApiProperty({ type: ActAnswer, nullable: true, description: 'Who granted or refused it' })
  decided!: ActAnswer | null;
  @ApiProperty({ nullable: true, type: String, enum: ['engine', 'custodian'], example: null })
  refusedBy!: string | null;
  @ApiProperty({ type: [String], example: [], description: 'Rules that a refusal names' })
  failed!: readonly string[];
  @ApiProperty({ type: ActAnswer, nullable: true })
  withdrawn!: ActAnswer | null;
  @ApiProperty({ type: ActAnswer, nullable: true })
  revoked!: ActAnswer | null;
  @ApiProperty({ type: EligibilityAnswer, description: 'At the decision, else at the request' })
  report!: EligibilityAnswer;
}

export class LoanListAnswer extends ListAnswer {
  @ApiProperty({ type: [LoanItemAnswer] })
  items!: LoanItemAnswer[];
}
