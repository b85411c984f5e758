import { ApiProperty } from '@nestjs/swagger';
import { destructionGrounds } from '#domain/schema/catalogues.js';
import { PlaceAnswer } from '../../http/answer.js';
import { CodeField, codesOf, FlagField, NestedField, TextField } from '../../http/fields.js';
import { GuardAnswer } from '../report-words.js';

export class TargetDto {
  @CodeField(['record'], { en: 'what is to be destroyed', zh: '销毁对象' })
  kind!: 'record';
}

export class ApplyDto {
  @NestedField(() => TargetDto, {
    en: 'what is to be destroyed; default: the record',
    zh: '销毁对象，默认整份档案',
    optional: true,
  })
  target?: TargetDto | null;

  @CodeField(codesOf(destructionGrounds), { en: 'the ground', zh: '销毁理由类别' })
  ground!: string;

  @TextField(4000, { en: 'the reason in words', zh: '具体理由', example: '客户已注销' })
  reason!: string;

  @FlagField({ en: 'only report what stands in the way', zh: '仅出具检查报告，不提交' })
  dryRun?: boolean | null;
}

export class AppraiseDto {
  @CodeField(['destroy', 'keep'], { en: 'the opinion', zh: '鉴定意见' })
  opinion!: 'destroy' | 'keep';

  @TextField(4000, { en: 'the reason', zh: '理由', example: '情况属实' })
  reason!: string;
}

export class ApproveDto {
  @CodeField(['approve', 'refuse'], { en: 'the decision', zh: '审批决定' })
  decision!: 'approve' | 'refuse';

  @TextField(4000, { en: 'the reason; required for a refusal', zh: '理由，拒绝时必填', optional: true })
  reason?: string | null;
}

export class StatementDto {
  @TextField(2000, { en: 'a statement', zh: '声明', optional: true })
  statement?: string | null;
}

export class ExecuteDto {
  @FlagField({ en: 'only report what stands in the way', zh: '仅出具检查报告，不执行' })
  dryRun?: boolean | null;
}

export class DestructionAnswer extends PlaceAnswer {
  @ApiProperty({ example: '5e2f7f8a-7a55-5d25-9f0e-3f2b1c0d9e8f' })
  applicationId!: string;
  @ApiProperty({
    example: 'open',
    enum: ['open', 'appraised', 'approved', 'refused', 'withdrawn', 'begun'],
  })
  state!: string;
}

export class AppliedAnswer extends DestructionAnswer {
  @ApiProperty({
    nullable: true,
    type: String,
    description: 'End of retention, where the ground demands one',
  })
  retainUntil!: string | null;
  @ApiProperty({ example: false, description: 'Whether nobody may read the record meanwhile' })
  restricts!: boolean;
  @ApiProperty({ example: '2025-04-02T01:00:00.000Z' })
  lapsesAt!: string;
}

export class ApprovedAnswer extends DestructionAnswer {
  @ApiProperty({ nullable: true, type: String, example: '2025-03-10T01:00:00.000Z' })
  executableFrom!: string | null;
  @ApiProperty({ nullable: true, type: String, example: '2025-06-01T01:00:00.000Z' })
  lapsesAt!: string | null;
}

export class RefusalAnswer {
  @ApiProperty({ example: 'destruction.retention-not-over' })
  code!: string;
  @ApiProperty({ example: 'Retention lasts until 2027-03-03.' })
  detail!: string;
}

export class ApplyReport {
  @ApiProperty({ nullable: true, type: RefusalAnswer, description: 'Why the application would be refused' })
  refusal!: RefusalAnswer | null;
  @ApiProperty({ type: GuardAnswer, description: 'What stands between the record and its destruction now' })
  guard!: GuardAnswer;
}

export class ExecuteReport {
  @ApiProperty({ type: GuardAnswer })
  guard!: GuardAnswer;
}
