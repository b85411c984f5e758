import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(__dirname, '../..');

/** Builds the workspace where a source is newer than its build. */
export function ensureBuilt(): void {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/run.mjs')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the workspace cannot be built:\n${stderr}`);
}

type Environment = Readonly<Record<string, string>>;

/** What a program said, and how it ended. */
export interface Ended {
  /** `null` where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A built program in a process of its own. */
export interface Program {
  readonly pid: number;
  /** Resolves with the first line, from either stream, that fits. Rejects where the program ends before. */
  line(fitting: RegExp): Promise<string>;
  /** What it has written to its standard output so far. */
  stdout(): string;
  signal(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/**
 * Starts a built entry point, as `npm run` does but for the check of the build.
 * @param entry such as `apps/cli/src/main.js`
 * @param environment settings; those of the test run are not handed on
 */
export function startBuilt(
  entry: string,
  args: readonly string[] = [],
  environment: Environment = {},
): Program {
  const child = spawn(process.execPath, [join(ROOT, 'dist', entry), ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
    createInterface({ input: child[name] }).on('line', (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<Ended>((done) => child.once('close', (code) => done({ code, ...said })));
  return {
    pid: child.pid!,
    ended,
    stdout: () => said.stdout,
    signal: (signal) => void child.kill(signal),
    line: (fitting) =>
      new Promise((found, failed) => {
        const look = () => {
          const line = lines.find((each) => fitting.test(each));
          if (line === undefined) return;
          waiting.delete(look);
          found(line);
        };
        waiting.add(look);
        look();
        void ended.then(({ code, stdout, stderr }) =>
          failed(new Error(`ended with ${code} before it said ${String(fitting)}:\n${stdout}\n${stderr}`)),
        );
      }),
  };
}

/** Runs a built entry point to its end. */
export function runBuilt(
  entry: string,
  args: readonly string[] = [],
  environment: Environment = {},
): Promise<Ended> {
  return startBuilt(entry, args, environment).ended;
}
