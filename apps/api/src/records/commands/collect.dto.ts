import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '#engine/json.js';
import {
  cooperationStatuses,
  grades,
  kinds,
  legalBases,
  purposes,
  sourceChannels,
  urgencies,
} from '#domain/schema/catalogues.js';
import type { SubjectType } from '#domain/schema/fields.js';
import { checkContent } from '#domain/schema/content.js';
import { PlaceAnswer } from '../../http/answer.js';
import {
  CodeField,
  codesOf,
  DateField,
  FlagField,
  NestedField,
  ObjectField,
  TextField,
  TextsField,
} from '../../http/fields.js';
import type { FieldFault } from '../../http/problem.js';
import { faultsOf } from './content-body.js';

export class BasisDto {
  @CodeField(codesOf(legalBases), { en: 'the legal basis', zh: '合法性基础' })
  code!: string;

  @DateField({ en: 'the date on which the customer was told', zh: '告知日期', optional: true })
  toldOn?: string | null;
}

export class ProposedDto {
  @CodeField(codesOf(grades), { en: 'the grade', zh: '档案等级', example: 'B' })
  grade!: string;

  @CodeField(codesOf(cooperationStatuses), { en: 'the cooperation status', zh: '合作状态' })
  status!: string;

  @CodeField(codesOf(urgencies), { en: 'the urgency', zh: '紧急程度', example: 'can-wait' })
  urgency!: string;

  @TextField(1000, {
    en: 'why it is urgent; required where it is',
    zh: '紧急理由，紧急时必填',
    optional: true,
  })
  urgencyReason?: string | null;

  @CodeField(codesOf(kinds), { en: 'the kind', zh: '客户类别', example: 'ordinary' })
  kind!: string;
}

export class CollectDto {
  @CodeField(['company', 'person'], { en: 'the subject type', zh: '客户性质' })
  subjectType!: SubjectType;

  @ObjectField({
    en: 'the content: fields of GET /v1/schema, lists as arrays',
    zh: '内容：GET /v1/schema 所列字段，列表为数组',
    example: {
      name: '杭州华兴贸易有限公司',
      region: '330106',
      firstContactOn: '2025-03-01',
      phone: '0571-88886666',
      contacts: [{ name: '陈立', phone: '13812345678' }],
    },
  })
  content!: JsonObject;

  @CodeField(codesOf(purposes), { en: 'the purpose that the customer was told', zh: '已告知的用途' })
  purpose!: string;

  @NestedField(() => BasisDto, { en: 'the legal basis', zh: '合法性基础' })
  basis!: BasisDto;

  @TextsField(20, /^[A-Za-z]{1,40}$/, {
    en: 'keys of sensitive fields with a separate consent',
    zh: '已取得单独同意的敏感字段',
    example: [],
    optional: true,
  })
  separateConsents?: string[] | null;

  @CodeField(codesOf(sourceChannels), { en: 'the source channel', zh: '信息来源', example: 'sales-team' })
  sourceChannel!: string;

  @NestedField(() => ProposedDto, { en: 'grade and class as proposed', zh: '拟定等级与分类' })
  proposed!: ProposedDto;

  @FlagField({ en: 'a migrated entry, which may be incomplete', zh: '历史补录，可不完整' })
  historic?: boolean | null;

  @FlagField({ en: 'keep it as a draft instead of submitting it', zh: '存为草稿，暂不提交' })
  draft?: boolean | null;

  /** Checks the content against the schema as soon as it is known which one, whatever is wrong with the rest. */
  static wholeFaults(body: unknown): FieldFault[] {
    const { subjectType, content, proposed, historic } = asObject(body);
    if ((subjectType !== 'company' && subjectType !== 'person') || !isObject(content)) return [];
    const given = { ...content, subjectType, cooperationStatus: asObject(proposed)['status'] } as JsonObject;
    const problems = checkContent(subjectType, given, { historic: historic === true });
    // The status stands outside the content, and is checked there.
    return faultsOf(
      problems.filter(({ pointer }) => pointer !== '/cooperationStatus'),
      '/content',
    );
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

const CHANGES = {
  en: 'changes: field -> new value, null takes it away; a list item with its id is changed, one without is added',
  zh: '更改：字段 -> 新值，null 为删除；带 id 的列表项为修改，不带的为新增',
  example: { phone: '0571-88886667' },
  optional: true,
};

export class SubmitDto {
  @ObjectField(CHANGES)
  changes?: JsonObject | null;
}

export class ResubmitDto {
  @ObjectField(CHANGES)
  changes?: JsonObject | null;

  @TextField(2000, { en: 'a note to the reviewer', zh: '给审核人的说明', optional: true })
  note?: string | null;
}

export class WithdrawDto {
  @TextField(2000, { en: 'the reason', zh: '理由', optional: true })
  reason?: string | null;
}

export class DuplicateAnswer {
  @ApiProperty({ example: '7c9e6679-7425-50de-944b-e07fc1f90ae7' })
  id!: string;
  @ApiProperty({ example: 'KH-2025-00003', nullable: true, type: String })
  fileNumber!: string | null;
  @ApiProperty({ example: '杭州华兴贸易', nullable: true, type: String, description: 'A person’s is masked' })
  name!: string | null;
}

export class CollectedAnswer extends PlaceAnswer {
  @ApiProperty({ example: '0b1f5f3e-8f5a-5d0e-9d0b-2f6a4c1d7e11' })
  id!: string;
  @ApiProperty({ example: 'submitted', enum: ['submitted', 'draft'] })
  state!: string;
  @ApiProperty({
    example: 0,
    nullable: true,
    type: Number,
    description: 'Days late; null for historic entries',
  })
  lateDays!: number | null;
  @ApiProperty({
    type: [DuplicateAnswer],
    description: 'Records that look alike: advice, nothing is refused',
  })
  duplicates!: DuplicateAnswer[];
}

export class RoundAnswer extends PlaceAnswer {
  @ApiProperty({ example: 2, description: 'The round that waits for review' })
  round!: number;
}
