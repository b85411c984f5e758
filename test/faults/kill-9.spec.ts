import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '#engine/event.js';
import { chainFault } from '#engine/proof/chain.js';
import { openSqliteEventLog, type SqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { startChild } from './children/child.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 25);
/** A log is given up for a new one after so many kills, so that a round stays short. */
const KILLS_PER_LOG = 10;
const WRITERS = 50;
/** A kill comes at any moment from the first acknowledgement to so many milliseconds later. */
const LATEST_KILL_MS = 120;

interface Acknowledged {
  readonly stream: string;
  readonly revision: number;
  readonly hash: string;
}

/** Lets 50 writers append until they are killed; gives what was acknowledged to them. */
async function writeUntilKilled(path: string): Promise<Acknowledged[]> {
  const child = startChild('writers', path, String(WRITERS));
  const acknowledged: Acknowledged[] = [];
  child.onLine((line) => {
    const [stream, revision, hash] = line.split(' ');
    // The kill may cut the last line short.
    if (stream && hash?.length === 64) acknowledged.push({ stream, revision: Number(revision), hash });
  });
  try {
    await child.line();
    await new Promise((resolve) => setTimeout(resolve, Math.random() * LATEST_KILL_MS));
  } finally {
    await child.kill();
  }
  return acknowledged;
}

/** Hashes by stream and revision of the whole log, and every fault of its chains. */
async function readBack(log: SqliteEventLog) {
  const last = new Map<string, StoredEvent>();
  const hashes = new Map<string, string>();
  const faults: string[] = [];
  for (let after: string | null = null; ;) {
    const page = await log.readAll({ after, maxCount: 1_000 });
    for (const event of page) {
      const fault = chainFault(last.get(event.stream) ?? null, event);
      if (fault) faults.push(`${event.stream}@${event.revision}: ${fault}`);
      last.set(event.stream, event);
      hashes.set(`${event.stream}@${event.revision}`, event.hash);
    }
    const end = page.at(-1);
    if (!end) return { hashes, faults };
    after = end.position;
  }
}

describe(`A process with ${WRITERS} writers killed at any moment`, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dossier-kill-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const logs = Array.from({ length: Math.ceil(ROUNDS / KILLS_PER_LOG) }, (_, i) => ({
    log: i + 1,
    kills: Math.min(KILLS_PER_LOG, ROUNDS - i * KILLS_PER_LOG),
  }));

  it.each(logs)(
    'loses nothing that was acknowledged and leaves whole chains (log $log, $kills kills)',
    async ({ kills }) => {
      const path = join(folder, 'log.db');
      const acknowledged: Acknowledged[] = [];
      for (let kill = 0; kill < kills; kill++) {
        const before = acknowledged.length;
        for (const one of await writeUntilKilled(path)) acknowledged.push(one);
        expect(acknowledged.length).toBeGreaterThan(before);

        const log = openSqliteEventLog({ path });
        const { hashes, faults } = await readBack(log);
        await log.close();
        expect(faults).toEqual([]);
        const lost = acknowledged.filter(
          ({ stream, revision, hash }) => hashes.get(`${stream}@${revision}`) !== hash,
        );
        expect(lost).toEqual([]);
      }
    },
    KILLS_PER_LOG * 10_000,
  );
});
