// Compiles the workspace when a source is newer than the last build, then runs an entry point of it in this process:
//   node scripts/run.mjs apps/cli/src/main.js --help
// Without an entry point it only compiles. Types are not checked here, which takes three times as long: that is the
// work of `npm run build` and `npm run check`. Signals, exit code and standard streams are the entry point's own.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'dist/.compiled');

const sources = ['apps', 'libs', 'bench', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
if (Math.max(...sources.map((name) => lastChange(join(root, name)))) > lastChange(stamp)) compile();

const entry = process.argv[2];
if (entry) {
  const file = join(root, 'dist', entry);
  if (!existsSync(file)) {
    console.error(`The build holds no ${entry}.`);
    process.exit(1);
  }
  process.argv.splice(1, 2, file);
  await import(pathToFileURL(file).href);
}

function compile() {
  const begun = new Date();
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const args = [tsc, '-p', 'tsconfig.build.json', '--noCheck'];
  // All that the compiler says goes to stderr, because the entry point's output may be piped.
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, '');
  // An edit made while it compiled is newer than what was compiled.
  utimesSync(stamp, begun, begun);
}

/** When a file was changed, or anything that is built in a folder (removals too); 0 where there is none. */
function lastChange(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0;
  const built = readdirSync(path, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() || (entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts')),
  );
  return Math.max(stats.mtimeMs, ...built.map(({ name }) => lastChange(join(path, name))));
}
