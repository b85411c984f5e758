import { ApiProperty } from '@nestjs/swagger';
import { CodeAnswer } from '../records/reading/labels.js';
import { RecordRefAnswer } from '../records/reading/record-refs.js';
import { PersonAnswer } from '../staff/person-answer.js';
import { ListAnswer } from './list-answer.js';

export class OrderReasonAnswer {
  @ApiProperty({ example: 'review.overdue' })
  code!: string;
  @ApiProperty({ example: 'overdue since 2025-03-05 09:00', description: 'Times are those of the office' })
  text!: string;
}

export class ReviewItemAnswer {
  @ApiProperty({ type: RecordRefAnswer })
  record!: RecordRefAnswer;
  @ApiProperty({ example: 1 })
  round!: number;
  @ApiProperty({ type: PersonAnswer })
  collector!: PersonAnswer;
  @ApiProperty({ example: '2025-03-03T01:00:00.000Z', nullable: true, type: String })
  submittedAt!: string | null;
  @ApiProperty({ example: '2025-03-05T01:00:00.000Z', nullable: true, type: String })
  dueAt!: string | null;
  @ApiProperty({ example: false })
  overdue!: boolean;
  @ApiProperty({ type: CodeAnswer, description: 'At the submission' })
  urgency!: CodeAnswer;
  @ApiProperty({ type: CodeAnswer })
  kind!: CodeAnswer;
  @ApiProperty({ type: CodeAnswer })
  grade!: CodeAnswer;
  @ApiProperty({ type: [OrderReasonAnswer], description: 'Why it stands here, weightiest first' })
  reasons!: OrderReasonAnswer[];
  @ApiProperty({ example: true, description: 'False for your own work' })
  mayReview!: boolean;
}

export class ReviewQueueAnswer extends ListAnswer {
  @ApiProperty({ type: [ReviewItemAnswer] })
  items!: ReviewItemAnswer[];
}
