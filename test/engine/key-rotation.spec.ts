import type { KeyVault } from '#engine/ports/key-vault.js';
import { openBox, sealBox } from '#engine/sealing/box.js';
import { DataKeys } from '#engine/sealing/data-keys.js';
import { rewrapDataKeys } from '#engine/sealing/rotate.js';
import { openSqliteKeyVault } from '#infra/key-vault/sqlite/sqlite-key-vault.js';
import { masterKeys } from '../builders/kernel.js';
import { ManualClock } from '../doubles/manual-clock.js';

const parts = Array.from({ length: 1_203 }, (_, i) => ({ keyId: `c${i}/record`, owner: `c${i}` }));
const ids = parts.map(({ keyId }) => keyId);
const place = { stream: 'counter-1', eventId: 'e1', part: 'record' };
const content = { values: { '/name': '张明' }, bodyMac: null };

describe('A rotation of the master key', () => {
  const clock = new ManualClock();
  let vault: KeyVault;
  let before: ReadonlyMap<string, Buffer>;
  beforeEach(async () => {
    vault = openSqliteKeyVault({ path: ':memory:' });
    before = await new DataKeys(vault, masterKeys('old'), clock).forSealing(parts);
    await vault.destroyKeys(['c7/record'], clock.now());
  });
  afterEach(() => vault.close());

  const opened = async (...masters: [string, ...string[]]) => {
    const after = await new DataKeys(vault, masterKeys(...masters), clock).forOpening(ids);
    return ids.filter((id) => after.get(id)?.equals(before.get(id)!));
  };

  it('wraps every living key anew, so that the old master key can go', async () => {
    const told: number[] = [];
    expect(await rewrapDataKeys(vault, masterKeys('new', 'old'), (count) => told.push(count))).toBe(1_202);
    expect(await vault.keysNotWrappedBy('new', 10)).toEqual([]);
    expect(await opened('new')).toHaveLength(1_202);
    expect(told.at(-1)).toBe(1_202);
  });

  it('leaves the data keys, and so every box of the log, as they are', async () => {
    const box = sealBox(before.get('c1/record')!, 'c1/record', place, content);
    await rewrapDataKeys(vault, masterKeys('new', 'old'));
    const keys = await new DataKeys(vault, masterKeys('new'), clock).forOpening(['c1/record']);
    expect(openBox(keys.get('c1/record')!, place, box)).toEqual(content);
  });

  it('does not bring a destroyed key back', async () => {
    await rewrapDataKeys(vault, masterKeys('new', 'old'));
    expect((await vault.keys(['c7/record'])).get('c7/record')).toMatchObject({ state: 'destroyed' });
  });

  it('may be stopped anywhere: service goes on with both keys, and the next run does the rest', async () => {
    let left = 700;
    const stopping = {
      keysNotWrappedBy: (...all: Parameters<KeyVault['keysNotWrappedBy']>) => vault.keysNotWrappedBy(...all),
      rewrapKey: (...all: Parameters<KeyVault['rewrapKey']>) => {
        if (left-- === 0) throw new Error('stopped');
        return vault.rewrapKey(...all);
      },
    };
    const stopped = rewrapDataKeys(stopping as KeyVault, masterKeys('new', 'old'));
    await expect(stopped).rejects.toThrow('stopped');
    expect(await opened('new', 'old')).toHaveLength(1_202);
    expect(await rewrapDataKeys(vault, masterKeys('new', 'old'))).toBe(502);
    expect(await opened('new')).toHaveLength(1_202);
  });

  it('run twice at the same time does each key once', async () => {
    const runs = [1, 2].map(() => rewrapDataKeys(vault, masterKeys('new', 'old')));
    const [one, two] = await Promise.all(runs);
    expect(one! + two!).toBe(1_202);
    expect(await opened('new')).toHaveLength(1_202);
  });

  it('needs the old master key and says so', async () => {
    await expect(rewrapDataKeys(vault, masterKeys('new'))).rejects.toMatchObject({
      name: 'MasterKeyMissing',
      masterKeyId: 'old',
    });
  });
});
