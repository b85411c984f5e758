import type { MasterKey, MasterKeys } from './master-keys.js';

/** The master keys in use by a running process: a rotation replaces them for everybody who holds the ring. */
export class Keyring implements MasterKeys {
  // Hard private, so that it is never printed.
  #keys: MasterKeys;

  constructor(keys: MasterKeys) {
    this.#keys = keys;
  }

  get current(): MasterKey {
    return this.#keys.current;
  }

  get all(): readonly MasterKey[] {
    return this.#keys.all;
  }

  byId(id: string): MasterKey | undefined {
    return this.#keys.byId(id);
  }

  replace(keys: MasterKeys): void {
    this.#keys = keys;
  }
}
