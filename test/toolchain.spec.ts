import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const node = (...args: string[]) => promisify(execFile)(process.execPath, args);

/** Modules that start something when they are loaded. */
const ENTRY_POINT = /(^|\/)(main|openapi)\.ts$/;

async function builtModules(): Promise<string[]> {
  const folders = await Promise.all(
    ['apps', 'libs'].map(async (folder) => {
      const names = await readdir(folder, { recursive: true });
      return names.map((name) => `${folder}/${name}`);
    }),
  );
  return folders
    .flat()
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !ENTRY_POINT.test(path))
    .map((path) => pathToFileURL(resolve('dist', path.replace(/ts$/, 'js'))).href);
}

const LOAD_EACH = `
  for (const url of process.argv.slice(1)) {
    await import(url).catch((error) => console.log(url + ': ' + error.message));
  }`;

describe('the build', () => {
  beforeAll(() => node('scripts/run.mjs'));

  it('loads in Node module by module, with aliases and packages resolved as at run time', async () => {
    const modules = await builtModules();
    expect(modules.length).toBeGreaterThan(100);
    const { stdout } = await node('--input-type=module', '--eval', LOAD_EACH, ...modules);
    expect(stdout).toBe('');
  });

  it('starts an entry point with the arguments given', async () => {
    const { stdout } = await node('scripts/run.mjs', 'apps/cli/src/main.js', 'status', '--help');
    expect(stdout).toContain('Usage: dossier status');
  });

  it('passes on the exit code of an entry point', async () => {
    const started = node('scripts/run.mjs', 'apps/cli/src/main.js', 'no-such-command');
    await expect(started).rejects.toMatchObject({ code: 2 });
  });
});
