/** A key that wraps data keys; the operator keeps it, apart from the log and the vault. */
export interface MasterKey {
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

/** The keys of the operator's key file: one wraps, the others still unwrap until rotation is done. */
export interface MasterKeys {
  readonly current: MasterKey;
  byId(id: string): MasterKey | undefined;
  readonly all: readonly MasterKey[];
}
