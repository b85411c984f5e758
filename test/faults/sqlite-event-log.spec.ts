import { LogUnavailable, UnknownOutcome, type EventLog } from '#engine/ports/event-log.js';
import { openEventTable, type EventTable } from '#infra/event-log/sqlite/event-table.js';
import { SqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { storedEvents } from '../builders/stored-event.js';

/** A log in memory on tables of which some calls fail while `failing` is set. */
function failingLog(calls: (table: EventTable, fail: () => void) => Partial<EventTable>, code: string) {
  const table = openEventTable(':memory:');
  const state = { failing: false, fatal: [] as LogUnavailable[] };
  const fail = () => {
    if (state.failing) throw Object.assign(new Error(`simulated ${code}`), { code });
  };
  const log = new SqliteEventLog(
    { ...table, ...calls(table, fail) },
    { onFatal: (reason) => state.fatal.push(reason), checkpoints: { idleMs: 1e6, bytes: 1e9 } },
  );
  return { log, state };
}

const atCommit = (table: EventTable, fail: () => void): Partial<EventTable> => ({
  commit() {
    fail();
    table.commit();
  },
});

const atInsert = (table: EventTable, fail: () => void): Partial<EventTable> => ({
  insert(...row) {
    fail();
    return table.insert(...row);
  },
});

const append = (log: EventLog, stream: string, revision = -1) =>
  log.append(stream, revision, storedEvents(stream, revision, 1));

async function errorsOf(appends: Promise<unknown>[]): Promise<unknown[]> {
  const answers = await Promise.allSettled(appends);
  return answers.map((answer) => (answer.status === 'rejected' ? answer.reason : 'acknowledged'));
}

async function streamsIn(log: EventLog): Promise<string[]> {
  return (await log.readAll({ after: null, maxCount: 100 })).map((event) => event.stream);
}

describe('A failed flush', () => {
  it.each(['SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_WRITE', 'SQLITE_CORRUPT', 'SQLITE_READONLY'])(
    '(%s) leaves the outcome of its own group unknown, and ends all acknowledgements for good',
    async (code) => {
      const { log, state } = failingLog(atCommit, code);
      await append(log, 'thing-1');
      state.failing = true;
      const errors = await errorsOf([append(log, 'thing-2'), append(log, 'thing-3')]);
      for (const error of errors) expect(error).toBeInstanceOf(UnknownOutcome);

      state.failing = false;
      const later = await errorsOf([append(log, 'thing-4')]);
      expect(later[0]).toBeInstanceOf(LogUnavailable);
      expect(await streamsIn(log)).toEqual(['thing-1']);
      await log.close();
    },
  );

  it('turns away those that wait behind its group', async () => {
    const { log, state } = failingLog(atCommit, 'SQLITE_IOERR_FSYNC');
    state.failing = true;
    const errors = await errorsOf(Array.from({ length: 1_010 }, (_, i) => append(log, `thing-${i}`)));
    expect(errors.filter((error) => error instanceof UnknownOutcome)).toHaveLength(1_000);
    expect(errors.filter((error) => error instanceof LogUnavailable)).toHaveLength(10);
    await log.close();
  });

  it('is reported once, with its cause', async () => {
    const { log, state } = failingLog(atCommit, 'SQLITE_IOERR_FSYNC');
    state.failing = true;
    await errorsOf([append(log, 'thing-1')]);
    await errorsOf([append(log, 'thing-2')]);
    await log.close();
    expect(state.fatal).toHaveLength(1);
    expect(state.fatal[0]?.cause).toMatchObject({ code: 'SQLITE_IOERR_FSYNC' });
  });

  it('in a checkpoint ends all acknowledgements, too', async () => {
    const { log, state } = failingLog(
      (table, fail) => ({
        checkpoint(mode) {
          fail();
          return table.checkpoint(mode);
        },
      }),
      'SQLITE_IOERR_FSYNC',
    );
    await append(log, 'thing-1');
    state.failing = true;
    expect(await log.checkpoint('passive')).toBe(false);
    expect(state.fatal).toHaveLength(1);
    expect((await errorsOf([append(log, 'thing-2')]))[0]).toBeInstanceOf(LogUnavailable);
    await log.close();
  });
});

describe('A full disk', () => {
  it.each([
    ['while inserting', atInsert],
    ['when committing', atCommit],
  ])('%s writes nothing of the group, and the log goes on when there is room again', async (_, where) => {
    const { log, state } = failingLog(where, 'SQLITE_FULL');
    await append(log, 'thing-1');
    state.failing = true;
    const errors = await errorsOf([append(log, 'thing-1', 0), append(log, 'thing-2')]);
    for (const error of errors) expect(error).toBeInstanceOf(LogUnavailable);
    expect(await streamsIn(log)).toEqual(['thing-1']);

    state.failing = false;
    expect(await errorsOf([append(log, 'thing-2'), append(log, 'thing-1', 0)])).toEqual([
      'acknowledged',
      'acknowledged',
    ]);
    expect(await streamsIn(log)).toEqual(['thing-1', 'thing-2', 'thing-1']);
    expect(state.fatal).toEqual([]);
    await log.close();
  });

  it('that cannot even be rolled back is fatal', async () => {
    const { log, state } = failingLog(
      (table, fail) => ({
        ...atInsert(table, fail),
        rollback() {
          fail();
          table.rollback();
        },
      }),
      'SQLITE_FULL',
    );
    state.failing = true;
    expect((await errorsOf([append(log, 'thing-1')]))[0]).toBeInstanceOf(LogUnavailable);
    expect(state.fatal).toHaveLength(1);
    await log.close();
  });
});

describe('A lock held by somebody else', () => {
  it('refuses the group, and the log goes on when it is free', async () => {
    const { log, state } = failingLog(
      (table, fail) => ({
        begin() {
          fail();
          table.begin();
        },
      }),
      'SQLITE_BUSY',
    );
    state.failing = true;
    expect((await errorsOf([append(log, 'thing-1')]))[0]).toBeInstanceOf(LogUnavailable);
    state.failing = false;
    expect(await errorsOf([append(log, 'thing-1')])).toEqual(['acknowledged']);
    expect(state.fatal).toEqual([]);
    await log.close();
  });
});
