import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '#engine/json.js';
import { sourceChannels } from '#domain/schema/catalogues.js';
import { PlaceAnswer } from '../http/answer.js';
import {
  check,
  CodeField,
  codesOf,
  NumberField,
  ObjectField,
  TextField,
  TextsField,
} from '../http/fields.js';

/** Pointers of values: `/phone`, `/contacts/<id>/phone`. */
export const POINTER = /^(\/[A-Za-z0-9-]{1,64}){1,3}$/;
export const MOST_POINTERS = 500;
export const MOST_REVISION = 1_000_000_000;

export class ProposeDto {
  @ObjectField({
    en: 'changes: field -> new value, null takes it away; a list item with its id is changed, one without is added',
    zh: '更改：字段 -> 新值，null 为删除；带 id 的列表项为修改，不带的为新增',
    example: { phone: '0571-88889999', needs: '每周送货' },
  })
  changes!: JsonObject;

  @TextField(2000, { en: 'the reason', zh: '理由', example: '客户来电告知' })
  reason!: string;

  @CodeField(codesOf(sourceChannels), { en: 'the source channel', zh: '信息来源', example: 'phone' })
  source!: string;

  @NumberField(0, MOST_REVISION, {
    en: 'the revision of the record that you saw',
    zh: '所见档案版本',
    example: 7,
  })
  baseRevision!: number;
}

export class ProposedAnswer extends PlaceAnswer {
  @ApiProperty({
    ...{ nullable: true, type: String, example: '2b1c7f0e-6a55-5f0f-9a6e-1c3f6c2d9b41' },
    description: 'Null where nothing waits for a signature',
  })
  proposalId!: string | null;
  @ApiProperty({ type: [String], example: ['/phone'], description: 'Wait for a second person’s signature' })
  waits!: readonly string[];
  @ApiProperty({ nullable: true, type: String, example: '2025-04-02T01:00:00.000Z' })
  lapsesAt!: string | null;
  @ApiProperty({ type: [String], example: ['/needs'], description: 'In force, not countersigned' })
  inForce!: readonly string[];
  @ApiProperty({ nullable: true, type: String, example: '2025-03-10T01:00:00.000Z' })
  countersignBy!: string | null;
  @ApiProperty({ type: [String], example: [], description: 'Your open proposals that this one supersedes' })
  superseded!: readonly string[];
}

export class SignDto {
  @CodeField(['accept', 'accept-in-part', 'refuse'], { en: 'the decision', zh: '签字结论' })
  decision!: 'accept' | 'accept-in-part' | 'refuse';

  @TextsField(MOST_POINTERS, POINTER, {
    en: 'accept-in-part: pointers of what you accept; the rest is refused',
    zh: '部分同意：同意的字段指针，其余视为不同意',
    example: ['/phone'],
    optional: true,
  })
  pointers?: string[] | null;

  @ApiProperty({
    ...{ description: 'diffMac of the proposal as you saw it · 所见变更对照的 diffMac' },
    ...{ type: String, pattern: '^[0-9a-f]{64}$', example: 'a1'.repeat(32) },
  })
  @check(
    'isMac',
    (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
    'the diffMac of the proposal as you saw it',
    '所见变更对照的 diffMac',
  )
  diffMac!: string;

  @TextField(2000, {
    en: 'the reason; required where anything is refused',
    zh: '理由，不同意任何一项时必填',
    optional: true,
  })
  reason?: string | null;
}

export class ProposalStateAnswer extends PlaceAnswer {
  @ApiProperty({ example: '2b1c7f0e-6a55-5f0f-9a6e-1c3f6c2d9b41' })
  proposalId!: string;
  @ApiProperty({ example: 'accepted', enum: ['accepted', 'partly-accepted', 'refused', 'withdrawn'] })
  state!: string;
}

export class SignedAnswer extends ProposalStateAnswer {
  @ApiProperty({ type: [String], example: ['/phone'], description: 'In force now' })
  accepted!: readonly string[];
}

export class CountersignDto {
  @CodeField(['accept', 'refuse'], { en: 'the decision', zh: '复签结论' })
  decision!: 'accept' | 'refuse';

  @TextsField(MOST_POINTERS, POINTER, {
    en: 'pointers; without them all that waits and is not your own work',
    zh: '字段指针；不填则为全部待复签且非本人经办的项',
    example: ['/needs'],
    optional: true,
  })
  pointers?: string[] | null;

  @NumberField(0, MOST_REVISION, {
    en: 'the revision of the record that you saw; what changed since is refused',
    zh: '所见档案版本，之后变更的项将被拒绝',
    example: 7,
    optional: true,
  })
  revision?: number | null;

  @TextField(2000, { en: 'refuse: the reason', zh: '不同意：理由', optional: true })
  reason?: string | null;
}

export class CountersignedAnswer extends PlaceAnswer {
  @ApiProperty({ example: 'countersigned', enum: ['countersigned', 'reverted'] })
  outcome!: string;
  @ApiProperty({ type: [String], example: ['/needs'] })
  pointers!: readonly string[];
}
