import { randomBytes } from 'node:crypto';
import type { Clock } from '../ports/clock.js';
import type { KeyVault, VaultEntry } from '../ports/key-vault.js';
import type { PartKey } from '../registry.js';
import type { MasterKeys } from './master-keys.js';
import { unwrap, wrap } from './wrapping.js';

/** A data key in memory may be used this long, in milliseconds: after a destruction nobody can open anything by then. */
export const KEY_CACHE_MS = 500;
const CACHE_SIZE = 10_000;

/** The key was destroyed: nothing under it can be opened or sealed any more. */
export class KeyDestroyed extends Error {
  override readonly name = 'KeyDestroyed';
  constructor(readonly keyId: string) {
    super(`data key ${keyId} has been destroyed`);
  }
}

/** The vault knows neither the key nor its tombstone: the vault is not the one that this log was written with. */
export class KeyMissing extends Error {
  override readonly name = 'KeyMissing';
  constructor(readonly keyId: string) {
    super(`data key ${keyId} is neither in the vault nor marked destroyed: wrong or incomplete vault`);
  }
}

/** Data keys in clear, for a moment. The vault keeps them wrapped. */
export class DataKeys {
  readonly #cache = new Map<string, { key: Buffer | null; until: number }>();
  #sweep: NodeJS.Timeout | undefined;

  constructor(
    private readonly vault: KeyVault,
    private readonly masters: MasterKeys,
    private readonly clock: Clock,
  ) {}

  /**
   * The keys to seal under, made where they are missing.
   * @throws KeyDestroyed
   */
  async forSealing(parts: readonly PartKey[]): Promise<ReadonlyMap<string, Buffer>> {
    const owners = new Map(parts.map(({ keyId, owner }) => [keyId, owner]));
    const keys = await this.#lookUp(owners.keys());
    for (const [id, key] of keys) if (key === null) throw new KeyDestroyed(id);
    const missing = [...owners].filter(([id]) => !keys.has(id));
    await Promise.all(
      missing.map(async ([id, owner]) => {
        const since = this.clock.monotonic();
        const fresh = wrap(this.masters.current, id, randomBytes(32));
        const key = this.#remember(await this.vault.insertKeyIfAbsent(id, owner, fresh), since);
        if (key === null) throw new KeyDestroyed(id);
        keys.set(id, key);
      }),
    );
    return keys as ReadonlyMap<string, Buffer>;
  }

  /**
   * The keys to open with; `null` where one has been destroyed.
   * @throws KeyMissing
   */
  async forOpening(ids: readonly string[]): Promise<ReadonlyMap<string, Buffer | null>> {
    const keys = await this.#lookUp(ids);
    for (const id of ids) if (!keys.has(id)) throw new KeyMissing(id);
    return keys;
  }

  /** Forgets keys at once (here; other processes forget them within `KEY_CACHE_MS`). */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.#cache.delete(id);
  }

  async #lookUp(ids: Iterable<string>): Promise<Map<string, Buffer | null>> {
    const now = this.clock.monotonic();
    const found = new Map<string, Buffer | null>();
    const unknown: string[] = [];
    for (const id of new Set(ids)) {
      const cached = this.#cache.get(id);
      if (cached && cached.until > now) found.set(id, cached.key);
      else unknown.push(id);
    }
    if (unknown.length > 0) {
      for (const [id, entry] of await this.vault.keys(unknown)) found.set(id, this.#remember(entry, now));
    }
    return found;
  }

  // Counted from before the vault was asked: a key destroyed while a slow answer travels is not kept longer for it.
  #remember(entry: VaultEntry, since: number): Buffer | null {
    const key = entry.state === 'live' ? unwrap(this.masters, entry.id, entry.wrapped) : null;
    this.#cache.delete(entry.id);
    this.#cache.set(entry.id, { key, until: since + KEY_CACHE_MS });
    if (this.#cache.size > CACHE_SIZE) this.#cache.delete(this.#cache.keys().next().value as string);
    this.#sweepLater();
    return key;
  }

  // An idle process, too, lets go of what it may not use any more, at the latest half as long after.
  #sweepLater(): void {
    if (this.#sweep) return;
    this.#sweep = setTimeout(() => {
      this.#sweep = undefined;
      const now = this.clock.monotonic();
      for (const [id, { until }] of this.#cache) if (until <= now) this.#cache.delete(id);
      if (this.#cache.size > 0) this.#sweepLater();
    }, KEY_CACHE_MS / 2).unref();
  }
}
