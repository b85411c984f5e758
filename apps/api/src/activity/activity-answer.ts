import { ApiProperty } from '@nestjs/swagger';
import type { Json } from '#engine/json.js';
import { LagAnswer, ListAnswer } from '../lists/list-answer.js';
import { CodeAnswer } from '../records/reading/labels.js';
import { EventPlaceAnswer } from '../records/reading/record-answer.js';
import { ActAnswer } from '../staff/person-answer.js';

/** One value of an entry. */
export class EntryValueAnswer {
  @ApiProperty({ example: 'amount', description: 'Name it so in `?open=`' })
  key!: string;
  @ApiProperty({ example: 'Amount' })
  label!: string;
  @ApiProperty({ example: 'confidential', enum: ['confidential', 'personal'] })
  level!: string;
  @ApiProperty({
    ...{ example: 'value', enum: ['value', 'hidden', 'destroyed'] },
    description: 'What `value` holds; it is null where hidden or destroyed',
  })
  shown!: 'value' | 'hidden' | 'destroyed';
  @ApiProperty({ example: '440.00', nullable: true, type: String })
  value!: Json;
  @ApiProperty({ nullable: true, type: String, example: null, description: 'Label of a catalogue code' })
  text!: string | null;
  @ApiProperty({ example: true, description: 'Whether `?open=` would open it now, with the purpose stated' })
  mayOpen!: boolean;
  @ApiProperty({ nullable: true, type: String, example: 'reading.purpose-required', description: 'Why not' })
  needs!: string | null;
}

/** An entry as somebody entered it. */
export class EntryVersionAnswer {
  @ApiProperty({ example: '2025-03-01', description: 'An instant, or a date where no time is known' })
  time!: string;
  @ApiProperty({ type: ActAnswer })
  entered!: ActAnswer;
  @ApiProperty({ type: EventPlaceAnswer })
  event!: EventPlaceAnswer;
  @ApiProperty({ type: [EntryValueAnswer] })
  values!: EntryValueAnswer[];
}

/** An entry as it stands. */
export class ActivityItemAnswer extends EntryVersionAnswer {
  @ApiProperty({ example: '5e2f7f8a-7a55-5d25-9f0e-3f2b1c0d9e8f' })
  id!: string;
  @ApiProperty({ type: CodeAnswer })
  kind!: CodeAnswer;
  @ApiProperty({ type: ActAnswer, nullable: true, description: 'The last correction' })
  corrected!: ActAnswer | null;
  @ApiProperty({ type: ActAnswer, nullable: true, description: 'It should not have been made' })
  struck!: ActAnswer | null;
}

export class ActivityEntryAnswer extends ActivityItemAnswer {
  @ApiProperty({ type: [EntryVersionAnswer], description: 'Oldest first; the last one is in force' })
  versions!: EntryVersionAnswer[];
}

export class ActivityListAnswer extends ListAnswer {
  @ApiProperty({ type: [ActivityItemAnswer] })
  items!: ActivityItemAnswer[];
}

export class KindCountAnswer {
  @ApiProperty({ type: CodeAnswer })
  kind!: CodeAnswer;
  @ApiProperty({ example: 12 })
  count!: number;
}

export class SumAnswer {
  @ApiProperty({ example: 'CNY' })
  currency!: string;
  @ApiProperty({ example: '1211.60' })
  amount!: string;
}

export class SpendAnswer {
  @ApiProperty({ example: 'hidden', enum: ['value', 'hidden'] })
  shown!: 'value' | 'hidden';
  @ApiProperty({ type: [SumAnswer], nullable: true })
  value!: SumAnswer[] | null;
  @ApiProperty({ example: true })
  mayOpen!: boolean;
  @ApiProperty({ nullable: true, type: String, example: 'reading.purpose-required', description: 'Why not' })
  needs!: string | null;
}

/** What a customer's activity adds up to. */
export class ActivityTotalsAnswer {
  @ApiProperty({ type: [KindCountAnswer], description: 'Entries that were not struck out' })
  counts!: KindCountAnswer[];
  @ApiProperty({ nullable: true, type: String, example: '2025-03-01', description: 'A local date' })
  lastContactOn!: string | null;
  @ApiProperty({
    type: SpendAnswer,
    description: 'Sums of all transactions, returns taken off, per currency',
  })
  spend!: SpendAnswer;
  @ApiProperty({ nullable: true, type: String, example: '00000000000000000042' })
  position!: string | null;
  @ApiProperty({ type: LagAnswer })
  lag!: LagAnswer;
}
