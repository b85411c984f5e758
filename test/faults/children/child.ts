import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const LOADER = join(__dirname, '..', 'run-typescript.mjs');

/** A program of this folder in a process of its own. */
export interface Child {
  readonly process: ChildProcess;
  /** Calls back with each whole line that it prints. */
  onLine(listener: (line: string) => void): void;
  /** Resolves at the next line. */
  line(): Promise<string>;
  /** Ends it as a power cut would: it can do nothing about it. Resolves when all that it printed was read. */
  kill(): Promise<void>;
}

/** Starts `children/<name>.ts`, as it stands in the source, with these arguments. */
export function startChild(name: string, ...args: string[]): Child {
  const program = join(__dirname, `${name}.ts`);
  const child = spawn(process.execPath, ['--import', LOADER, program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const drained = new Promise<void>((resolve) => lines.once('close', resolve));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    process: child,
    onLine: (listener) => void lines.on('line', listener),
    line: () =>
      new Promise((resolve, reject) => {
        lines.once('line', resolve);
        void exited.then(() => reject(new Error(`${name} ended before it said anything`)));
      }),
    async kill() {
      child.kill('SIGKILL');
      await Promise.all([exited, drained]);
    },
  };
}
