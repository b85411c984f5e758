import { identify, LOG_STREAM, LogNotReadable } from '#engine/log-identity.js';
import type { EventLog } from '#engine/ports/event-log.js';
import { openSqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { chainedEvent, storedEvent } from '../builders/stored-event.js';
import { ManualClock } from '../doubles/manual-clock.js';

describe('The identity of a log', () => {
  const clock = new ManualClock();
  let log: EventLog;
  beforeEach(() => (log = openSqliteEventLog({ path: ':memory:' })));
  afterEach(() => log.close());

  const identityEvents = () => log.readStream(LOG_STREAM, { maxCount: 10 });

  it('is taken from whoever opened the log between the look at its stream and the look at its head', async () => {
    const late: EventLog = {
      ...passThrough(log),
      async readStream(stream, options) {
        const events = await log.readStream(stream, options);
        await identify(log, clock, false);
        return events;
      },
    };
    expect(await identify(late, clock, true)).toEqual(await identify(log, clock, false));
  });

  it('differs from log to log', async () => {
    const other = openSqliteEventLog({ path: ':memory:' });
    const [one, two] = [await identify(log, clock, false), await identify(other, clock, false)];
    await other.close();
    expect(one.logId).not.toBe(two.logId);
  });

  it('is refused to a log that holds events but was never opened', async () => {
    await log.append('thing-1', -1, [storedEvent({ stream: 'thing-1', revision: 0 })]);
    await expect(identify(log, clock, false)).rejects.toThrow(LogNotReadable);
    expect(await identityEvents()).toEqual([]);
  });

  const rules = {
    logId: '5a4d8e61-6fad-4a5d-9c81-be7fc0a19c65',
    hashVersion: 1,
    canonicalForm: 'RFC 8785, safe integers, well-formed strings',
    sealingVersion: 1,
    demo: false,
  };
  it.each([
    ['hashes by another version', { data: { ...rules, hashVersion: 2 } }],
    ['seals by another version', { data: { ...rules, sealingVersion: 2 } }],
    ['writes in another canonical form', { data: { ...rules, canonicalForm: 'CBOR' } }],
    ['begins with an event of a newer version', { data: rules, schemaVersion: 2 }],
    ['begins with something else', { data: rules, type: 'ThingHappened' }],
    ['begins with data that this program does not know', { data: { ...rules, cluster: 'a' } }],
  ])('is refused when the log %s', async (_, about) => {
    const event = chainedEvent(null, { stream: LOG_STREAM, type: 'LogOpened', ...about });
    await log.append(LOG_STREAM, -1, [event]);
    await expect(identify(log, clock, false)).rejects.toThrow(LogNotReadable);
  });
});

function passThrough(log: EventLog): EventLog {
  return {
    append: (...all) => log.append(...all),
    readStream: (...all) => log.readStream(...all),
    readAll: (...all) => log.readAll(...all),
    subscribe: (...all) => log.subscribe(...all),
    head: () => log.head(),
    close: () => log.close(),
  };
}
