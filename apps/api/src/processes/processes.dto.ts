import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { grades } from '#domain/schema/catalogues.js';
import { check, CodeField, codesOf, NestedField, NumberField, TextsField } from '../http/fields.js';
import { expected } from '../http/validation.js';
import { RECORD_NAME } from '../records/record-id.pipe.js';
import { ClassDto } from '../records/commands/review.dto.js';
import { MOST_REVISION, POINTER } from '../updates/updates.dto.js';

/** Most items of one call. */
export const MOST_ITEMS = 500;

const ITEMS = expected(`1 to ${MOST_ITEMS} items`, `1至${MOST_ITEMS}项`);

/** The items of a bulk command. */
const ItemsField = (item: new () => object) =>
  applyDecorators(
    ApiProperty({ type: [item], minItems: 1, maxItems: MOST_ITEMS }),
    Type(() => item),
    IsArray(ITEMS),
    ArrayMinSize(1, ITEMS),
    ArrayMaxSize(MOST_ITEMS, ITEMS),
    ValidateNested({ each: true }),
  );

/** A record, by its id or its file number. */
const RecordNameField = () =>
  applyDecorators(
    ApiProperty({ description: 'Record id or file number · 档案标识或档号', example: 'KH-2025-00017' }),
    check(
      'isRecordName',
      (value) => typeof value === 'string' && RECORD_NAME.test(value),
      'a record id or a file number',
      '档案标识或档号',
    ),
  );

export class ReviewItemDto {
  @RecordNameField()
  record!: string;

  @NumberField(1, 1_000_000, { en: 'the round that you saw', zh: '所审轮次' })
  round!: number;

  @CodeField(codesOf(grades), { en: 'another grade than proposed', zh: '改定的等级', optional: true })
  grade?: string | null;

  @NestedField(() => ClassDto, { en: 'another class than proposed', zh: '改定的分类', optional: true })
  class?: ClassDto | null;
}

export class BulkReviewDto {
  @ItemsField(ReviewItemDto)
  items!: ReviewItemDto[];
}

export class CountersignItemDto {
  @RecordNameField()
  record!: string;

  @NumberField(0, MOST_REVISION, {
    ...{ en: 'the revision of the record that you saw', zh: '所见档案版本', example: 9 },
  })
  revision!: number;

  @TextsField(10, POINTER, {
    en: 'pointers; without them all that waits and is not your own work',
    zh: '字段指针；不填则为全部待复签且非本人经办的项',
    example: ['/needs'],
    optional: true,
  })
  pointers?: string[] | null;
}

export class BulkCountersignDto {
  @ItemsField(CountersignItemDto)
  items!: CountersignItemDto[];
}

export class ItemAnswer {
  @ApiProperty({ example: '0b1f5f3e-8f5a-5d0e-9d0b-2f6a4c1d7e11', description: 'Record id' })
  item!: string;
  @ApiProperty({ example: 'review.round-stale', description: '`done`, or the code of a refusal' })
  outcome!: string;
  @ApiProperty({
    nullable: true,
    type: String,
    example: 'This review is of round 1; round 2 is under review.',
  })
  detail!: string | null;
}

export class ProcessAnswer {
  @ApiProperty({ example: 'reviewBatch-0b1f5f3e-8f5a-5d0e-9d0b-2f6a4c1d7e11' })
  id!: string;
  @ApiProperty({ example: 'review' })
  kind!: string;
  @ApiProperty({ example: 'finished', enum: ['begun', 'finished'] })
  status!: string;
  @ApiProperty({ example: 28, description: 'Items carried out' })
  done!: number;
  @ApiProperty({ example: 2, description: 'Items refused' })
  refused!: number;
  @ApiProperty({ example: 0, description: 'Items that wait' })
  waiting!: number;
  @ApiProperty({ type: [ItemAnswer], description: 'What became of each item so far, in the order given' })
  items!: ItemAnswer[];
}
