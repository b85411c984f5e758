import { Injectable } from '@nestjs/common';
import { categoryOf, type RecordedEvent } from '#engine/event.js';
import type { Json, JsonObject } from '#engine/json.js';
import { recordDecider } from '#domain/records/decider.js';
import { Kernel } from '#infra/kernel/kernel.js';

/** The clear part of events as it may still be shown: open values of a record die for readers when the record does. */
@Injectable()
export class ClearData {
  constructor(private readonly kernel: Kernel) {}

  async of(events: readonly RecordedEvent[]): Promise<(event: RecordedEvent) => JsonObject> {
    const streams = new Set(events.filter(hasOpenValues).map(({ stream }) => stream));
    const gone = new Set<string>();
    await Promise.all(
      [...streams].map(async (stream) => {
        const { state } = await this.kernel.executor.load(recordDecider, stream);
        if (state.status === 'being-destroyed' || state.status === 'destroyed') gone.add(stream);
      }),
    );
    return (event) => (gone.has(event.stream) ? withoutValues(event.data) : event.data);
  }
}

function hasOpenValues({ stream, data }: RecordedEvent): boolean {
  return categoryOf(stream) === 'customerRecord' && isObject(data['open']);
}

function withoutValues(data: JsonObject): JsonObject {
  const { open } = data;
  if (!isObject(open)) return data;
  return { ...data, open: Object.fromEntries(Object.keys(open).map((pointer) => [pointer, null])) };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
