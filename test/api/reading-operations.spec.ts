import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LogUnavailable } from '#engine/ports/event-log.js';
import { kernelWith, startApi, type Api } from '../builders/api.js';

let api: Api;
let broken: 'log' | 'vault' | 'views' | null = null;
beforeAll(async () => {
  api = await startApi({
    through: (kernel) => {
      const fails = (store: typeof broken) => {
        if (broken === store) throw new LogUnavailable('/secret/path is gone');
      };
      const log = Object.create(kernel.log, {
        head: {
          value: async () => {
            fails('log');
            return kernel.log.head();
          },
        },
      }) as typeof kernel.log;
      const vault = Object.create(kernel.vault, {
        keys: {
          value: async (ids: readonly string[]) => {
            fails('vault');
            return kernel.vault.keys(ids);
          },
        },
      }) as typeof kernel.vault;
      const reader = Object.create(kernel.reader, {
        lag: {
          value: async (view: string) => {
            const lag = await kernel.reader.lag(view);
            return broken === 'views' && view === 'records' ? { ...lag, secondsBehind: 31 } : lag;
          },
        },
      }) as typeof kernel.reader;
      return kernelWith(kernelWith(kernelWith(kernel, 'log', log), 'vault', vault), 'reader', reader);
    },
  });
});
afterEach(() => {
  broken = null;
});
afterAll(() => api.stop());

describe('health', () => {
  it('a process that answers is live, for anybody who asks', async () => {
    expect(await api.anyone.get('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('is ready where log and vault answer and no view has stopped or is far behind', async () => {
    await api.caughtUp();
    const { status, body } = await api.anyone.get('/health/ready');
    const lag = Object.fromEntries(api.kernel.viewNames.map((view) => [view, { events: 0, seconds: 0 }]));
    expect(Object.keys(lag)).toContain('records');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        status: 'ok',
        checks: {
          ...{ log: { status: 'up' }, vault: { status: 'up' } },
          views: { status: 'up', stopped: [], behind: [], lag },
        },
      },
    });
  });

  it.each([
    ['log', { log: { status: 'down' }, vault: { status: 'up' } }],
    ['vault', { log: { status: 'up' }, vault: { status: 'down' } }],
    ['views', { views: { status: 'down', behind: ['records'], lag: { records: { seconds: 31 } } } }],
  ] as const)('is not ready while %s is not in order, and says no more than that', async (store, checks) => {
    broken = store;
    const answer = await api.anyone.get('/health/ready');
    expect(answer).toMatchObject({ status: 503, body: { code: 'server.not-ready', checks } });
    expect(answer.text).not.toContain('/secret/path');
    expect((await api.anyone.get('/health/live')).status).toBe(200);
  });
});

describe('metrics', () => {
  const file = () => join(api.folder, 'metrics.token');
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('are given for the token in the data folder, which its owner alone can read', async () => {
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const token = readFileSync(file(), 'utf8').trim();
    await api.caughtUp();
    const { status, text, headers } = await api.anyone.get('/metrics', bearer(token));
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/plain');
    for (const view of api.kernel.viewNames) {
      expect(text).toContain(`dossier_view_lag_events{view="${view}"} 0`);
      expect(text).toContain(`dossier_view_parked_events{view="${view}"} 0`);
    }
    expect(text).toMatch(
      /dossier_http_request_seconds_count\{method="GET",route="\/health\/live",status="200"\} \d/,
    );
  });

  it('are given to administrators and auditors', async () => {
    for (const who of ['admin', 'auditor-1']) expect((await api.as(who).get('/metrics')).status).toBe(200);
    for (const who of ['manager-1', 'custodian-1']) {
      expect(await api.as(who).get('/metrics')).toMatchObject({
        status: 403,
        body: { code: 'auth.forbidden' },
      });
    }
  });

  it('are given to nobody else', async () => {
    expect((await api.anyone.get('/metrics')).status).toBe(401);
    for (const token of ['x', 'a'.repeat(43), 'a.b.c', '']) {
      expect((await api.anyone.get('/metrics', bearer(token))).status).toBe(401);
    }
  });
});
