import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import type { JsonObject } from '#engine/json.js';
import { ACTIVITY_KINDS, type ActivityKind } from '#domain/activity/kinds.js';
import { MOST_ENTRIES } from '#domain/activity/record.js';
import { PlaceAnswer } from '../http/answer.js';
import { CodeField, ObjectField, TextField } from '../http/fields.js';
import { expected } from '../http/validation.js';

const CONTENT = {
  en: 'what happened: the members of its kind, times as dates or UTC instants, money as decimal texts',
  zh: '内容：该类别的各项，时间为日期或 UTC 时刻，金额为十进制文本',
  example: { time: '2025-03-01', item: '龙井茶礼盒', amount: '440.00', currency: 'CNY' },
};

export class EntryDto {
  @CodeField(ACTIVITY_KINDS, { en: 'the kind of entry', zh: '往来类别' })
  kind!: ActivityKind;

  @ObjectField(CONTENT)
  content!: JsonObject;
}

const ENTRIES = expected(`1 to ${MOST_ENTRIES} entries`, `1至${MOST_ENTRIES}条`);

export class RecordActivityDto {
  @ApiProperty({ type: [EntryDto], minItems: 1, maxItems: MOST_ENTRIES })
  @Type(() => EntryDto)
  @IsArray(ENTRIES)
  @ArrayMinSize(1, ENTRIES)
  @ArrayMaxSize(MOST_ENTRIES, ENTRIES)
  @ValidateNested({ each: true })
  entries!: EntryDto[];
}

export class CorrectEntryDto {
  @ObjectField({ ...CONTENT, en: `the whole entry as it should have been; ${CONTENT.en}` })
  content!: JsonObject;

  @TextField(2000, { en: 'the reason', zh: '理由', example: '多打一个零' })
  reason!: string;
}

export class StrikeEntryDto {
  @TextField(2000, { en: 'the reason', zh: '理由', example: '录错客户' })
  reason!: string;
}

export class EnteredAnswer {
  @ApiProperty({ example: '5e2f7f8a-7a55-5d25-9f0e-3f2b1c0d9e8f' })
  id!: string;
  @ApiProperty({ example: 'transaction', enum: [...ACTIVITY_KINDS] })
  kind!: string;
  @ApiProperty({ example: '2025-03-01', description: 'An instant, or a date where no time is known' })
  time!: string;
}

export class ActivityRecordedAnswer extends PlaceAnswer {
  @ApiProperty({ type: [EnteredAnswer], description: 'In the order given' })
  entries!: EnteredAnswer[];
}

export class EntryChangedAnswer extends PlaceAnswer {
  @ApiProperty({ example: '5e2f7f8a-7a55-5d25-9f0e-3f2b1c0d9e8f' })
  id!: string;
  @ApiProperty({ example: 'corrected', enum: ['corrected', 'struck'] })
  state!: string;
}
