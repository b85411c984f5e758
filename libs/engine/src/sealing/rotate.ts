import type { KeyVault } from '../ports/key-vault.js';
import type { MasterKeys } from './master-keys.js';
import { unwrap, wrap } from './wrapping.js';

const PAGE = 500;

/**
 * Rewraps every data key that the current master key does not wrap. Safe to stop and repeat; service goes on meanwhile.
 * Data keys themselves, and so every sealed byte of the log, stay as they are.
 *
 * @param onProgress told the number of keys rewrapped so far
 * @returns how many were rewrapped
 */
export async function rewrapDataKeys(
  vault: KeyVault,
  masters: MasterKeys,
  onProgress: (rewrapped: number) => void = () => undefined,
): Promise<number> {
  let rewrapped = 0;
  for (;;) {
    const page = await vault.keysNotWrappedBy(masters.current.id, PAGE);
    if (page.length === 0) return rewrapped;
    for (const entry of page) {
      if (entry.state !== 'live') continue;
      const key = unwrap(masters, entry.id, entry.wrapped);
      if (await vault.rewrapKey(entry.id, entry.wrapped, wrap(masters.current, entry.id, key))) rewrapped++;
    }
    onProgress(rewrapped);
  }
}
