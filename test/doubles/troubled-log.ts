import type { AppendResult, EventLog } from '#engine/ports/event-log.js';

/** What befalls an append: `write` carries it out. The call is counted from 1. */
export type Trouble = (write: () => Promise<AppendResult>, call: number) => Promise<AppendResult>;

/** A log whose appends meet with trouble; everything else passes through. */
export function troubledLog(log: EventLog, trouble: Trouble): EventLog & { appends(): number } {
  let calls = 0;
  return {
    append: (stream, revision, events) => trouble(() => log.append(stream, revision, events), ++calls),
    readStream: (stream, options) => log.readStream(stream, options),
    readAll: (options) => log.readAll(options),
    subscribe: (options) => log.subscribe(options),
    head: () => log.head(),
    close: () => log.close(),
    appends: () => calls,
  };
}
