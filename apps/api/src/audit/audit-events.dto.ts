import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '#engine/json.js';
import { InstantField, StaffIdField } from '../http/fields.js';
import { FormField, PositionField } from '../lists/page-query.js';
import { EventPageQuery } from '../records/reading/history.dto.js';
import { RECORD_NAME } from '../records/record-id.pipe.js';
import { PersonAnswer } from '../staff/person-answer.js';

export class AuditEventsQuery extends EventPageQuery {
  @StaffIdField({
    en: 'who acted, himself or through a delegate',
    zh: '行为人（含被代理人）',
    optional: true,
  })
  actor?: string | null;

  @FormField(RECORD_NAME, {
    en: 'the record whose stream is replayed, by id or file number',
    zh: '档案标识或档号，只回放其事件流',
    example: 'KH-2025-00017',
  })
  record?: string | null;

  @FormField(/^[A-Z][A-Za-z]{0,79}$/, { en: 'an event type', zh: '事件类型', example: 'RecordFiled' })
  type?: string | null;

  @InstantField({ en: 'recorded at or after', zh: '记录时间起', optional: true })
  since?: string | null;

  @InstantField({ en: 'recorded before', zh: '记录时间止（不含）', optional: true })
  until?: string | null;

  @PositionField({
    en: 'the position of the log to begin behind, in the direction of the order',
    zh: '起始位置（不含），按排序方向',
  })
  position?: string | null;
}

/** One event as it stands in the log; what is sealed in it stays sealed. */
export class AuditEventAnswer {
  @ApiProperty({ example: '00000000000000000042' })
  position!: string;
  @ApiProperty({ example: '5a4d8e61-6fad-4a5d-9c81-be7fc0a19c65' })
  id!: string;
  @ApiProperty({ example: 'RecordFiled' })
  type!: string;
  @ApiProperty({ example: 1 })
  schemaVersion!: number;
  @ApiProperty({ example: 'customerRecord-0b1f5f3e-8f5a-5d0e-9d0b-2f6a4c1d7e11' })
  stream!: string;
  @ApiProperty({ example: 2 })
  revision!: number;
  @ApiProperty({ example: 'record.filed' })
  code!: string;
  @ApiProperty({ example: '赵宏 filed the record under KH-2025-00017, electronic, kept as: prospect' })
  text!: string;
  @ApiProperty({ type: PersonAnswer })
  by!: PersonAnswer;
  @ApiProperty({ type: [String], example: ['custodian'], description: 'Held at that moment' })
  roles!: readonly string[];
  @ApiProperty({ type: PersonAnswer, nullable: true })
  onBehalfOf!: PersonAnswer | null;
  @ApiProperty({ example: '2025-03-05T01:00:00.000Z' })
  recordedAt!: string;
  @ApiProperty({ example: '2025-03-05T01:00:00.000Z' })
  effectiveAt!: string;
  @ApiProperty({ example: '0e3f4f6e-64b0-4b0e-a2f5-7a0c2d9b8f11' })
  commandId!: string;
  @ApiProperty({ example: 'b2a0c7e8-8d1e-4f9a-9a0f-1f2e3d4c5b6a' })
  correlationId!: string;
  @ApiProperty({ nullable: true, type: String })
  causationId!: string | null;
  @ApiProperty({ example: 'api', enum: ['api', 'cli', 'import', 'engine'] })
  channel!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { schema: 'default@1' } })
  policies!: Readonly<Record<string, string>>;
  @ApiProperty({
    ...{ type: 'object', additionalProperties: true },
    description: 'Its clear part; open values of a destroyed record are null',
  })
  data!: JsonObject;
  @ApiProperty({ type: [String], example: ['record'], description: 'Parts that are sealed in it' })
  sealed!: string[];
  @ApiProperty({ description: 'SHA-256 of the event before it in the stream' })
  prev!: string;
  @ApiProperty({ description: 'SHA-256 of this event, sealed as it is' })
  hash!: string;
}

export class AuditEventsAnswer {
  @ApiProperty({ type: [AuditEventAnswer] })
  items!: AuditEventAnswer[];
  @ApiProperty({
    ...{ nullable: true, type: String },
    description: 'Goes on from here; a page may be short, or empty, where few events match. Null at the end',
  })
  next!: string | null;
  @ApiProperty({ example: 2000, description: 'Events looked at for this page' })
  scanned!: number;
  @ApiProperty({ nullable: true, type: String, description: 'Position of the last event looked at' })
  position!: string | null;
}
