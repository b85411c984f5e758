import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { CodeField, NumberField } from '../http/fields.js';
import { CodeAnswer } from '../records/reading/labels.js';
import { ClassAnswer } from '../records/reading/record-answer.js';
import { PersonAnswer } from '../staff/person-answer.js';
import { LagAnswer, ListAnswer } from './list-answer.js';
import { CURSOR, DEFAULT_LIMIT, FormField } from './page-query.js';
import { RECORD_SORTS, RecordFilterQuery, type RecordSort } from './record-filter.js';

export class RecordListQuery extends RecordFilterQuery {
  @CodeField(RECORD_SORTS, {
    en: 'the order: by name, by opening (with - newest first), or by urgency and name',
    zh: '排序：名称、建档时间（带 - 为最新在前）或紧急程度',
    optional: true,
  })
  sort?: RecordSort | null;

  @Type(() => Number)
  @NumberField(1, 200, { en: 'how many to list', zh: '条数', example: DEFAULT_LIMIT, optional: true })
  limit?: number | null;

  @FormField(CURSOR, { en: 'the cursor `next` of the page before', zh: '上一页的 next 游标' })
  cursor?: string | null;
}

/** One record in the index: open values and the name behind its mask. */
export class RecordItemAnswer {
  @ApiProperty({ example: '0b1f5f3e-8f5a-5d0e-9d0b-2f6a4c1d7e11' })
  id!: string;
  @ApiProperty({ example: 'KH-2025-00017', nullable: true, type: String })
  fileNumber!: string | null;
  @ApiProperty({ example: '张*明', nullable: true, type: String, description: 'A person’s behind its mask' })
  name!: string | null;
  @ApiProperty({ example: 'person', enum: ['company', 'person'] })
  subjectType!: string;
  @ApiProperty({ example: '330106', nullable: true, type: String })
  region!: string | null;
  @ApiProperty({ type: CodeAnswer })
  status!: CodeAnswer;
  @ApiProperty({ example: false, description: 'Stored, but not to be read or used' })
  restricted!: boolean;
  @ApiProperty({ type: ClassAnswer })
  class!: ClassAnswer;
  @ApiProperty({ type: CodeAnswer, nullable: true })
  industry!: CodeAnswer | null;
  @ApiProperty({ type: PersonAnswer })
  collector!: PersonAnswer;
  @ApiProperty({ type: PersonAnswer, nullable: true })
  custodian!: PersonAnswer | null;
  @ApiProperty({ type: PersonAnswer, nullable: true })
  owner!: PersonAnswer | null;
  @ApiProperty({ example: '2025-03-03T01:00:00.000Z' })
  openedAt!: string;
  @ApiProperty({ example: 0, description: 'Number of required fields without a value' })
  missing!: number;
}

export class RecordListAnswer extends ListAnswer {
  @ApiProperty({ type: [RecordItemAnswer] })
  items!: RecordItemAnswer[];
}

export class FacetValueAnswer extends CodeAnswer {
  @ApiProperty({ example: 12 })
  count!: number;
}

export class FacetsAnswer {
  @ApiProperty({ example: 105, description: 'Records that the filters mean' })
  total!: number;
  @ApiProperty({
    ...{
      type: 'object',
      additionalProperties: { type: 'array', items: { $ref: '#/components/schemas/FacetValueAnswer' } },
    },
    description:
      'Facet -> its values, most frequent first; `null` counts records without one. Regions are provinces, then the cities of the province asked for, then its counties.',
    example: { grade: [{ code: 'A', label: 'Grade A', count: 3 }] },
  })
  facets!: Record<string, (Omit<FacetValueAnswer, 'code'> & { code: string | null })[]>;
  @ApiProperty({ nullable: true, type: String, example: '00000000000000000042' })
  position!: string | null;
  @ApiProperty({ type: LagAnswer })
  lag!: LagAnswer;
}
