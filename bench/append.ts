import { randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { GENESIS, type StoredEvent } from '#engine/event.js';
import { HASH_VERSION, hashOf } from '#engine/proof/chain.js';
import { openSqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import type { Effort } from './main.js';
import { interleaved, median, printTable, ratios, spread, type Contender } from './rounds.js';

/** Callers -> least share of the floor that the log should reach. */
const GOALS: readonly (readonly [callers: number, share: number])[] = [
  [1, 0.7],
  [50, 0.4],
  [500, 0.35],
];

/** A stream ends and the caller begins another after so many events, as the files of customers do. */
const STREAM_LENGTH = 20;

/**
 * Durable append of a chained event through the event log, beside
 * - a bare SQLite insert with the same grouping and no chain (peer),
 * - a bare file append with one fdatasync a group of bytes made beforehand (floor),
 * - the same with each event made, hashed and serialised: the floor of anything that chains.
 */
export async function benchmarkAppend(effort: Effort): Promise<void> {
  // Beside the built code, not in the temporary folder, which may stand in memory.
  const folder = mkdtempSync(join(dirname(fileURLToPath(import.meta.url)), 'append-'));
  const bytes = Buffer.byteLength(JSON.stringify(nextEvent(null, newStream())));
  console.log(
    `events of ${bytes} bytes; events a second, median of ${effort.rounds} rounds (least-greatest)\n`,
  );
  const rates = [['callers', ...contenders.map(({ name }) => name)]];
  const shares = [['callers', 'log / bare file', 'goal', '', 'log / chained file', 'log / bare SQLite']];
  try {
    for (const [callers, goal] of GOALS) {
      const opened = contenders.map(({ open, name }) => ({
        name,
        ...open(join(folder, `${callers} ${name}`), callers),
      }));
      const measured = await interleaved(opened, effort);
      for (const { close } of opened) await close();
      const [log = [], peer = [], floor = [], chained = []] = measured;
      const share = ratios(log, floor);
      const reached = median(share) >= goal ? 'reached' : 'missed';
      const others = [chained, peer].map((other) => spread(ratios(log, other), 2));
      rates.push([String(callers), ...measured.map((rate) => spread(rate))]);
      shares.push([String(callers), spread(share, 2), goal.toFixed(2), reached, ...others]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  printTable(rates);
  console.log();
  printTable(shares);
}

const contenders: readonly { name: string; open: (path: string, callers: number) => Opened }[] = [
  { name: 'event log', open: eventLog },
  { name: 'bare SQLite', open: bareSqlite },
  { name: 'bare file', open: bareFile },
  { name: 'chained file', open: chainedFile },
];

type Opened = Pick<Contender, 'run'> & { close(): void | Promise<void> };

/** Callers that each wait for their append before they make the next, for a while. */
async function callEach(
  callers: number,
  ms: number,
  call: (caller: number) => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  const end = start + ms;
  let done = 0;
  const caller = async (_: unknown, which: number) => {
    while (performance.now() < end) {
      await call(which);
      done++;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return (done * 1_000) / (performance.now() - start);
}

/** For each caller the event that continues its chain, in streams of a usual length. */
function chains(callers: number): (caller: number) => StoredEvent {
  const lasts = Array.from({ length: callers }, (): StoredEvent | null => null);
  return (caller) => {
    const last = lasts[caller] ?? null;
    const full = last === null || last.revision === STREAM_LENGTH - 1;
    const event = nextEvent(full ? null : last, full ? newStream() : last.stream);
    lasts[caller] = event;
    return event;
  };
}

function eventLog(path: string, callers: number): Opened {
  const log = openSqliteEventLog({ path });
  const next = chains(callers);
  const append = (caller: number) => {
    const event = next(caller);
    return log.append(event.stream, event.revision - 1, [event]);
  };
  return { run: (ms) => callEach(callers, ms, append), close: () => log.close() };
}

function bareSqlite(path: string, callers: number): Opened {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`CREATE TABLE event (position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL,
    revision INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE (stream, revision))`);
  const insert = db.prepare('INSERT INTO event (stream, revision, text) VALUES (?, ?, ?)');
  const text = JSON.stringify(nextEvent(null, newStream()));
  const places = Array.from({ length: callers }, () => ({ stream: newStream(), revision: 0 }));
  const insertAll = db.transaction((group: number[]) => {
    for (const caller of group) {
      const place = places[caller] ?? { stream: newStream(), revision: 0 };
      insert.run(place.stream, place.revision, text);
      const full = place.revision === STREAM_LENGTH - 1;
      places[caller] = full
        ? { stream: newStream(), revision: 0 }
        : { ...place, revision: place.revision + 1 };
    }
  });
  const insertGrouped = grouped((group: number[]) => insertAll.immediate(group));
  return { run: (ms) => callEach(callers, ms, insertGrouped), close: () => void db.close() };
}

function bareFile(path: string, callers: number): Opened {
  const { write, close } = appendedFile(path);
  const line = lineOf(nextEvent(null, newStream()));
  return { run: (ms) => callEach(callers, ms, () => write(line)), close };
}

function chainedFile(path: string, callers: number): Opened {
  const { write, close } = appendedFile(path);
  const next = chains(callers);
  return { run: (ms) => callEach(callers, ms, (caller) => write(lineOf(next(caller)))), close };
}

function appendedFile(path: string) {
  const file = openSync(path, 'a');
  const write = grouped((group: Buffer[]) => {
    writeSync(file, Buffer.concat(group));
    fdatasyncSync(file);
  });
  return { write, close: () => closeSync(file) };
}

const lineOf = (event: StoredEvent) => Buffer.from(`${JSON.stringify(event)}\n`);

/** The least that lets callers share a write: those that wait when the thread is free form a group. */
function grouped<T>(write: (group: T[]) => void): (item: T) => Promise<void> {
  let waiting: T[] = [];
  let wake: (() => void)[] = [];
  const flush = () => {
    const [group, callers] = [waiting, wake];
    [waiting, wake] = [[], []];
    write(group);
    for (const resolve of callers) resolve();
  };
  return (item) => {
    if (waiting.push(item) === 1) setImmediate(flush);
    return new Promise((resolve) => wake.push(resolve));
  };
}

const newStream = () => `customerRecord-${randomUUID()}`;

/** A sealed event of a usual size: a changed field with its reason under the record's key. */
function nextEvent(last: StoredEvent | null, stream: string): StoredEvent {
  const event: Omit<StoredEvent, 'hash'> = {
    id: randomUUID(),
    type: 'FieldVerified',
    schemaVersion: 1,
    stream,
    revision: last ? last.revision + 1 : 0,
    recordedAt: '2025-03-01T09:00:00.000Z',
    effectiveAt: '2025-03-01T09:00:00.000Z',
    actorId: 'b1f5f7c2-3f0e-4a53-9d1c-0d6c4c1f6a10',
    actorRoles: ['custodian'],
    onBehalfOf: null,
    commandId: randomUUID(),
    correlationId: '0f0c5f43-5d6d-4a3e-8a39-5f0f4d4f2f11',
    causationId: null,
    channel: 'api',
    policies: { fieldSchema: 'default@1' },
    bodyMac: null,
    prev: last ? last.hash : GENESIS,
    hashVersion: HASH_VERSION,
    data: { field: '/phone' },
    boxes: {
      record: { k: '5b6a3a52-8a4e-4a7e-8f55-9d2b8f0c7e12', c: 'p8Gk'.repeat(30), m: 'c4'.repeat(32) },
    },
  };
  return { ...event, hash: hashOf(event) };
}
