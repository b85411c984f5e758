import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';

/** What the demo was asked for. */
export interface DemoOptions {
  readonly once: boolean;
  /** Absolute. */
  readonly folder: string;
  /** The folder as a person would type it. */
  readonly folderName: string;
  readonly port: number;
}

/** The file in a demo's folder by which it is known. */
export const PASSWORDS = 'demo-passwords.json';

/** @throws CommanderError; Error for a folder that does not fit */
export function readOptions(argv: readonly string[], now: Date): DemoOptions {
  const program = new Command('demo')
    .description(
      'Tells the life of a house of records through the API, in seconds, then lets you look around.',
    )
    .addOption(
      new Option('--folder <folder>', 'a new folder for the data (default: .demo/<time>)').conflicts(
        'resume',
      ),
    )
    .option('--resume <folder>', 'goes on with a demo that was interrupted')
    .option('--once', 'stops after checking the results, instead of serving until Ctrl-C')
    .option('--port <port>', 'port to answer on, 0 for any free one', portOf, 3000)
    .addHelpText('after', '\nExit codes: 0 done, 1 something is not as it should be, 2 wrong usage.')
    .exitOverride()
    .parse(argv);
  const given = program.opts<{ folder?: string; resume?: string; once?: true; port: number }>();
  const named =
    given.resume ?? given.folder ?? join('.demo', now.toISOString().slice(0, 19).replaceAll(':', '-'));
  const folder = resolve(named);
  const files = existsSync(folder) ? readdirSync(folder) : null;
  // One that was killed before it wrote anything has nothing in its folder.
  if (given.resume !== undefined && !(files?.length === 0 || files?.includes(PASSWORDS))) {
    throw new Error(`there is no demo in ${named} to go on with`);
  }
  if (given.resume === undefined && files !== null && files.length > 0) {
    throw new Error(`${named} is not empty; a demo that was interrupted goes on with --resume ${named}`);
  }
  return { once: given.once ?? false, folder, folderName: named, port: given.port };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('Give a port from 0 to 65535.');
  return port;
}
