import { ApiProperty } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Done } from '#engine/command.js';
import type { StoredEvent } from '#engine/event.js';
import type { JsonObject } from '#engine/json.js';
import { etag, placeOf } from './command-request.js';

/** Where a command landed: part of every answer to a command. */
export class PlaceAnswer {
  @ApiProperty({ example: 'customerRecord-0b1f5f3e-8f5a-5d0e-9d0b-2f6a4c1d7e11' })
  stream!: string;
  @ApiProperty({ example: 3, description: 'Revision of the stream, also the ETag' })
  revision!: number;
  @ApiProperty({
    example: '00000000000000000042',
    description: 'Pass it as `?after=` to read your own write',
  })
  position!: string;
}

/** What the events of a command say, where they stand, and the new revision as the ETag. */
export function answer<T extends object>(reply: FastifyReply, done: Done, said: T): T & PlaceAnswer {
  void reply.header('etag', etag(done.revision));
  return { ...said, ...placeOf(done) };
}

/** The clear data of the first event of a type that a command led to. */
export function dataOf<T extends JsonObject>({ events }: Done, type: string): T | undefined {
  return events.find((event: StoredEvent) => event.type === type)?.data as T | undefined;
}
