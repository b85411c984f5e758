import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '#engine/json.js';

/** One fault of a request. */
export class FaultAnswer {
  @ApiProperty({
    example: '/content/phone',
    description: 'JSON pointer into the body, or name of a parameter',
  })
  pointer!: string;
  @ApiProperty({ example: 'field.invalid-phone' })
  code!: string;
  @ApiProperty({ example: 'Give a phone number such as 13812345678.' })
  detail!: string;
}

/** Problem details (RFC 9457). */
export class ProblemAnswer {
  @ApiProperty({ example: '/problems/record.unknown' })
  type!: string;
  @ApiProperty({ example: 'There is no such record' })
  title!: string;
  @ApiProperty({ example: 404 })
  status!: number;
  @ApiProperty({ example: 'No record has this id or file number.' })
  detail!: string;
  @ApiProperty({ example: 'record.unknown', description: 'Stable; the same in every language' })
  code!: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'Facts of the case' })
  params?: JsonObject;
  @ApiPropertyOptional({ type: [FaultAnswer] })
  errors?: FaultAnswer[];
  @ApiProperty({ example: 'b2a0c7e8-8d1e-4f9a-9a0f-1f2e3d4c5b6a' })
  correlationId!: string;
}
