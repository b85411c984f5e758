import { ApiProperty } from '@nestjs/swagger';
import type { Json } from '#engine/json.js';
import { ActAnswer, PersonAnswer } from '../../staff/person-answer.js';
import { PendingProposalAnswer, UncountersignedAnswer } from '../../updates/pending.dto.js';
import { CodeAnswer } from './labels.js';

export class EventPlaceAnswer {
  @ApiProperty({ example: 'customerRecord-0b1f5f3e-8f5a-5d0e-9d0b-2f6a4c1d7e11' })
  stream!: string;
  @ApiProperty({ example: 0 })
  revision!: number;
}

export class GivenAnswer extends ActAnswer {
  @ApiProperty({ example: '2025-03-01', description: 'Business time: since when it is so' })
  effectiveAt!: string;
  @ApiProperty({
    ...{ type: CodeAnswer, nullable: true },
    description: 'How the customer’s data came in; null where a member of staff stated it by his act',
  })
  channel!: CodeAnswer | null;
  @ApiProperty({ type: EventPlaceAnswer })
  event!: EventPlaceAnswer;
}

/** Where a value came from, and who stands for it. */
export class ProvenanceAnswer {
  @ApiProperty({ type: GivenAnswer })
  given!: GivenAnswer;
  @ApiProperty({ type: ActAnswer, nullable: true, description: 'The approval that covered it' })
  reviewed!: ActAnswer | null;
  @ApiProperty({ type: ActAnswer, nullable: true, description: 'The signature or countersignature under it' })
  signed!: ActAnswer | null;
  @ApiProperty({ example: false, description: 'In force, but no second person has looked at it yet' })
  notCountersigned!: boolean;
  @ApiProperty({ nullable: true, type: String, description: 'When the countersignature is due' })
  countersignBy!: string | null;
  @ApiProperty({ example: false, description: 'Kept as given: not in its standard form' })
  unverified!: boolean;
}

export class FieldAnswer {
  @ApiProperty({ example: '/contacts/5d0e/phone', description: 'Name it so in `?open=`' })
  pointer!: string;
  @ApiProperty({ example: 'phone' })
  key!: string;
  @ApiProperty({ example: 'Phone' })
  label!: string;
  @ApiProperty({ nullable: true, type: CodeAnswer, description: 'The list that it is a member of' })
  list!: CodeAnswer | null;
  @ApiProperty({ example: 'personal', enum: ['open', 'confidential', 'personal', 'sensitive'] })
  level!: string;
  @ApiProperty({
    ...{ example: 'mask', enum: ['value', 'mask', 'hidden', 'destroyed'] },
    description: 'What `value` holds; it is null where hidden or destroyed',
  })
  shown!: 'value' | 'mask' | 'hidden' | 'destroyed';
  @ApiProperty({
    ...{ example: '138****5678', nullable: true },
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
  })
  value!: Json;
  @ApiProperty({ nullable: true, type: String, example: null, description: 'Label of a catalogue code' })
  text!: string | null;
  @ApiProperty({ example: true, description: 'Whether `?open=` would open it now, with the purpose stated' })
  mayOpen!: boolean;
  @ApiProperty({ nullable: true, type: String, example: 'reading.purpose-required', description: 'Why not' })
  needs!: string | null;
  @ApiProperty({ type: ProvenanceAnswer })
  provenance!: ProvenanceAnswer;
}

export class MissingAnswer {
  @ApiProperty({ example: '/region' })
  pointer!: string;
  @ApiProperty({ example: 'Region' })
  label!: string;
}

export class OwnerAnswer extends PersonAnswer {
  @ApiProperty({ example: '2025-03-03T01:00:00.000Z' })
  since!: string;
  @ApiProperty({ example: '2025-06-01T01:00:00.000Z', description: 'End of the standing grant' })
  until!: string;
}

export class HoldInForceAnswer {
  @ApiProperty({ example: '9a7b330a-1e5c-5d5f-9a64-0b5a1b0f7c55' })
  id!: string;
  @ApiProperty({ type: ActAnswer })
  placed!: ActAnswer;
  @ApiProperty({ example: false })
  byAuditor!: boolean;
  @ApiProperty({ example: false, description: 'An auditor has consented to its release' })
  consented!: boolean;
}

export class ReviewRoundAnswer {
  @ApiProperty({ example: 1 })
  round!: number;
  @ApiProperty({ type: ActAnswer })
  submitted!: ActAnswer;
  @ApiProperty({
    nullable: true,
    type: String,
    enum: ['approved', 'returned', 'rejected'],
    example: 'approved',
  })
  outcome!: string | null;
  @ApiProperty({ type: ActAnswer, nullable: true })
  decided!: ActAnswer | null;
}

