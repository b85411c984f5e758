import type { StoredEvent } from '#engine/event.js';
import { openSqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { chainedEvent } from '../../builders/stored-event.js';

/** Seldom more than this fits between two checkpoints, so that a kill often meets one. */
const CHECKPOINT_BYTES = 256 * 1024;

/**
 * Appends to the log named first with as many writers as named second, each to a stream of its own, without end.
 * Prints `<stream> <revision> <hash>` for each acknowledgement, at once.
 */
const [path, count] = process.argv.slice(2) as [string, string];
const log = openSqliteEventLog({ path, checkpoints: { idleMs: 5, bytes: CHECKPOINT_BYTES } });

async function write(stream: string): Promise<void> {
  let last: StoredEvent | null =
    (await log.readStream(stream, { direction: 'backwards', maxCount: 1 }))[0] ?? null;
  for (;;) {
    const revision: number = last?.revision ?? -1;
    const batch: StoredEvent[] = [];
    for (let i = 0; i <= (revision + 1) % 3; i++) {
      last = chainedEvent(last, { stream, data: { text: 'x'.repeat(300) } });
      batch.push(last);
    }
    await log.append(stream, revision, batch);
    // Writing to a pipe is synchronous: the line has left this process before the next append begins.
    process.stdout.write(`${stream} ${last?.revision} ${last?.hash}\n`);
  }
}

await Promise.all(Array.from({ length: Number(count) }, (_, i) => write(`thing-${i}`)));
