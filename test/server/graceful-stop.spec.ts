import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, startBuilt, type Program } from '../builders/built.js';

beforeAll(ensureBuilt, 180_000);

describe('a server that is told to stop', () => {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'dossier-stop-'));
  const agent = new Agent({ keepAlive: true });
  let api: Program;
  let url: string;
  beforeEach(async () => {
    api = startBuilt('apps/api/src/main.js', [], { DATA_DIR, PORT: '0', LOG_LEVEL: 'error' });
    url = /http:\S+\d/.exec(await api.line(/answers at/))![0];
  });
  afterEach(async () => {
    api.signal('SIGKILL');
    await api.ended;
  });
  afterAll(() => {
    agent.destroy();
    rmSync(DATA_DIR, { recursive: true });
  });

  /** A sign-in takes its time: its password is hashed slowly on purpose. The body goes out when `finish` is called. */
  function signIn(): { answer: Promise<IncomingMessage>; begun: Promise<unknown>; finish: () => void } {
    const call = request(`${url}/v1/sessions`, {
      ...{ method: 'POST', agent, headers: { 'content-type': 'application/json' } },
    });
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      call.on('response', (response) => response.resume().on('end', () => resolve(response)));
      call.on('error', reject);
    });
    call.flushHeaders();
    const begun = once(call, 'socket');
    return { answer, begun, finish: () => call.end(JSON.stringify({ staff: 'admin', password: 'wrong' })) };
  }

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s answers what is in flight on kept connections, and ends with code 0',
    async (signal) => {
      const calls = [signIn(), signIn(), signIn()];
      await Promise.all(calls.map(({ begun }) => begun));
      // All three have arrived once another request on its own connection has been answered.
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      api.signal(signal);
      for (const { finish } of calls) finish();
      const statuses = (await Promise.all(calls.map(({ answer }) => answer))).map(
        ({ statusCode }) => statusCode,
      );
      expect(statuses).toEqual([401, 401, 401]);
      expect((await api.ended).code).toBe(0);
    },
    15_000,
  );
});
