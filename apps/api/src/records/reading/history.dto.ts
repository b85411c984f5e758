import { ApiProperty } from '@nestjs/swagger';
import { CodeField } from '../../http/fields.js';
import { LagAnswer } from '../../lists/list-answer.js';
import { PageQuery } from '../../lists/page-query.js';
import { PersonAnswer } from '../../staff/person-answer.js';
import { EventPlaceAnswer } from './record-answer.js';

/** Pages of a log or a stream, in either direction. It is read at its head: nothing has to be waited for. */
export class EventPageQuery extends PageQuery {
  @CodeField(['asc', 'desc'], { en: 'oldest first, or newest first', zh: '正序或倒序', optional: true })
  order?: 'asc' | 'desc' | null;
}

export class HistoryItemAnswer {
  @ApiProperty({ type: EventPlaceAnswer })
  event!: EventPlaceAnswer;
  @ApiProperty({ example: 'RecordFiled' })
  type!: string;
  @ApiProperty({ example: 'record.filed', description: 'What happened: stable, whatever the words are' })
  code!: string;
  @ApiProperty({ example: '赵宏 filed the record under KH-2025-00017, electronic, kept as: prospect' })
  text!: string;
  @ApiProperty({ type: PersonAnswer })
  by!: PersonAnswer;
  @ApiProperty({ type: PersonAnswer, nullable: true })
  onBehalfOf!: PersonAnswer | null;
  @ApiProperty({ example: '2025-03-05T01:00:00.000Z' })
  at!: string;
  @ApiProperty({ example: '2025-03-05T01:00:00.000Z', description: 'Business time' })
  effectiveAt!: string;
}

export class HistoryAnswer {
  @ApiProperty({ type: [HistoryItemAnswer] })
  items!: HistoryItemAnswer[];
  @ApiProperty({ nullable: true, type: String, description: 'Cursor of the next page; null on the last one' })
  next!: string | null;
  @ApiProperty({ type: LagAnswer, description: 'None: the history is read from the stream itself' })
  lag!: LagAnswer;
}
