import { Injectable } from '@nestjs/common';
import type { RecordedEvent } from '#engine/event.js';
import { UnreadableEvent } from '#engine/registry.js';
import { describe, type Sentence } from '#domain/history/sentences.js';
import { Kernel } from '#infra/kernel/kernel.js';
import type { Locale } from '../../http/locale.js';
import { StaffNames } from '../../staff/staff-names.js';

/** An event in words, with the names of whoever it is about. Texts that are sealed are no part of it. */
export interface ToldEvent {
  readonly event: RecordedEvent;
  readonly sentence: Pick<Sentence, 'code' | 'text'>;
  readonly nameOf: (staffId: string) => string | null;
}

/** Tells stored events in sentences. */
@Injectable()
export class ToldEvents {
  constructor(
    private readonly kernel: Kernel,
    private readonly names: StaffNames,
  ) {}

  async of(stored: readonly RecordedEvent[], locale: Locale): Promise<ToldEvent[]> {
    const events = stored.map((event) => this.#readable(event));
    const mentioned = new Set(stored.flatMap(({ actorId, onBehalfOf }) => [actorId, onBehalfOf ?? actorId]));
    for (const event of events) {
      describe(
        event,
        (id) => {
          mentioned.add(id);
          return id;
        },
        locale,
      );
    }
    const names = await this.names.of([...mentioned]);
    const nameOf = (id: string) => names.get(id) ?? null;
    return stored.map((event, i) => {
      const { code, text } = describe(events[i]!, (id) => nameOf(id) ?? id, locale);
      return { event, sentence: { code, text }, nameOf };
    });
  }

  /** An event of a newer program is still told, by its type alone. */
  #readable(event: RecordedEvent): RecordedEvent {
    try {
      return this.kernel.registry.upcast(event);
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      return { ...event, type: `${event.type}@${event.schemaVersion}` };
    }
  }
}
