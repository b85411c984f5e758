import { ApiProperty } from '@nestjs/swagger';
import { waivableRules } from '#domain/records/eligibility.js';
import { purposes } from '#domain/schema/catalogues.js';
import { PlaceAnswer } from '../../http/answer.js';
import {
  CodeField,
  codesOf,
  FlagField,
  NestedField,
  NumberField,
  TextField,
  TextsField,
} from '../../http/fields.js';
import { EligibilityAnswer } from '../report-words.js';

export class FieldsDto {
  @TextsField(4, /^(open|confidential|personal|sensitive)$/, {
    en: 'levels as a whole: open, confidential, personal, sensitive',
    zh: '整级调阅：open、confidential、personal、sensitive',
    example: ['confidential'],
    optional: true,
  })
  levels?: string[] | null;

  @TextsField(200, /^(\/[A-Za-z0-9-]{1,64}){1,3}$/, {
    en: 'single fields by pointer; that of a list stands for all its items',
    zh: '单个字段的指针；列表的指针代表其全部条目',
    example: ['/phone', '/contacts'],
    optional: true,
  })
  pointers?: string[] | null;
}

export class RequestLoanDto {
  @CodeField(['consult'], { en: 'the kind of loan', zh: '调阅方式', optional: true })
  kind?: 'consult' | null;

  @CodeField(codesOf(purposes), { en: 'the purpose', zh: '用途' })
  purpose!: string;

  @NestedField(() => FieldsDto, { en: 'what you want to read', zh: '调阅内容' })
  fields!: FieldsDto;

  @NumberField(1, 3650, { en: 'days from the grant on', zh: '自准予起的天数', example: 7 })
  days!: number;

  @TextField(2000, { en: 'a note to the custodian', zh: '给保管员的说明', optional: true })
  note?: string | null;

  @FlagField({ en: 'only report whether it would be eligible', zh: '仅出具资格报告，不提交' })
  dryRun?: boolean | null;
}

export class LoanAnswer extends PlaceAnswer {
  @ApiProperty({ example: '3f0c3d4e-0a39-5a5b-8c0f-0f6f4a8d9b52' })
  loanId!: string;
  @ApiProperty({
    example: 'requested',
    enum: ['requested', 'refused', 'withdrawn', 'active', 'revoked'],
  })
  state!: string;
}

export class LoanRequestedAnswer extends LoanAnswer {
  @ApiProperty({ type: [String], example: [], description: 'Rules that nobody may waive and that it fails' })
  failed!: readonly string[];
  @ApiProperty({ type: EligibilityAnswer })
  report!: EligibilityAnswer;
}

export class DecideLoanDto {
  @CodeField(['grant', 'refuse'], { en: 'the decision', zh: '决定' })
  decision!: 'grant' | 'refuse';

  @TextField(2000, { en: 'the reason; required for a refusal', zh: '理由，拒绝时必填', optional: true })
  reason?: string | null;
}

export class LoanDecidedAnswer extends LoanAnswer {
  @ApiProperty({ nullable: true, type: String, example: '2025-03-03T01:00:00.000Z' })
  from!: string | null;
  @ApiProperty({
    nullable: true,
    type: String,
    example: '2025-03-10T01:00:00.000Z',
    description: 'Ends by itself',
  })
  until!: string | null;
}

export class EndorseLoanDto {
  @TextsField(waivableRules.length, new RegExp(`^(${waivableRules.join('|')})$`), {
    en: `rules that you waive: ${waivableRules.join(', ')}`,
    zh: `豁免的规则：${waivableRules.join('、')}`,
    example: [],
    optional: true,
  })
  waive?: string[] | null;

  @TextField(2000, { en: 'the reason; required for a waiver', zh: '理由，豁免时必填', optional: true })
  reason?: string | null;
}

export class ReasonDto {
  @TextField(2000, { en: 'the reason', zh: '理由', example: '客户来电要求停止使用' })
  reason!: string;
}
