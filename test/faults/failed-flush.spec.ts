import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openSqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { ensureBuilt, startBuilt, type Ended, type Program } from '../builders/built.js';

/** A start and a build take seconds; on a busy machine, many. */
const START_MS = 60_000;
const PRELOADED = pathToFileURL(join(__dirname, 'failing-flush.mjs')).href;

/** The answer's status; null where the connection ended without one. */
async function statusOf(request: Promise<Response>): Promise<number | null> {
  return request.then(
    ({ status }) => status,
    () => null,
  );
}

describe('A running API whose disk fails to flush the log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-flush-'));
  const data = join(folder, 'data');
  const trigger = join(folder, 'the-disk-fails');
  let program: Program;
  let before: number | null;
  let statuses: (number | null)[];
  let ended: Ended;

  beforeAll(async () => {
    ensureBuilt();
    program = startBuilt('apps/api/src/main.js', [], {
      ...{ NODE_OPTIONS: `--import=${PRELOADED}`, FLUSH_FAILS_ONCE_THERE_IS: trigger },
      ...{ DATA_DIR: data, PORT: '0', LOG_LEVEL: 'fatal' },
    });
    const shown = program.line(/^ {4}\S{16,}$/);
    const api = / at (\S+),/.exec(await program.line(/Dossier answers at/))![1]!;
    const oneTime = (await shown).trim();
    let authorization = '';
    const post = (path: string, body: object) =>
      fetch(`${api}/v1/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
        body: JSON.stringify(body),
      });
    const register = (id: string) => statusOf(post('staff', { id, name: '孙丽', roles: ['collector'] }));

    const session = await post('sessions', { staff: 'admin', password: oneTime });
    authorization = `Bearer ${((await session.json()) as { token: string }).token}`;
    await post('me/password', { present: oneTime, password: 'a password of his own' });
    before = await register('kept');
    writeFileSync(trigger, '');
    statuses = await Promise.all(['lost-1', 'lost-2', 'lost-3'].map(register));
    ended = await program.ended;
  }, START_MS);
  afterAll(() => {
    program.signal('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  it('had acknowledged what came before', () => {
    expect(before).toBe(201);
  });

  it('acknowledges none of the requests in hand', () => {
    expect(statuses).toHaveLength(3);
    for (const status of statuses) expect(status ?? 503).toBeGreaterThanOrEqual(500);
  });

  it('ends by itself with an exit code that is not zero, and says why', () => {
    expect(ended.code).toBe(1);
    expect(ended.stdout + ended.stderr).toMatch(/"level":60.*"error":"LogUnavailable"/);
  });

  it('has lost nothing that it had acknowledged, and has kept nothing else', async () => {
    const log = openSqliteEventLog({ path: join(data, 'log.db') });
    const streams = new Set((await log.readAll({ after: null, maxCount: 100 })).map(({ stream }) => stream));
    await log.close();
    expect(streams).toContain('staff-kept');
    for (const lost of ['lost-1', 'lost-2', 'lost-3']) expect(streams).not.toContain(`staff-${lost}`);
  });
});
