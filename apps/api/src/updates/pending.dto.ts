import { ApiProperty } from '@nestjs/swagger';
import { StaffIdField } from '../http/fields.js';
import { ListAnswer } from '../lists/list-answer.js';
import { PageQuery } from '../lists/page-query.js';
import { RecordRefAnswer } from '../records/reading/record-refs.js';
import { ActAnswer, PersonAnswer } from '../staff/person-answer.js';

export class PendingQuery extends PageQuery {
  @StaffIdField({ en: 'the custodian of the records', zh: '档案的保管员', optional: true })
  custodian?: string | null;
}

/** A field, by its place and its name in the caller's language. */
export class NamedFieldAnswer {
  @ApiProperty({ example: '/contacts/5d0e/phone' })
  pointer!: string;
  @ApiProperty({ example: 'contacts – phone' })
  label!: string;
}

/** Changes that wait for a signature. */
export class PendingProposalAnswer {
  @ApiProperty({ example: '2b1c7f0e-6a55-5f0f-9a6e-1c3f6c2d9b41' })
  id!: string;
  @ApiProperty({ type: ActAnswer })
  proposed!: ActAnswer;
  @ApiProperty({ type: [NamedFieldAnswer] })
  fields!: NamedFieldAnswer[];
  @ApiProperty({ example: '2025-04-02T01:00:00.000Z' })
  lapsesAt!: string;
}

/** A change in force that no second person has looked at. */
export class UncountersignedAnswer extends NamedFieldAnswer {
  @ApiProperty({ type: ActAnswer, description: 'Who made the change' })
  changed!: ActAnswer;
  @ApiProperty({ example: false, description: 'The value was taken away' })
  removed!: boolean;
  @ApiProperty({ example: '2025-03-10T01:00:00.000Z' })
  dueAt!: string;
}

/** A record in which something waits for a second person. */
abstract class PendingItemAnswer {
  @ApiProperty({ type: RecordRefAnswer })
  record!: RecordRefAnswer;
  @ApiProperty({ type: PersonAnswer, nullable: true })
  custodian!: PersonAnswer | null;
  @ApiProperty({ example: 9, description: 'Revision of the record: what you see here' })
  revision!: number;
}

export class ProposalsPendingAnswer extends PendingItemAnswer {
  @ApiProperty({ type: [PendingProposalAnswer] })
  proposals!: PendingProposalAnswer[];
}

export class CountersignaturesPendingAnswer extends PendingItemAnswer {
  @ApiProperty({ example: '2025-03-10T01:00:00.000Z', description: 'When the first of them is due' })
  dueAt!: string;
  @ApiProperty({ example: false })
  overdue!: boolean;
  @ApiProperty({ type: [UncountersignedAnswer] })
  uncountersigned!: UncountersignedAnswer[];
}

export class PendingProposalsAnswer extends ListAnswer {
  @ApiProperty({ type: [ProposalsPendingAnswer] })
  items!: ProposalsPendingAnswer[];
}

export class PendingCountersignaturesAnswer extends ListAnswer {
  @ApiProperty({ type: [CountersignaturesPendingAnswer] })
  items!: CountersignaturesPendingAnswer[];
}
