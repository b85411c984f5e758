import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { MasterKey, MasterKeys } from '#engine/sealing/master-keys.js';

const KEY_BYTES = 32;

/** The file's text: JSON, the keys in base64. */
const fileShape = z.strictObject({
  format: z.literal('dossier-master-keys@1'),
  current: z.string(),
  keys: z.array(z.strictObject({ id: z.string(), key: z.base64() })).min(1),
});

/** The key file cannot be used. The message says why, and never holds a byte of a key. */
export class MasterKeyFileRefused extends Error {
  override readonly name = 'MasterKeyFileRefused';
  readonly code = 'master-keys.refused';
  constructor(path: string, reason: string) {
    super(`the master key file ${path} ${reason}`);
  }
}

/**
 * Reads the operator's key file, or makes one with a new key where there is none. On return the file is on disk.
 * @throws MasterKeyFileRefused where others may read it, or it is not whole
 */
export function loadOrCreateMasterKeys(path: string): MasterKeys {
  const key = newKey();
  try {
    writeNew(path, key, [key]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return load(path);
  }
  syncFolder(path);
  return masterKeys(key, [key]);
}

/**
 * Begins a rotation: a new key becomes the current one, the others stay until nothing is wrapped by them.
 * @throws MasterKeyFileRefused
 */
export function addMasterKey(path: string): MasterKeys {
  const key = newKey();
  return replace(path, key, [...load(path).all, key]);
}

/**
 * Ends a rotation: forgets a key. Whatever it still wraps is lost.
 * @throws MasterKeyFileRefused where there is no such key, or it is the current one
 */
export function dropMasterKey(path: string, id: string): MasterKeys {
  const keys = load(path);
  if (!keys.byId(id)) throw new MasterKeyFileRefused(path, `has no key ${id}`);
  if (keys.current.id === id) {
    throw new MasterKeyFileRefused(path, `wraps new keys with ${id}; it cannot be dropped`);
  }
  return replace(
    path,
    keys.current,
    keys.all.filter((key) => key.id !== id),
  );
}

function load(path: string): MasterKeys {
  const text = readPrivate(path);
  let content: z.infer<typeof fileShape>;
  try {
    content = fileShape.parse(JSON.parse(text));
  } catch {
    // The cause is left out on purpose: it may quote the file.
    throw new MasterKeyFileRefused(path, 'is malformed or truncated; restore it from your copy');
  }
  const all = content.keys.map(({ id, key }) => ({ id, bytes: Buffer.from(key, 'base64') }));
  const damaged = all.find(({ id, bytes }) => bytes.length !== KEY_BYTES || id !== fingerprint(bytes));
  if (damaged) throw new MasterKeyFileRefused(path, 'holds a damaged key; restore it from your copy');
  const current = all.find((key) => key.id === content.current);
  if (!current || new Set(all.map((key) => key.id)).size !== all.length) {
    throw new MasterKeyFileRefused(path, 'names a current key that it does not hold, or holds one key twice');
  }
  return masterKeys(current, all);
}

function readPrivate(path: string): string {
  const file = openSync(path, 'r');
  try {
    const { mode } = fstatSync(file);
    // Windows has no such bits: there the folder's access list has to do.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new MasterKeyFileRefused(
        path,
        `is open to others (mode ${(mode & 0o777).toString(8)}); run: chmod 600 ${path}`,
      );
    }
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

function replace(path: string, current: MasterKey, all: readonly MasterKey[]): MasterKeys {
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  writeNew(draft, current, all);
  renameSync(draft, path);
  syncFolder(path);
  return masterKeys(current, all);
}

/** @throws EEXIST: a file that is there is never written over */
function writeNew(path: string, current: MasterKey, all: readonly MasterKey[]): void {
  const content: z.infer<typeof fileShape> = {
    format: 'dossier-master-keys@1',
    current: current.id,
    keys: all.map(({ id, bytes }) => ({ id, key: bytes.toString('base64') })),
  };
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A new name in a folder is on disk only once the folder is. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function newKey(): MasterKey {
  const bytes = randomBytes(KEY_BYTES);
  return { id: fingerprint(bytes), bytes };
}

/** The id follows from the key, so that a damaged key is found before it wraps anything. */
function fingerprint(bytes: Buffer): string {
  return `mk-${createHash('sha256').update('dossier master key').update(bytes).digest('hex').slice(0, 16)}`;
}

function masterKeys(current: MasterKey, all: readonly MasterKey[]): MasterKeys {
  return { current, all, byId: (id) => all.find((key) => key.id === id) };
}
