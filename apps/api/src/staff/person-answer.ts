import { ApiProperty } from '@nestjs/swagger';

/** A member of staff by id and name. */
export class PersonAnswer {
  @ApiProperty({ example: 'custodian-1' })
  id!: string;
  @ApiProperty({ example: '赵宏', nullable: true, type: String })
  name!: string | null;
}

/** Somebody's act. */
export class ActAnswer {
  @ApiProperty({ type: PersonAnswer })
  by!: PersonAnswer;
  @ApiProperty({ type: PersonAnswer, nullable: true, description: 'In whose name, under a delegation' })
  onBehalfOf!: PersonAnswer | null;
  @ApiProperty({ example: '2025-03-03T01:00:00.000Z' })
  at!: string;
}
