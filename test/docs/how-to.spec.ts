import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Actor } from '#engine/decider.js';
import type { Role } from '#domain/roles.js';
import { staffDecider, type StaffCommand } from '#domain/staff/decider.js';
import { readSettings } from '#infra/config/settings.js';
import { createLogger } from '../../apps/api/src/server/logger.js';
import { startDossier, type Dossier } from '../../apps/api/src/start.js';
import { read } from './markdown.js';

/** Monday, 3 March 2025, 09:00 in Shanghai. */
const START = '2025-03-03T01:00:00Z';
const PASSWORD = 'a long and private sentence';
/** What waits for something that never comes is ended after this long, in milliseconds. */
const LONGEST_MS = 120_000;

const ADMIN: Actor = { id: 'admin', roles: ['administrator'] };
const EXECUTIVE: Actor = { id: 'executive', roles: ['executive'] };
/** The team of the demo, whose staff ids the documents use. */
const TEAM: Readonly<Record<string, Role>> = {
  executive: 'executive',
  manager: 'manager',
  custodian: 'custodian',
  'collector-1': 'collector',
  'collector-2': 'collector',
  analyst: 'analyst',
  auditor: 'auditor',
};

describe('The how-to', () => {
  let folder: string;
  let dossier: Dossier;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dossier-how-to-'));
    const settings = { DATA_DIR: folder, PORT: '0', DEMO: 'true', DEMO_START: START };
    dossier = await startDossier(readSettings(settings), createLogger('silent'), (reason) => {
      throw reason;
    });
    await assemble(dossier, folder);
  });

  afterAll(async () => {
    await dossier.stop();
    rmSync(folder, { recursive: true });
  });

  it.each(['read-a-record', 'destroy-a-record'])(
    '%s does what it says, and gets the answers that it shows',
    async (name) => {
      const steps = stepsOf(read(`docs/how-to/${name}.md`));
      const told = await run(
        steps.map(({ script }) => script),
        { API: dossier.url, DEMO: folder },
      );
      expect(told).toEqual(steps.map(({ answer }, i) => answer ?? told[i]));
    },
    LONGEST_MS + 10_000,
  );
});

interface Step {
  readonly script: string;
  /** What the document shows as the answer; `null` where it shows none. */
  readonly answer: string | null;
}

/** The shell blocks of a document, each with the text block that comes right behind it. */
function stepsOf(text: string): Step[] {
  const block = /^```sh\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?/gms;
  return [...text.matchAll(block)].map(([, script, answer]) => ({
    script: script!,
    answer: answer?.trim() ?? null,
  }));
}

/** Runs scripts one after the other in one shell; gives what each wrote. */
async function run(
  scripts: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<string[]> {
  const end = `end of ${randomUUID()}`;
  const all = scripts.map((script) => `${script}\necho '${end}'\n`).join('');
  const standIn = resolve('test/docs/stand-in');
  const path = [dirname(process.execPath), process.env['PATH'], standIn].join(delimiter);
  const env = { ...process.env, NODE_OPTIONS: '', ...variables, PATH: path };
  const { stdout, stderr } = await promisify(execFile)('sh', ['-euc', all], { env, timeout: LONGEST_MS });
  expect(stderr.split('\n').filter((line) => line !== '' && !line.startsWith('curl: (22)'))).toEqual([]);
  return stdout
    .split(`${end}\n`)
    .slice(0, -1)
    .map((told) => told.trim());
}

/** Everybody registered and confirmed by the rules, with a password that the demo would have written down. */
async function assemble({ kernel }: Dossier, into: string): Promise<void> {
  const { executor, passwords } = kernel;
  const give = async (actor: Actor, command: StaffCommand) => {
    const meta = {
      commandId: randomUUID(),
      actor,
      correlationId: randomUUID(),
      channel: 'api',
      policies: {},
    } as const;
    const outcome = await executor.execute(staffDecider, `staff-${command.staffId}`, command, meta);
    if (outcome.kind !== 'done') throw new Error(`${command.type}: ${JSON.stringify(outcome)}`);
  };
  const settle = async (staffId: string) => {
    await passwords.change(staffId, PASSWORD);
    await give({ id: staffId, roles: [] }, { type: 'ChangePassword', staffId });
  };
  await settle(ADMIN.id);
  for (const [staffId, role] of Object.entries(TEAM)) {
    const bootstrap = role === 'executive' ? role : null;
    const facts = { hasAdministrator: true, hasExecutive: bootstrap === null, position: null };
    await give(ADMIN, { type: 'RegisterStaff', staffId, name: staffId, roles: [role], bootstrap, facts });
    if (bootstrap === null) await give(EXECUTIVE, { type: 'ConfirmRole', staffId, role });
    await give({ id: staffId, roles: [] }, { type: 'SignUndertaking', staffId, textVersion: '2025-1' });
    await settle(staffId);
  }
  const known = Object.fromEntries([ADMIN.id, ...Object.keys(TEAM)].map((id) => [id, [PASSWORD]]));
  writeFileSync(join(into, 'demo-passwords.json'), JSON.stringify(known), { mode: 0o600 });
}
