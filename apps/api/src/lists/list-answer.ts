import { ApiProperty } from '@nestjs/swagger';
import type { Lag } from '#engine/views/reader.js';

/** How far the list is behind the log. */
export class LagAnswer {
  @ApiProperty({
    nullable: true,
    type: Number,
    example: 0,
    description: 'Events not read yet; null: over 500',
  })
  events!: number | null;
  @ApiProperty({ example: 0, description: 'Age of the oldest of them' })
  seconds!: number;
}

/** What every list answers beside its items. */
export abstract class ListAnswer {
  @ApiProperty({ nullable: true, type: String, description: 'Cursor of the next page; null on the last one' })
  next!: string | null;
  @ApiProperty({
    ...{ nullable: true, type: String, example: '00000000000000000042' },
    description: 'Position of the log up to which the list is whole',
  })
  position!: string | null;
  @ApiProperty({ type: LagAnswer })
  lag!: LagAnswer;
}

/** The freshness of what was read from a view after its lag was taken. */
export function freshness({ position, eventsBehind, secondsBehind }: Lag) {
  return { position, lag: { events: eventsBehind ?? null, seconds: secondsBehind } };
}
