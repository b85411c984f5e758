import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LogBusy, LogUnavailable, WrongExpectedRevision, type EventLog } from '#engine/ports/event-log.js';
import { openEventTable, type EventTable } from '#infra/event-log/sqlite/event-table.js';
import { openSqliteEventLog, SqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { storedEvents } from '../builders/stored-event.js';

/** Tables in memory that count the groups written. */
function countingTable(): { table: EventTable; commits: () => number } {
  const table = openEventTable(':memory:');
  let commits = 0;
  const commit = () => {
    commits++;
    table.commit();
  };
  return { table: { ...table, commit }, commits: () => commits };
}

function appendTo(log: EventLog, stream: string, revision = -1, count = 1) {
  return log.append(stream, revision, storedEvents(stream, revision, count));
}

describe('The event log on SQLite', () => {
  it('has no head and no events while it is empty', async () => {
    const log = openSqliteEventLog({ path: ':memory:' });
    expect(await log.head()).toBeNull();
    expect(await log.readAll({ after: null, maxCount: 10 })).toEqual([]);
    await log.close();
  });

  it('gives positions of 20 digits without holes, also after refusals', async () => {
    const log = openSqliteEventLog({ path: ':memory:' });
    await appendTo(log, 'thing-1', -1, 2);
    await Promise.allSettled([
      appendTo(log, 'thing-1'),
      appendTo(log, 'thing-1', 7),
      appendTo(log, 'thing-2'),
    ]);
    const positions = (await log.readAll({ after: null, maxCount: 10 })).map((event) => event.position);
    expect(positions).toEqual(['00000000000000000001', '00000000000000000002', '00000000000000000003']);
    await log.close();
  });

  describe('commits in groups', () => {
    it('so that appends made at the same moment share one transaction', async () => {
      const { table, commits } = countingTable();
      const log = new SqliteEventLog(table);
      await Promise.all(Array.from({ length: 500 }, (_, i) => appendTo(log, `thing-${i}`)));
      expect(commits()).toBe(1);
      await log.close();
    });

    it('of 4 MiB at most', async () => {
      const { table, commits } = countingTable();
      const log = new SqliteEventLog(table);
      const data = { text: 'x'.repeat(500_000) };
      const appends = Array.from({ length: 20 }, (_, i) =>
        log.append(`thing-${i}`, -1, storedEvents(`thing-${i}`, -1, 1, { data })),
      );
      await Promise.all(appends);
      expect(commits()).toBe(3);
      await log.close();
    });

    it('and refuses what is more than the queue may hold, in appends or in bytes', async () => {
      const log = openSqliteEventLog({ path: ':memory:', queue: { appends: 3, bytes: 5_000 } });
      const busy = (answers: PromiseSettledResult<unknown>[]) =>
        answers.map((answer) => answer.status === 'rejected' && answer.reason instanceof LogBusy);

      const many = await Promise.allSettled([1, 2, 3, 4, 5].map((i) => appendTo(log, `many-${i}`)));
      expect(busy(many)).toEqual([false, false, false, true, true]);

      const data = { text: 'x'.repeat(3_000) };
      const large = await Promise.allSettled(
        [1, 2].map((i) => log.append(`large-${i}`, -1, storedEvents(`large-${i}`, -1, 1, { data }))),
      );
      expect(busy(large)).toEqual([false, true]);

      await expect(appendTo(log, 'later-1')).resolves.toMatchObject({ revision: 0 });
      await log.close();
    });

    it('and writes what waits before it closes', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'dossier-log-'));
      const path = join(folder, 'log.db');
      const log = openSqliteEventLog({ path });
      const appending = Promise.all([1, 2, 3].map((i) => appendTo(log, `thing-${i}`)));
      await log.close();
      expect(await appending).toHaveLength(3);
      await expect(appendTo(log, 'thing-4')).rejects.toThrow(LogUnavailable);
      await expect(log.readAll({ after: null, maxCount: 1 })).rejects.toThrow(LogUnavailable);

      const again = openSqliteEventLog({ path });
      expect(await again.readAll({ after: null, maxCount: 10 })).toHaveLength(3);
      await again.close();
      rmSync(folder, { recursive: true });
    });
  });

  it('ends its subscriptions when it closes', async () => {
    const log = openSqliteEventLog({ path: ':memory:' });
    const signal = new AbortController().signal;
    const next = log.subscribe({ after: null, maxCount: 10, signal }).next();
    await log.close();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  describe('in a file', () => {
    let folder: string;
    let path: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'dossier-log-'));
      path = join(folder, 'log.db');
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it('notices what another connection has appended', async () => {
      const [one, two] = [openSqliteEventLog({ path }), openSqliteEventLog({ path })];
      await appendTo(one, 'thing-1');
      await appendTo(two, 'thing-1', 0);
      const stale = appendTo(one, 'thing-1', 0);
      await expect(stale).rejects.toThrow(WrongExpectedRevision);
      await expect(appendTo(one, 'thing-1', 1)).resolves.toMatchObject({ revision: 2 });
      await one.close();
      await two.close();
    });

    it('is emptied into its file by a truncating checkpoint, and leaves one file when closed', async () => {
      const log = openSqliteEventLog({ path });
      await appendTo(log, 'thing-1', -1, 50);
      expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
      expect(await log.checkpoint('truncate')).toBe(true);
      expect(statSync(`${path}-wal`).size).toBe(0);
      await log.close();
      expect(existsSync(`${path}-wal`)).toBe(false);
    });

    it('is checkpointed when nothing is appended for a while, and under a steady load by size', async () => {
      const table = openEventTable(path);
      let checkpoints = 0;
      const checkpoint: EventTable['checkpoint'] = (mode) => {
        checkpoints++;
        return table.checkpoint(mode);
      };
      const idle = new SqliteEventLog({ ...table, checkpoint }, { checkpoints: { idleMs: 1, bytes: 1e9 } });
      await appendTo(idle, 'thing-1');
      while (checkpoints === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      await idle.close();

      const busyTable = openEventTable(path);
      const busy = new SqliteEventLog(
        {
          ...busyTable,
          checkpoint: (mode) => {
            checkpoints++;
            return busyTable.checkpoint(mode);
          },
        },
        { checkpoints: { idleMs: 1e6, bytes: 50_000 } },
      );
      checkpoints = 0;
      for (let revision = 0; checkpoints === 0; revision++) await appendTo(busy, 'thing-1', revision);
      await busy.close();
    });

    it('of a newer format is refused', () => {
      const newer = new Database(path);
      newer.pragma('user_version = 99');
      newer.close();
      expect(() => openSqliteEventLog({ path })).toThrow(/log\.db has format 99; this program knows 1/);
    });
  });
});
