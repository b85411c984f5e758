import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { SYSTEM, type Actor } from '#engine/decider.js';
import type { Role } from '#domain/roles.js';
import { model } from '#domain/model.js';
import { staffDecider, type StaffCommand } from '#domain/staff/decider.js';
import { readSettings } from '#infra/config/settings.js';
import type { Kernel } from '#infra/kernel/kernel.js';
import { openKernel } from '#infra/kernel/open-kernel.js';
import { AppModule } from '../../apps/api/src/app.module.js';
import { createServer } from '../../apps/api/src/server/create-server.js';
import { createLogger } from '../../apps/api/src/server/logger.js';
import { Metrics } from '../../apps/api/src/server/metrics.js';

/** Monday, 3 March 2025, 09:00 in Shanghai. */
export const API_START = '2025-03-03T01:00:00.000Z';

type Parsed = ReturnType<typeof JSON.parse>;
type Headers = Readonly<Record<string, string>>;

/** An answer over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The parsed body; `null` where it is no JSON. */
  readonly body: Parsed;
  readonly text: string;
}

/** Somebody who sends requests, with a fresh token each time: the clock moves by weeks. */
export interface Person {
  readonly id: string;
  get(path: string, headers?: Headers): Promise<Answer>;
  post(path: string, body?: object, headers?: Headers): Promise<Answer>;
}

/** A served API over stores of its own, with a team of every role. */
export interface Api {
  readonly kernel: Kernel;
  readonly folder: string;
  /** A member of staff: `admin`, or `<role>-1`, `<role>-2`, `<role>-3`. */
  as(staffId: string): Person;
  /** Whoever comes without a token. */
  readonly anyone: Person;
  /** Lets time pass by the clock that rules go by. */
  later(days: number): void;
  /** Waits until the views have read the whole log. */
  caughtUp(): Promise<void>;
  /** The number of events in the log. */
  events(): Promise<number>;
  stop(): Promise<void>;
}

export interface ApiOptions {
  /** Keeps the stores as files in this folder and leaves them there; default: in memory. */
  readonly folder?: string;
  /** What is served in the place of what was opened. */
  readonly through?: (kernel: Kernel) => Kernel;
  /** `administrator`: nobody but him is there yet. Default: three of each role. */
  readonly team?: 'administrator' | 'whole';
  /** Where the log lines of the server go; default: nowhere. */
  readonly logger?: Logger;
}

const TEAM: readonly Exclude<Role, 'administrator'>[] = [
  'executive',
  'manager',
  'custodian',
  'collector',
  'analyst',
  'auditor',
];

/** Starts the API. What is in `options.folder` already goes on, without another team. */
export async function startApi({
  folder,
  through = (kernel) => kernel,
  team = 'whole',
  logger = createLogger('silent'),
}: ApiOptions = {}): Promise<Api> {
  const path = folder ?? mkdtempSync(join(tmpdir(), 'dossier-api-'));
  const store = (name: string) => (folder ? `sqlite:${join(folder, name)}` : 'sqlite::memory:');
  const settings = readSettings({
    ...{ DATA_DIR: path, DEMO: 'true', DEMO_START: API_START, LOG_LEVEL: 'silent' },
    ...{
      EVENT_LOG_URL: store('log.db'),
      VIEW_STORE_URL: store('views.db'),
      KEY_VAULT_URL: store('vault.db'),
    },
  });
  const kernel = await openKernel(settings, model, {
    onFatal: (reason) => {
      throw reason;
    },
    onViewStopped: (error) => {
      throw error;
    },
  });
  const { state } = await kernel.executor.load(staffDecider, 'staff-admin');
  if (!state.registered) await registerTeam(kernel, team === 'whole' ? TEAM : []);
  const metrics = new Metrics();
  const { app, stop } = await createServer(AppModule.over(through(kernel), logger, metrics), logger, metrics);

  const send = async (
    method: 'GET' | 'POST',
    staffId: string | null,
    url: string,
    body: object | undefined,
    more: Headers,
  ): Promise<Answer> => {
    const token = staffId === null ? null : (await kernel.tokens.issue(staffId)).token;
    const headers = { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...more };
    const answer = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
    const json = String(answer.headers['content-type'] ?? '').includes('json');
    const parsed: Parsed = json ? JSON.parse(answer.body) : null;
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: parsed };
  };
  const person = (staffId: string | null): Person => ({
    id: staffId ?? 'anyone',
    get: (url, headers = {}) => send('GET', staffId, url, undefined, headers),
    post: (url, body = {}, headers = {}) => send('POST', staffId, url, body, headers),
  });

  return {
    kernel,
    folder: path,
    as: person,
    anyone: person(null),
    later: (days) => {
      const { demoClock } = kernel;
      demoClock?.moveTo(new Date(Date.parse(demoClock.now()) + days * 86_400_000).toISOString());
    },
    caughtUp: async () => {
      const head = await kernel.log.head();
      if (head !== null)
        await Promise.all(kernel.viewNames.map((v) => kernel.reader.waitFor(v, head, 10_000)));
    },
    events: async () => (await kernel.log.readAll({ after: null, maxCount: 100_000 })).length,
    stop: async () => {
      await stop();
      await kernel.close();
      if (!folder) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** The kernel with one member in the place of another. */
export function kernelWith<M extends keyof Kernel>(kernel: Kernel, member: M, value: Kernel[M]): Kernel {
  return Object.create(kernel, { [member]: { value } }) as Kernel;
}

const NAMES = ['林静', '王敏', '赵宏', '孙丽', '周强', '吴倩', '郑岩'];

/** Three of each role, by the rules themselves: registered, confirmed, with passwords of their own. */
async function registerTeam({ executor }: Kernel, roles: readonly Role[]): Promise<void> {
  const give = async (actor: Actor, command: StaffCommand) => {
    const commandId = randomUUID();
    const outcome = await executor.execute(staffDecider, `staff-${command.staffId}`, command, {
      ...{ commandId, actor, correlationId: commandId, channel: 'api', policies: {} },
    });
    if (outcome.kind !== 'done') throw new Error(`${command.type}: ${JSON.stringify(outcome)}`);
  };
  const admin: Actor = { id: 'admin', roles: ['administrator'] };
  const executive: Actor = { id: 'executive-1', roles: ['executive'] };
  const join = async (
    by: Actor,
    staffId: string,
    role: Role,
    bootstrap: 'administrator' | 'executive' | null,
  ) => {
    const name = NAMES[staffId.length % NAMES.length]!;
    const facts = { hasAdministrator: by === admin, hasExecutive: bootstrap === null, position: null };
    await give(by, { type: 'RegisterStaff', staffId, name, roles: [role], bootstrap, facts });
    if (bootstrap === null) await give(executive, { type: 'ConfirmRole', staffId, role });
    await give({ id: staffId, roles: [] }, { type: 'ChangePassword', staffId });
  };
  await join(SYSTEM, 'admin', 'administrator', 'administrator');
  if (roles.length > 0) await join(admin, 'executive-1', 'executive', 'executive');
  for (const role of roles) {
    for (const place of [1, 2, 3]) {
      if (`${role}-${place}` !== 'executive-1') await join(admin, `${role}-${place}`, role, null);
    }
  }
}
