import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { pino } from 'pino';
import { readSettings } from '#infra/config/settings.js';
import { startDossier, type Dossier } from '../../../api/src/start.js';
import { faultsIn } from './check.js';
import { Person } from './client.js';
import { farewell } from './farewell.js';
import { Narrator } from './narrator.js';
import { Notes } from './notes.js';
import { PASSWORDS, readOptions, type DemoOptions } from './options.js';
import { PasswordFile } from './passwords.js';
import { signIn } from './sign-in.js';
import type { Story } from './story.js';
import { ADMINISTRATOR, TEAM, type StaffId } from './team.js';
import { STORY_BEGINS, tellStory } from './tell.js';

const say = (text: string) => void process.stdout.write(`${text}\n`);
const complain = (error: unknown) =>
  void process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);

try {
  await demo(readOptions(process.argv, new Date()));
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    complain(error);
    process.exitCode = 1;
  }
}

async function demo(options: DemoOptions): Promise<void> {
  const { folder, folderName, once } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passwords = new PasswordFile(join(folder, PASSWORDS));
  say(`A demo in ${folderName}, with a log and a clock of its own.`);
  const dossier = await start(options);
  let told = false;
  let interrupted = false;
  const stop = async (code: number) => {
    await dossier.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted = true;
      say(told ? '\nStopped.' : `\nStopped. It goes on with: npm run demo -- --resume ${folderName}`);
      void stop(told ? 0 : 130);
    });
  }
  const story = storyAt(dossier, passwords, folder);
  try {
    await tellStory(story);
    const faults = await faultsIn(story);
    if (faults.length > 0) throw new Error(`not everything is as it should be: ${faults.join('; ')}`);
    told = true;
  } catch (error) {
    if (interrupted) return;
    complain(error);
    return stop(1);
  }
  if (once) {
    say(`All is as it should be. To look around: npm run demo -- --resume ${folderName}`);
    return stop(0);
  }
  say(farewell(dossier.url, folderName, story));
  say('Press Ctrl-C to stop.');
}

/** The API, in this process, over a demo log in the folder. */
async function start({ folder, port }: DemoOptions): Promise<Dossier> {
  const settings = readSettings({
    ...{ DATA_DIR: folder, PORT: String(port), DEMO: 'true', DEMO_START: STORY_BEGINS },
    // The longest there is: the clock moves by days, and each new token costs a password check.
    ...{ TOKEN_SECONDS: '86400', LOG_LEVEL: 'error' },
  });
  const logger = pino({ level: settings.LOG_LEVEL, base: null }, pino.destination(2));
  const onFatal = (reason: Error) => {
    complain(reason);
    process.exit(1);
  };
  return startDossier(settings, logger, onFatal).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`port ${port} is in use; choose another one with --port`);
  });
}

function storyAt({ url, firstPassword }: Dossier, passwords: PasswordFile, folder: string): Story {
  if (firstPassword !== null) passwords.add(ADMINISTRATOR, firstPassword);
  const people = Object.fromEntries(
    [ADMINISTRATOR, ...TEAM.map(({ id }) => id)].map((id) => [
      id,
      new Person(id, url, () => signIn(url, id, passwords)),
    ]),
  ) as Record<StaffId, Person>;
  const notes = new Notes(join(folder, 'demo-notes.json'));
  return { people, passwords, notes, narrator: new Narrator(process.stdout) };
}
