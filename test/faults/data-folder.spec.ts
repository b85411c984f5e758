import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderInUse, openDataFolder } from '#infra/embedded/data-folder.js';
import { startChild, type Child } from './children/child.js';

describe('A data folder', () => {
  let parent: string;
  let path: string;
  let owner: Child | undefined;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'dossier-folder-'));
    path = join(parent, 'data');
  });
  afterEach(async () => {
    await owner?.kill();
    rmSync(parent, { recursive: true });
  });

  it('is created for its owner alone', () => {
    openDataFolder(path).close();
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('is created with the folders above it', () => {
    openDataFolder(join(path, 'of', 'ours')).close();
    expect(statSync(join(path, 'of')).mode & 0o777).toBe(0o700);
  });

  // Only Linux has a folder in which nobody can make another.
  const proc = existsSync('/proc/self') ? it : it.skip;
  proc('that nobody can make is an error, not an endless try', () => {
    expect(() => openDataFolder('/proc/nope')).toThrow('ENOENT');
  });

  it('that is open is refused to a second process, naming the folder and who has it, until that one is killed', async () => {
    owner = startChild('folder-owner', path);
    expect(await owner.line()).toBe(`open ${path}`);

    const opening = () => openDataFolder(path);
    expect(opening).toThrow(DataFolderInUse);
    expect(opening).toThrow(`the data folder ${path} is in use by process ${owner?.process.pid}`);

    await owner.kill();
    const folder = openDataFolder(path);
    folder.close();
  });

  it('is refused a second time in the same process, too, until it is closed', () => {
    const first = openDataFolder(path);
    expect(() => openDataFolder(path)).toThrow(DataFolderInUse);
    first.close();
    first.close();
    openDataFolder(path).close();
  });

  it('keeps no sign of its owner once it is closed', () => {
    const folder = openDataFolder(path);
    const pidFile = join(path, 'owner.pid');
    expect(statSync(pidFile).size).toBeGreaterThan(0);
    folder.close();
    expect(() => statSync(pidFile)).toThrow('ENOENT');
  });
});
