import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addMasterKey,
  dropMasterKey,
  loadOrCreateMasterKeys,
  MasterKeyFileRefused,
} from '#infra/key-vault/master-keys.js';

describe('The master key file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'master-'));
    path = join(folder, 'master.key');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const edit = (change: (text: string) => string) =>
    writeFileSync(path, change(readFileSync(path, 'utf8')), { mode: 0o600 });
  const refusal = () => {
    try {
      loadOrCreateMasterKeys(path);
    } catch (error) {
      return error as MasterKeyFileRefused;
    }
    throw new Error('it was not refused');
  };

  it('is made with one key of 32 bytes where there is none, for its owner only', () => {
    const keys = loadOrCreateMasterKeys(path);
    expect(keys.all).toEqual([keys.current]);
    expect(keys.current.bytes).toHaveLength(32);
    expect(keys.byId(keys.current.id)).toBe(keys.current);
    expect(keys.byId('mk-other')).toBeUndefined();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is never written over by a start', () => {
    const keys = loadOrCreateMasterKeys(path);
    const text = readFileSync(path, 'utf8');
    expect(loadOrCreateMasterKeys(path).all).toEqual(keys.all);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('differs from every other', () => {
    const other = loadOrCreateMasterKeys(join(folder, 'other.key'));
    expect(loadOrCreateMasterKeys(path).current.bytes.equals(other.current.bytes)).toBe(false);
  });

  describe('in a rotation', () => {
    it('gets a new current key and keeps the old one', () => {
      const before = loadOrCreateMasterKeys(path);
      const after = addMasterKey(path);
      expect(after.current.id).not.toBe(before.current.id);
      expect(after.byId(before.current.id)).toEqual(before.current);
      expect(loadOrCreateMasterKeys(path)).toMatchObject({ current: after.current, all: after.all });
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readdirSync(folder)).toEqual(['master.key']);
    });

    it('forgets the old key when it is dropped', () => {
      const old = loadOrCreateMasterKeys(path).current;
      const { current } = addMasterKey(path);
      expect(dropMasterKey(path, old.id).all).toEqual([current]);
      expect(loadOrCreateMasterKeys(path).byId(old.id)).toBeUndefined();
      expect(readFileSync(path, 'utf8')).not.toContain(old.bytes.toString('base64'));
    });

    it('keeps its current key, and says so of a key that it has not', () => {
      const { current } = loadOrCreateMasterKeys(path);
      expect(() => dropMasterKey(path, current.id)).toThrow(MasterKeyFileRefused);
      expect(() => dropMasterKey(path, 'mk-other')).toThrow(/no key mk-other/);
      expect(loadOrCreateMasterKeys(path).current).toEqual(current);
    });

    it('is not held up by a draft that a crash left behind', () => {
      loadOrCreateMasterKeys(path);
      writeFileSync(`${path}.new`, 'half a fi');
      expect(addMasterKey(path).all).toHaveLength(2);
      expect(existsSync(`${path}.new`)).toBe(false);
    });

    it('is not begun without a file', () => {
      expect(() => addMasterKey(path)).toThrow(/ENOENT/);
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  describe('is refused', () => {
    beforeEach(() => loadOrCreateMasterKeys(path));

    it.each([0o640, 0o604, 0o660, 0o644])('when its mode is %s, as others may read or write it', (mode) => {
      chmodSync(path, mode);
      expect(refusal()).toBeInstanceOf(MasterKeyFileRefused);
      expect(refusal().message).toContain(`chmod 600 ${path}`);
    });

    it('when it is cut short, wherever that is, and stays as it is', () => {
      const whole = readFileSync(path, 'utf8');
      for (let length = 0; length < whole.trimEnd().length; length += 7) {
        writeFileSync(path, whole.slice(0, length));
        expect(refusal().message).toMatch(/malformed or truncated/);
        expect(readFileSync(path, 'utf8')).toBe(whole.slice(0, length));
      }
    });

    it('when a key in it has changed', () => {
      const key = loadOrCreateMasterKeys(path).current.bytes;
      const other = Buffer.from(key);
      other[5]! ^= 1;
      edit((text) => text.replace(key.toString('base64'), other.toString('base64')));
      expect(refusal().message).toMatch(/damaged key/);
    });

    it('when its current key is not in it', () => {
      const { id } = loadOrCreateMasterKeys(path).current;
      edit((text) => text.replace(`"current": "${id}"`, '"current": "mk-0"'));
      expect(refusal().message).toMatch(/does not hold/);
    });

    it('when it has a format or members that are not known', () => {
      edit((text) => text.replace('keys@1', 'keys@2'));
      expect(refusal().message).toMatch(/malformed/);
      writeFileSync(path, '{"keys": []}');
      expect(refusal().message).toMatch(/malformed/);
    });

    it('without quoting a byte of it', () => {
      const secret = loadOrCreateMasterKeys(path).current.bytes.toString('base64');
      edit((text) => text.replace('"format"', '"forma"'));
      expect(refusal().message).not.toContain(secret.slice(0, 8));
      expect(refusal().cause).toBeUndefined();
    });
  });
});
