import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ROLES, type Role } from '#domain/roles.js';
import { CodeField, FlagField } from '../http/fields.js';
import { ListAnswer } from '../lists/list-answer.js';
import { PageQuery } from '../lists/page-query.js';

export class StaffListQuery extends PageQuery {
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @FlagField({ en: 'only those who are active, or only those who are not', zh: '仅在岗或仅停用人员' })
  active?: boolean | null;

  @CodeField(ROLES, { en: 'a role that they hold now', zh: '现任角色', optional: true })
  role?: Role | null;
}

export class GrantAnswer {
  @ApiProperty({ example: 'collector', enum: [...ROLES] })
  role!: string;
  @ApiProperty({ example: 'Collector' })
  label!: string;
  @ApiProperty({
    example: '2025-03-01T00:05:00.000Z',
    nullable: true,
    type: String,
    description: 'Null: it waits',
  })
  confirmedAt!: string | null;
  @ApiProperty({ nullable: true, type: String, description: 'Held before this instant; null: no end' })
  until!: string | null;
}

/** A member of staff as everybody who is signed in sees him. */
export class StaffItemAnswer {
  @ApiProperty({ example: 'collector-1' })
  id!: string;
  @ApiProperty({ example: '孙丽', nullable: true, type: String })
  name!: string | null;
  @ApiProperty({ example: true })
  active!: boolean;
  @ApiProperty({ type: [String], example: ['collector'], description: 'In force now' })
  roles!: readonly string[];
  @ApiProperty({ example: '2025-03-01T00:04:00.000Z' })
  registeredAt!: string;
  @ApiProperty({ nullable: true, type: String })
  deactivatedAt!: string | null;
}

/** What he himself and those who look after the team see. */
export class StaffDutiesAnswer {
  @ApiProperty({ type: [GrantAnswer], description: 'Roles held or asked for' })
  grants!: GrantAnswer[];
  @ApiProperty({ nullable: true, type: String, description: 'End of the undertaking of confidentiality' })
  undertakingUntil!: string | null;
  @ApiProperty({ nullable: true, type: String, description: 'Who is named as his successor' })
  successor!: string | null;
}

export class StaffDetailAnswer extends StaffItemAnswer {
  @ApiProperty({
    ...{ type: StaffDutiesAnswer, nullable: true },
    description: 'For himself, administrators, managers, executives and auditors; null for others',
  })
  duties!: StaffDutiesAnswer | null;
}

export class StaffListAnswer extends ListAnswer {
  @ApiProperty({ type: [StaffItemAnswer] })
  items!: StaffItemAnswer[];
}
