import { ApiProperty } from '@nestjs/swagger';
import type { Json } from '#engine/json.js';
import { purposes } from '#domain/schema/catalogues.js';
import { CodeField, codesOf } from '../http/fields.js';
import { ListAnswer } from '../lists/list-answer.js';
import { AfterQuery, FormField, PageQuery } from '../lists/page-query.js';
import { OPEN } from '../records/reading/asked.js';
import { CodeAnswer } from '../records/reading/labels.js';
import { EventPlaceAnswer } from '../records/reading/record-answer.js';
import { ActAnswer, PersonAnswer } from '../staff/person-answer.js';
import { NamedFieldAnswer } from './pending.dto.js';

export const PROPOSAL_STATES = [
  'open',
  'accepted',
  'partly-accepted',
  'refused',
  'withdrawn',
  'superseded',
  'lapsed',
] as const;

export class ProposalListQuery extends PageQuery {
  @CodeField(PROPOSAL_STATES, { en: 'the state at this moment', zh: '当前状态', optional: true })
  state?: (typeof PROPOSAL_STATES)[number] | null;
}

export class ProposalQuery extends AfterQuery {
  @FormField(OPEN, {
    en: 'what to open, which is a reading: `all`, or `reason` and fields separated by commas',
    zh: '要打开的内容（计为一次阅读）：all，或以逗号分隔的 reason、字段名',
    example: 'all',
  })
  open?: string | null;

  @CodeField(codesOf(purposes), {
    en: 'the purpose of the reading, which managers and executives state',
    zh: '阅读目的，管理者与分管领导须说明',
    optional: true,
  })
  purpose?: string | null;
}

/** One proposal, by the places that it would change. */
export class ProposalItemAnswer {
  @ApiProperty({ example: '2b1c7f0e-6a55-5f0f-9a6e-1c3f6c2d9b41' })
  id!: string;
  @ApiProperty({ example: 'open', enum: [...PROPOSAL_STATES], description: 'At this moment' })
  state!: string;
  @ApiProperty({ type: ActAnswer })
  proposed!: ActAnswer;
  @ApiProperty({ type: CodeAnswer })
  source!: CodeAnswer;
  @ApiProperty({ example: 7, description: 'Revision of the record that it was made on' })
  baseRevision!: number;
  @ApiProperty({ type: EventPlaceAnswer })
  event!: EventPlaceAnswer;
  @ApiProperty({ type: [NamedFieldAnswer], description: 'What it would change or take away' })
  fields!: NamedFieldAnswer[];
  @ApiProperty({ example: '2025-04-02T01:00:00.000Z' })
  lapsesAt!: string;
  @ApiProperty({ type: ActAnswer, nullable: true, description: 'Who signed or refused it' })
  decided!: ActAnswer | null;
  @ApiProperty({ type: [String], example: [], description: 'Pointers of what was accepted' })
  accepted!: readonly string[];
  @ApiProperty({ type: [String], example: [], description: 'Pointers of what was refused' })
  refused!: readonly string[];
  @ApiProperty({ nullable: true, type: String, description: 'When it was withdrawn or superseded' })
  endedAt!: string | null;
  @ApiProperty({ nullable: true, type: String, description: 'The proposal that took its place' })
  supersededBy!: string | null;
}

export class ProposalListAnswer extends ListAnswer {
  @ApiProperty({ type: [ProposalItemAnswer] })
  items!: ProposalItemAnswer[];
}

/** One side of a difference. */
export class SideAnswer {
  @ApiProperty({
    ...{ example: 'mask', enum: ['value', 'mask', 'hidden', 'destroyed', 'none'] },
    description: 'What `value` holds; it is null where hidden, destroyed, or where there is none',
  })
  shown!: 'value' | 'mask' | 'hidden' | 'destroyed' | 'none';
  @ApiProperty({
    ...{ example: '138****5678', nullable: true },
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
  })
  value!: Json;
  @ApiProperty({ nullable: true, type: String, example: null, description: 'Label of a catalogue code' })
  text!: string | null;
}

/** A change by whom it was made, and when. */
export class ChangeAnswer extends ActAnswer {
  @ApiProperty({ example: 'ProposalSigned' })
  type!: string;
  @ApiProperty({ type: EventPlaceAnswer })
  event!: EventPlaceAnswer;
}

export class DifferenceAnswer extends NamedFieldAnswer {
  @ApiProperty({ nullable: true, type: CodeAnswer, description: 'The list that it is a member of' })
  list!: CodeAnswer | null;
  @ApiProperty({ example: 'personal', enum: ['open', 'confidential', 'personal', 'sensitive'] })
  level!: string;
  @ApiProperty({ type: SideAnswer, description: 'What it would replace' })
  old!: SideAnswer;
  @ApiProperty({
    type: SideAnswer,
    description: 'What was proposed; none where the value would be taken away',
  })
  new!: SideAnswer;
  @ApiProperty({ example: true, description: 'Whether `?open=` would open it now, with the purpose stated' })
  mayOpen!: boolean;
  @ApiProperty({ nullable: true, type: String, example: 'reading.purpose-required', description: 'Why not' })
  needs!: string | null;
  @ApiProperty({
    ...{ type: ChangeAnswer, nullable: true },
    description:
      'The value has changed since the base, of an open proposal: it cannot be signed on this field',
  })
  staleBy!: ChangeAnswer | null;
}

export class ReasonAnswer {
  @ApiProperty({ example: 'hidden', enum: ['value', 'hidden', 'destroyed'] })
  shown!: 'value' | 'hidden' | 'destroyed';
  @ApiProperty({ nullable: true, type: String, example: '客户来电告知' })
  value!: string | null;
  @ApiProperty({ nullable: true, type: String, description: 'Why it may not be opened' })
  needs!: string | null;
}

/** A proposal as it is signed: old beside new. */
export class ProposalAnswer extends ProposalItemAnswer {
  @ApiProperty({ type: PersonAnswer, nullable: true, description: 'The custodian of the record' })
  custodian!: PersonAnswer | null;
  @ApiProperty({ type: ReasonAnswer })
  reason!: ReasonAnswer;
  @ApiProperty({ type: [DifferenceAnswer], description: 'In the order of the schema' })
  diff!: DifferenceAnswer[];
  @ApiProperty({ example: 'a1'.repeat(32), description: 'HMAC of the diff: a signature is made over it' })
  diffMac!: string;
  @ApiProperty({ example: true, description: 'Whether you may sign it now' })
  maySign!: boolean;
}