export class AllowedActionAnswer {
  @ApiProperty({ example: 'PlaceHold' })
  command!: string;
  @ApiProperty({ nullable: true, type: String, description: 'Id of the loan, hold, application or proposal' })
  target!: string | null;
}

export class UrgencyAnswer extends CodeAnswer {
  @ApiProperty({ nullable: true, type: String, description: 'Until then; afterwards it can wait' })
  until!: string | null;
}

export class ClassAnswer {
  @ApiProperty({ type: CodeAnswer })
  grade!: CodeAnswer;
  @ApiProperty({ type: CodeAnswer })
  cooperationStatus!: CodeAnswer;
  @ApiProperty({ type: UrgencyAnswer, description: 'In force now' })
  urgency!: UrgencyAnswer;
  @ApiProperty({ type: CodeAnswer })
  kind!: CodeAnswer;
}

export class BasisAnswer extends CodeAnswer {
  @ApiProperty({ nullable: true, type: String, example: '2025-03-03' })
  toldOn!: string | null;
}

/** A customer's file, as one reader may see it. */
export class RecordAnswer {
  @ApiProperty({ example: '0b1f5f3e-8f5a-5d0e-9d0b-2f6a4c1d7e11' })
  id!: string;
  @ApiProperty({ example: 7, description: 'Revision of its stream, also the ETag' })
  revision!: number;
  @ApiProperty({ example: 'KH-2025-00017', nullable: true, type: String })
  fileNumber!: string | null;
  @ApiProperty({ example: 'company', enum: ['company', 'person'] })
  subjectType!: string;
  @ApiProperty({ type: CodeAnswer })
  status!: CodeAnswer;
  @ApiProperty({ example: false, description: 'Stored, but not to be read or used' })
  restricted!: boolean;
  @ApiProperty({ type: ClassAnswer, description: 'Proposed until the record is approved' })
  class!: ClassAnswer;
  @ApiProperty({ type: [CodeAnswer], description: 'Purposes that the customer was told of' })
  purposes!: CodeAnswer[];
  @ApiProperty({ type: BasisAnswer })
  basis!: BasisAnswer;
  @ApiProperty({ type: [String], example: [], description: 'Sensitive fields with a separate consent' })
  separateConsents!: readonly string[];
  @ApiProperty({ type: CodeAnswer })
  sourceChannel!: CodeAnswer;
  @ApiProperty({ type: CodeAnswer, nullable: true })
  retentionClass!: CodeAnswer | null;
  @ApiProperty({ type: PersonAnswer })
  collector!: PersonAnswer;
  @ApiProperty({ type: PersonAnswer, nullable: true })
  custodian!: PersonAnswer | null;
  @ApiProperty({ type: OwnerAnswer, nullable: true, description: 'Who follows it up' })
  owner!: OwnerAnswer | null;
  @ApiProperty({ nullable: true, type: String, example: '2025-03-01' })
  firstContactOn!: string | null;
  @ApiProperty({ example: '2025-03-03T01:00:00.000Z' })
  openedAt!: string;
  @ApiProperty({ nullable: true, type: Number, example: 0, description: 'Days late; null where not counted' })
  lateDays!: number | null;
  @ApiProperty({ example: false, description: 'A migrated entry' })
  historic!: boolean;
  @ApiProperty({ nullable: true, type: String, example: '2025-03-04T01:00:00.000Z' })
  approvedAt!: string | null;
  @ApiProperty({ nullable: true, type: String, example: '2025-03-05T01:00:00.000Z' })
  filedAt!: string | null;
  @ApiProperty({ nullable: true, type: String, description: 'When it was rejected or withdrawn' })
  closedAt!: string | null;
  @ApiProperty({ type: [ReviewRoundAnswer] })
  rounds!: ReviewRoundAnswer[];
  @ApiProperty({ type: [FieldAnswer], description: 'In the order of the schema' })
  fields!: FieldAnswer[];
  @ApiProperty({ type: [MissingAnswer], description: 'Required fields without a value' })
  missing!: MissingAnswer[];
  @ApiProperty({ type: [HoldInForceAnswer] })
  holds!: HoldInForceAnswer[];
  @ApiProperty({ type: [PendingProposalAnswer], description: 'Changes that wait for a signature' })
  proposals!: PendingProposalAnswer[];
  @ApiProperty({ type: [UncountersignedAnswer], description: 'Changes that wait for a countersignature' })
  uncountersigned!: UncountersignedAnswer[];
  @ApiProperty({ type: [AllowedActionAnswer], description: 'Commands that you could give now' })
  allowedActions!: AllowedActionAnswer[];
}
