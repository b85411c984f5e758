import { DataKeys, KEY_CACHE_MS, KeyDestroyed, KeyMissing } from '#engine/sealing/data-keys.js';
import type { KeyVault } from '#engine/ports/key-vault.js';
import { MasterKeyMissing } from '#engine/sealing/wrapping.js';
import { openSqliteKeyVault } from '#infra/key-vault/sqlite/sqlite-key-vault.js';
import { masterKeys } from '../builders/kernel.js';
import { ManualClock } from '../doubles/manual-clock.js';

const record = { keyId: 'c1/record', owner: 'c1' };
const contact = { keyId: 'c1/contact', owner: 'c1' };

describe('A data key', () => {
  let clock: ManualClock;
  let vault: KeyVault;
  let keys: DataKeys;
  beforeEach(() => {
    clock = new ManualClock();
    vault = openSqliteKeyVault({ path: ':memory:' });
    keys = new DataKeys(vault, masterKeys('m1'), clock);
  });
  afterEach(() => vault.close());

  const elsewhere = (...masters: [string, ...string[]]) => new DataKeys(vault, masterKeys(...masters), clock);
  const hex = async (from: DataKeys, id: string) => (await from.forOpening([id])).get(id)?.toString('hex');

  it('is made at the first sealing, 32 random bytes for each part', async () => {
    const made = await keys.forSealing([record, contact, record]);
    expect([...made.keys()].sort()).toEqual(['c1/contact', 'c1/record']);
    expect(made.get('c1/record')).toHaveLength(32);
    expect(made.get('c1/record')).not.toEqual(made.get('c1/contact'));
    expect([...(await vault.liveKeysOf('c1'))].sort()).toEqual(['c1/contact', 'c1/record']);
  });

  it('is the same ever after, in every process', async () => {
    const made = (await keys.forSealing([record])).get('c1/record')!.toString('hex');
    clock.pass(KEY_CACHE_MS);
    expect(await hex(keys, 'c1/record')).toBe(made);
    expect(await hex(elsewhere('m1'), 'c1/record')).toBe(made);
  });

  it('is one, when two processes make it at the same time', async () => {
    const two = [keys, elsewhere('m1')];
    const [one, other] = await Promise.all(two.map((each) => each.forSealing([record])));
    expect(one!.get('c1/record')).toEqual(other!.get('c1/record'));
  });

  it('stands in the vault wrapped, never in clear', async () => {
    const made = (await keys.forSealing([record])).get('c1/record')!;
    const entry = (await vault.keys(['c1/record'])).get('c1/record')!;
    const wrapped = Buffer.from(entry.state === 'live' ? entry.wrapped.bytes : '', 'base64');
    expect(wrapped).toHaveLength(12 + 32 + 16);
    expect(wrapped.includes(made)).toBe(false);
  });

  it('opens nothing once destroyed, seals nothing, and is never made again', async () => {
    await keys.forSealing([record]);
    await vault.destroyKeys(['c1/record'], clock.now());
    clock.pass(KEY_CACHE_MS);
    expect((await keys.forOpening(['c1/record'])).get('c1/record')).toBeNull();
    await expect(keys.forSealing([record])).rejects.toThrow(KeyDestroyed);
    clock.pass(KEY_CACHE_MS);
    await expect(keys.forSealing([contact, record])).rejects.toThrow(KeyDestroyed);
  });

  it('that the vault neither has nor has destroyed is a loud fault, not an absent value', async () => {
    await expect(keys.forOpening(['c1/record'])).rejects.toThrow(KeyMissing);
    await keys.forSealing([contact]);
    await expect(keys.forOpening(['c1/contact', 'c1/record'])).rejects.toMatchObject({ keyId: 'c1/record' });
  });

  it('does not open without its master key, and says which one is missing', async () => {
    await keys.forSealing([record]);
    const opening = elsewhere('m2').forOpening(['c1/record']);
    await expect(opening).rejects.toThrow(MasterKeyMissing);
    await expect(opening).rejects.toMatchObject({ masterKeyId: 'm1' });
  });

  it('does not open under other bytes with the name of its master key', async () => {
    await keys.forSealing([record]);
    const master = { id: 'm1', bytes: Buffer.alloc(32, 'other') };
    const wrong = new DataKeys(vault, { current: master, all: [master], byId: () => master }, clock);
    await expect(wrong.forOpening(['c1/record'])).rejects.toThrow();
  });

  describe('in memory', () => {
    it('is used for less than half a second, and then asked for again', async () => {
      await keys.forSealing([record]);
      await vault.destroyKeys(['c1/record'], clock.now());
      clock.pass(KEY_CACHE_MS - 1);
      expect((await keys.forOpening(['c1/record'])).get('c1/record')).not.toBeNull();
      clock.pass(1);
      expect((await keys.forOpening(['c1/record'])).get('c1/record')).toBeNull();
    });

    it('is forgotten at once on demand', async () => {
      await keys.forSealing([record]);
      await vault.destroyKeys(['c1/record'], clock.now());
      keys.forget(['c1/record']);
      expect((await keys.forOpening(['c1/record'])).get('c1/record')).toBeNull();
    });

    it('is not held by an idle process either', async () => {
      jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
      try {
        const others = jest.getTimerCount();
        await keys.forSealing([record]);
        clock.pass(KEY_CACHE_MS - 1);
        jest.advanceTimersByTime(KEY_CACHE_MS);
        expect(jest.getTimerCount()).toBe(others + 1);
        clock.pass(1);
        jest.advanceTimersByTime(KEY_CACHE_MS);
        // Nothing is left that it would have to look after.
        expect(jest.getTimerCount()).toBe(others);
      } finally {
        jest.useRealTimers();
      }
    });

    it('is not renewed by being used', async () => {
      await keys.forSealing([record]);
      await vault.destroyKeys(['c1/record'], clock.now());
      clock.pass(KEY_CACHE_MS / 2);
      await keys.forOpening(['c1/record']);
      clock.pass(KEY_CACHE_MS / 2);
      expect((await keys.forOpening(['c1/record'])).get('c1/record')).toBeNull();
    });

    it('counts from the question, not from a slow answer of the vault', async () => {
      await keys.forSealing([record]);
      clock.pass(KEY_CACHE_MS);
      const slow: Pick<KeyVault, 'keys'> = {
        async keys(ids) {
          const found = await vault.keys(ids);
          await vault.destroyKeys(ids, clock.now());
          clock.pass(KEY_CACHE_MS - 1);
          return found;
        },
      };
      const reader = new DataKeys({ ...slow } as KeyVault, masterKeys('m1'), clock);
      await reader.forOpening(['c1/record']);
      clock.pass(1);
      expect((await reader.forOpening(['c1/record'])).get('c1/record')).toBeNull();
    });
  });
});
