/** A data key as the vault keeps it: wrapped by a master key, or destroyed for good. */
export type VaultEntry =
  | { readonly state: 'live'; readonly id: string; readonly owner: string; readonly wrapped: WrappedKey }
  | {
      readonly state: 'destroyed';
      readonly id: string;
      readonly owner: string;
      readonly destroyedAt: string;
    };

/** A key encrypted under a master key (AES-256-GCM; base64 of nonce, ciphertext and tag). */
export interface WrappedKey {
  readonly masterKeyId: string;
  readonly bytes: string;
}

/**
 * Keeps data keys outside the log's backup set, with password hashes and token signing keys.
 * Nothing in it is readable without the master key but password hashes, which are hashes, and the id of its log.
 */
export interface KeyVault {
  /** What is known of these ids; an id never seen is absent from the map. */
  keys(ids: readonly string[]): Promise<ReadonlyMap<string, VaultEntry>>;

  /** Adds the key unless its id is known, destroyed ones included; resolves to what then stands there. */
  insertKeyIfAbsent(id: string, owner: string, wrapped: WrappedKey): Promise<VaultEntry>;

  /** Ids of the live keys of one owner (a customer, a member of staff). */
  liveKeysOf(owner: string): Promise<readonly string[]>;

  /** Overwrites the wrapped keys with tombstones, durably. Destroying twice is the same as once. */
  destroyKeys(ids: readonly string[], at: string): Promise<void>;

  /** A page of live keys not wrapped by this master key, for rotation. */
  keysNotWrappedBy(masterKeyId: string, maxCount: number): Promise<readonly VaultEntry[]>;

  /** Replaces a wrapping only while the old one still stands. */
  rewrapKey(id: string, from: WrappedKey, to: WrappedKey): Promise<boolean>;

  /** A named secret (wrapped signing key, password hash); `null` where there is none. */
  secret(name: string): Promise<string | null>;

  /** Sets a secret only while it still is what the caller saw (`null`: absent); resolves to whether it did. */
  replaceSecret(name: string, from: string | null, to: string | null): Promise<boolean>;

  /** All secrets whose name begins so, sorted by name. */
  secretsLike(prefix: string): Promise<ReadonlyMap<string, string>>;

  /** Removes what the store still holds of overwritten bytes (write-ahead log, free pages). */
  scrub(): Promise<void>;

  close(): Promise<void>;
}
