import { randomBytes } from 'node:crypto';
import type { KeyVault, WrappedKey } from '#engine/ports/key-vault.js';
import type { NewPlace, Place } from './adapter.js';

const AT = '2025-03-01T09:00:00.000Z';
const LATER = '2025-03-02T09:00:00.000Z';

/** A wrapping as large as real ones. */
export function wrapping(masterKeyId = 'mk-1'): WrappedKey {
  return { masterKeyId, bytes: randomBytes(60).toString('base64') };
}

/** What every key vault must do. */
export function keyVaultContract(adapter: string, newPlace: NewPlace<KeyVault>): void {
  describe(`${adapter} as a key vault`, () => {
    let place: Place<KeyVault>;
    let vault: KeyVault;

    beforeEach(async () => {
      place = await newPlace();
      vault = await place.open();
    });

    afterEach(async () => {
      await vault.close();
      await place.remove();
    });

    const reopen = async () => {
      await vault.close();
      vault = await place.open();
    };
    const key = async (id: string) => (await vault.keys([id])).get(id);

    describe('a data key', () => {
      it('is what was first put under its id', async () => {
        const wrapped = wrapping();
        const live = { state: 'live', id: 'k1', owner: 'c1', wrapped };
        expect(await vault.insertKeyIfAbsent('k1', 'c1', wrapped)).toEqual(live);
        expect(await vault.insertKeyIfAbsent('k1', 'c2', wrapping())).toEqual(live);
        expect(await key('k1')).toEqual(live);
      });

      it('is the same one for two callers who insert it at once', async () => {
        const [a, b] = await Promise.all([
          vault.insertKeyIfAbsent('k1', 'c1', wrapping()),
          vault.insertKeyIfAbsent('k1', 'c1', wrapping()),
        ]);
        expect(a).toEqual(b);
        expect(await key('k1')).toEqual(a);
      });

      it('is absent where its id was never seen', async () => {
        await vault.insertKeyIfAbsent('k1', 'c1', wrapping());
        expect([...(await vault.keys(['k0', 'k1', 'K1'])).keys()]).toEqual(['k1']);
        expect(await vault.keys([])).toEqual(new Map());
      });

      it('outlasts a reopening', async () => {
        const entry = await vault.insertKeyIfAbsent('k1', 'c1', wrapping());
        await reopen();
        expect(await key('k1')).toEqual(entry);
      });

      it('is found by its owner', async () => {
        for (const [id, owner] of [
          ['k2', 'c1'],
          ['k1', 'c1'],
          ['k3', 'c2'],
        ] as const) {
          await vault.insertKeyIfAbsent(id, owner, wrapping());
        }
        expect([...(await vault.liveKeysOf('c1'))].sort()).toEqual(['k1', 'k2']);
        expect(await vault.liveKeysOf('c')).toEqual([]);
      });
    });

    describe('a destroyed key', () => {
      const destroyed = { state: 'destroyed', id: 'k1', owner: 'c1', destroyedAt: AT };

      beforeEach(async () => {
        await vault.insertKeyIfAbsent('k1', 'c1', wrapping());
        await vault.insertKeyIfAbsent('k2', 'c1', wrapping());
        await vault.destroyKeys(['k1'], AT);
      });

      it('leaves a tombstone, and the other keys of its owner', async () => {
        expect(await key('k1')).toEqual(destroyed);
        expect(await vault.liveKeysOf('c1')).toEqual(['k2']);
      });

      it('stays destroyed when it is inserted again', async () => {
        expect(await vault.insertKeyIfAbsent('k1', 'c1', wrapping())).toEqual(destroyed);
        expect(await key('k1')).toEqual(destroyed);
      });

      it('stays destroyed as it first was when it is destroyed again', async () => {
        await vault.destroyKeys(['k1', 'k2'], LATER);
        expect(await key('k1')).toEqual(destroyed);
        expect(await key('k2')).toEqual({ ...destroyed, id: 'k2', destroyedAt: LATER });
      });

      it('stays destroyed after a reopening', async () => {
        await reopen();
        expect(await key('k1')).toEqual(destroyed);
        expect(await vault.insertKeyIfAbsent('k1', 'c1', wrapping())).toEqual(destroyed);
      });

      it('is not among those to rewrap', async () => {
        expect((await vault.keysNotWrappedBy('mk-2', 10)).map((entry) => entry.id)).toEqual(['k2']);
      });

      it('never comes to life when it was destroyed before it was inserted', async () => {
        await vault.destroyKeys(['k9'], AT);
        const answer = await vault.insertKeyIfAbsent('k9', 'c1', wrapping());
        expect(answer).toMatchObject({ state: 'destroyed', id: 'k9', destroyedAt: AT });
        expect(await vault.liveKeysOf('c1')).toEqual(['k2']);
      });

      it('is destroyed whichever way an insert races with it', async () => {
        await Promise.all([
          vault.insertKeyIfAbsent('k8', 'c1', wrapping()),
          vault.destroyKeys(['k8'], AT),
          vault.insertKeyIfAbsent('k8', 'c1', wrapping()),
        ]);
        expect(await key('k8')).toMatchObject({ state: 'destroyed' });
      });
    });

    describe('rotation', () => {
      it('pages through the live keys that the new master key does not wrap, until none is left', async () => {
        for (const [i, master] of ['mk-1', 'mk-3', 'mk-2', 'mk-1', 'mk-3'].entries()) {
          await vault.insertKeyIfAbsent(`k${i}`, 'c1', wrapping(master));
        }
        const rewrapped: string[] = [];
        for (let page = await vault.keysNotWrappedBy('mk-2', 3); page.length > 0;) {
          expect(page.length).toBeLessThanOrEqual(3);
          for (const entry of page) {
            if (entry.state !== 'live') continue;
            if (await vault.rewrapKey(entry.id, entry.wrapped, wrapping('mk-2'))) rewrapped.push(entry.id);
          }
          page = await vault.keysNotWrappedBy('mk-2', 3);
        }
        expect(rewrapped.sort()).toEqual(['k0', 'k1', 'k3', 'k4']);
      });

      it('replaces a wrapping only while the old one stands', async () => {
        const [first, second, third] = [wrapping('mk-1'), wrapping('mk-2'), wrapping('mk-3')];
        await vault.insertKeyIfAbsent('k1', 'c1', first);
        expect(await vault.rewrapKey('k1', first, second)).toBe(true);
        expect(await vault.rewrapKey('k1', first, third)).toBe(false);
        expect(await vault.rewrapKey('k1', { ...second, masterKeyId: 'mk-1' }, third)).toBe(false);
        expect(await key('k1')).toEqual({ state: 'live', id: 'k1', owner: 'c1', wrapped: second });
      });

      it('does not bring back a key that was destroyed meanwhile', async () => {
        const first = wrapping('mk-1');
        await vault.insertKeyIfAbsent('k1', 'c1', first);
        await vault.destroyKeys(['k1'], AT);
        expect(await vault.rewrapKey('k1', first, wrapping('mk-2'))).toBe(false);
        expect(await vault.rewrapKey('unknown', first, wrapping('mk-2'))).toBe(false);
        expect(await key('k1')).toMatchObject({ state: 'destroyed' });
      });
    });

    describe('a secret', () => {
      it('is set only where there is none, replaced and removed only while it is what the caller saw', async () => {
        expect(await vault.secret('signing')).toBeNull();
        expect(await vault.replaceSecret('signing', null, 'one')).toBe(true);
        expect(await vault.replaceSecret('signing', null, 'two')).toBe(false);
        expect(await vault.replaceSecret('signing', 'two', 'three')).toBe(false);
        expect(await vault.replaceSecret('signing', 'one', 'two')).toBe(true);
        expect(await vault.secret('signing')).toBe('two');
        expect(await vault.replaceSecret('signing', 'one', null)).toBe(false);
        expect(await vault.replaceSecret('signing', 'two', null)).toBe(true);
        expect(await vault.secret('signing')).toBeNull();
        expect(await vault.replaceSecret('signing', 'two', 'three')).toBe(false);
      });

      it('is set by one of two callers at once', async () => {
        const both = await Promise.all([
          vault.replaceSecret('signing', null, 'a'),
          vault.replaceSecret('signing', null, 'b'),
        ]);
        expect([...both].sort()).toEqual([false, true]);
      });

      it('tells whether it is absent to a caller who wants it so', async () => {
        expect(await vault.replaceSecret('signing', null, null)).toBe(true);
        await vault.replaceSecret('signing', null, 'one');
        expect(await vault.replaceSecret('signing', null, null)).toBe(false);
      });

      it('outlasts a reopening', async () => {
        await vault.replaceSecret('signing', null, '口令 "hash"');
        await reopen();
        expect(await vault.secret('signing')).toBe('口令 "hash"');
      });

      it('is listed by the beginning of its name, in which no character is a wildcard', async () => {
        const names = [
          'password/b',
          'password/a',
          'pass%word',
          'pass_word',
          'passXword',
          'Password/c',
          'p.*',
        ];
        for (const name of names) await vault.replaceSecret(name, null, `value of ${name}`);
        const named = async (prefix: string) => [...(await vault.secretsLike(prefix)).keys()];
        expect(await named('password/')).toEqual(['password/a', 'password/b']);
        expect(await named('pass%')).toEqual(['pass%word']);
        expect(await named('pass_')).toEqual(['pass_word']);
        expect(await named('p.*')).toEqual(['p.*']);
        expect(await named('%')).toEqual([]);
        expect((await vault.secretsLike('pass_')).get('pass_word')).toBe('value of pass_word');
        expect(await named('')).toHaveLength(names.length);
      });
    });

    it('goes on as before after a scrub', async () => {
      const live = await vault.insertKeyIfAbsent('k1', 'c1', wrapping());
      await vault.insertKeyIfAbsent('k2', 'c1', wrapping());
      await vault.destroyKeys(['k2'], AT);
      await vault.scrub();
      expect(await key('k1')).toEqual(live);
      expect(await key('k2')).toMatchObject({ state: 'destroyed' });
      expect(await vault.insertKeyIfAbsent('k3', 'c1', wrapping())).toMatchObject({ state: 'live' });
    });
  });
}
