import { ApiProperty } from '@nestjs/swagger';
import { cooperationStatuses, grades, kinds, urgencies } from '#domain/schema/catalogues.js';
import { PlaceAnswer } from '../../http/answer.js';
import { CodeField, codesOf, NestedField, NumberField, TextField, TextMapField } from '../../http/fields.js';

export class ClassDto {
  @CodeField(codesOf(cooperationStatuses), { en: 'the cooperation status', zh: '合作状态', optional: true })
  status?: string | null;

  @CodeField(codesOf(urgencies), { en: 'the urgency', zh: '紧急程度', example: 'can-wait', optional: true })
  urgency?: string | null;

  @CodeField(codesOf(kinds), { en: 'the kind', zh: '客户类别', example: 'key', optional: true })
  kind?: string | null;
}

export class ReviewDto {
  @CodeField(['approve', 'return', 'reject'], { en: 'the decision', zh: '审核结论' })
  decision!: 'approve' | 'return' | 'reject';

  @NumberField(1, 1_000_000, { en: 'the round that you saw', zh: '所审轮次' })
  round!: number;

  @CodeField(codesOf(grades), {
    en: 'approve: another grade than proposed',
    zh: '通过：改定的等级',
    optional: true,
  })
  grade?: string | null;

  @NestedField(() => ClassDto, {
    en: 'approve: another class than proposed',
    zh: '通过：改定的分类',
    optional: true,
  })
  class?: ClassDto | null;

  @TextField(1000, {
    en: 'approve: why you make it urgent',
    zh: '通过：改为紧急的理由',
    example: '客户一周内投标',
    optional: true,
  })
  urgencyReason?: string | null;

  @TextMapField({ entries: 100, length: 2000 }, /^(\/[A-Za-z0-9-]{1,64}){1,3}$/, {
    en: 'return: pointer of a field -> what is wrong with it',
    zh: '退回：字段指针 -> 问题',
    example: { '/phone': '少一位' },
    optional: true,
  })
  comments?: Record<string, string> | null;

  @TextField(2000, { en: 'approve, return: a note', zh: '通过、退回：备注', optional: true })
  note?: string | null;

  @TextField(2000, { en: 'reject: the reason', zh: '不予归档：理由', optional: true })
  reason?: string | null;
}

export class ReviewedAnswer extends PlaceAnswer {
  @ApiProperty({ example: 'approved', enum: ['approved', 'returned', 'rejected'] })
  outcome!: string;
  @ApiProperty({ example: 1 })
  round!: number;
  @ApiProperty({ example: 'A', nullable: true, type: String, description: 'The grade that was approved' })
  grade!: string | null;
}
