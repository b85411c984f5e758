import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, runBuilt, startBuilt, type Program } from '../builders/built.js';

const API = 'apps/api/src/main.js';
const CLI = 'apps/cli/src/main.js';

interface KeyFile {
  readonly current: string;
  readonly keys: readonly { readonly id: string }[];
}

beforeAll(ensureBuilt, 180_000);

describe('the command line', () => {
  it('explains itself', async () => {
    const { code, stdout } = await runBuilt(CLI, ['--help']);
    expect(code).toBe(0);
    for (const command of ['status', 'rebuild <view>', 'retry <view>', 'verify', 'reset-password <staff>']) {
      expect(stdout).toContain(command);
    }
    expect(stdout).toContain('Exit codes');
  });

  it.each([[[]], [['raze']], [['rebuild']], [['status', '--loud']], [['rollback', 'records', 'last']]])(
    'answers wrong usage with exit code 2: %j',
    async (args) => {
      const { code, stdout, stderr } = await runBuilt(CLI, args);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).not.toBe('');
    },
  );

  it('names every bad setting', async () => {
    const { code, stderr } = await runBuilt(CLI, ['status'], { PORT: 'many', LOG_LEVEL: 'loud' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/PORT[^]*LOG_LEVEL|LOG_LEVEL[^]*PORT/);
  });

  it('does not begin a new log in a folder that was mistyped', async () => {
    const DATA_DIR = join(tmpdir(), 'dossier-there-is-none');
    const { code, stderr } = await runBuilt(CLI, ['status'], { DATA_DIR });
    expect(code).toBe(1);
    expect(stderr).toContain(`there is no log at ${join(DATA_DIR, 'log.db')}`);
  });
});

describe('an operator', () => {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'dossier-cli-'));
  const settings = { DATA_DIR, PORT: '0', LOG_LEVEL: 'error' };
  let api: Program | undefined;
  let url: string;

  const operate = (...args: string[]) => runBuilt(CLI, args, settings);
  const signIn = (password: string) =>
    fetch(`${url}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ staff: 'admin', password }),
    });

  beforeAll(async () => {
    api = startBuilt(API, [], settings);
    url = /http:\S+\d/.exec(await api.line(/answers at/))![0];
  });

  afterAll(async () => {
    api?.signal('SIGKILL');
    await api?.ended;
    rmSync(DATA_DIR, { recursive: true });
  });

  describe.each([
    { place: 'through the running API', stopped: false },
    { place: 'on the folder itself, with no API running', stopped: true },
  ])('$place', ({ stopped }) => {
    beforeAll(async () => {
      if (!stopped) return;
      api?.signal('SIGTERM');
      expect((await api?.ended)?.code).toBe(0);
    });

    it('sees how far each view is', async () => {
      const { code, stdout } = await operate('status');
      expect(code).toBe(0);
      expect(stdout).toMatch(/^log [0-9a-f-]{36} at \d+/);
      expect(stdout).toMatch(/^records +g1 +\d+ +behind \d+ events, \d+\.\d s$/m);
    });

    it('rebuilds a view, and it comes out the same', async () => {
      const { code, stdout, stderr } = await operate('rebuild', 'staff');
      expect(code).toBe(0);
      const result = JSON.parse(stdout) as Record<string, unknown>;
      expect(result).toMatchObject({ view: 'staff', flipped: true, differing: 0, rows: 1 });
      expect(result['digest']).toBe(result['serving']);
      expect(stderr).toMatch(/staff generation \d: (\d+) of \1 events/);
    });

    it('goes back to the former generation, and drops the other', async () => {
      const before = stopped ? 3 : 1;
      expect((await operate('rollback', 'staff', String(before))).code).toBe(0);
      expect((await operate('drop', 'staff', String(before))).code).toBe(1);
      expect((await operate('drop', 'staff', String(before + 1))).code).toBe(0);
      expect((await operate('status')).stdout).toMatch(new RegExp(`^staff +g${before} `, 'm'));
      if (!stopped) expect((await operate('rebuild', 'staff')).code).toBe(0);
    });

    it('takes a former master key out of the file, never the one in use', async () => {
      const file = () => JSON.parse(readFileSync(join(DATA_DIR, 'master.key'), 'utf8')) as KeyFile;
      const { current: former } = file();
      expect((await operate('rotate-master-key')).code).toBe(0);
      expect((await operate('drop-master-key', former)).code).toBe(0);
      expect(file().keys.map(({ id }) => id)).toEqual([file().current]);
      expect((await operate('drop-master-key', file().current)).code).toBe(1);
      expect((await operate('status')).code).toBe(0);
    });

    it('checks every chain of the log', async () => {
      const { code, stdout } = await operate('verify');
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ chains: 'whole' });
    });

    it('is told which views there are', async () => {
      const { code, stdout, stderr } = await operate('rebuild', 'nothing');
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/name one of these views: .*records/);
    });

    it('is told that nobody has this staff id', async () => {
      const { code, stderr } = await operate('reset-password', 'nobody');
      expect(code).toBe(1);
      expect(stderr).toContain('There is no such member of staff.');
    });

    it('issues a one-time password', async () => {
      const { code, stdout } = await operate('reset-password', 'admin');
      expect(code).toBe(0);
      const { staff, password } = JSON.parse(stdout) as { staff: string; password: string };
      expect(staff).toBe('admin');
      expect(password).toMatch(/^[\w-]{20}$/);
      if (stopped) return;
      const answer = await signIn(password);
      expect(answer.status).toBe(201);
      expect(await answer.json()).toMatchObject({ mustChangePassword: true });
    });
  });
});
