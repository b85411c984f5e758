import { Injectable } from '@nestjs/common';
import type { RecordedEvent } from '#engine/event.js';
import { Kernel } from '#infra/kernel/kernel.js';

/** Which events are wanted, and where the replay begins. */
export interface ReplayWish {
  /** One stream instead of the whole log. */
  readonly stream: string | null;
  readonly backwards: boolean;
  /** Position to go on from, itself excluded; `null` is the beginning of the direction. */
  readonly after: string | null;
  /** Revision to go on from, itself included, where it is one stream. */
  readonly from: number | null;
  readonly limit: number;
  readonly wanted: (event: RecordedEvent) => boolean;
}

export interface Replayed {
  readonly events: readonly RecordedEvent[];
  /** Events looked at. */
  readonly scanned: number;
  /** The last event looked at; `null` where there was none. */
  readonly last: RecordedEvent | null;
  /** The end of the log, or of the stream, was reached. */
  readonly complete: boolean;
}

const PAGE = 500;
/** Events that one request looks at, at most: a rare event is found in several requests, not in one long one. */
export const MOST_SCANNED = 2_000;

/** Reads the log itself, event by event. */
@Injectable()
export class Replay {
  constructor(private readonly kernel: Kernel) {}

  async run(wish: ReplayWish): Promise<Replayed> {
    const events: RecordedEvent[] = [];
    let last: RecordedEvent | null = null;
    for (let scanned = 0; scanned < MOST_SCANNED;) {
      const page = await this.#page(wish, last);
      for (const event of page) {
        scanned++;
        last = event;
        if (wish.wanted(event)) events.push(event);
        if (events.length === wish.limit) return { events, scanned, last, complete: false };
      }
      if (page.length < PAGE) return { events, scanned, last, complete: true };
    }
    return { events, scanned: MOST_SCANNED, last, complete: false };
  }

  #page(
    { stream, backwards, after, from }: ReplayWish,
    last: RecordedEvent | null,
  ): Promise<RecordedEvent[]> {
    const direction = backwards ? 'backwards' : 'forwards';
    const { log } = this.kernel;
    if (stream === null) return log.readAll({ after: last?.position ?? after, direction, maxCount: PAGE });
    const next = last === null ? from : last.revision + (backwards ? -1 : 1);
    if (next !== null && next < 0) return Promise.resolve([]);
    return log.readStream(stream, { ...(next === null ? {} : { from: next }), direction, maxCount: PAGE });
  }
}
