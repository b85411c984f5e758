import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyVault } from '#engine/ports/key-vault.js';

/**
 * One of the settings that the OWASP password storage cheat sheet names as equally strong. Of those it takes little
 * memory, 32 MiB a try, of which four run at a time.
 */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 128 * 1024 * 1024 } satisfies ScryptOptions;
const HASH_BYTES = 32;

const scryptAsync = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

interface PasswordEntry {
  readonly salt: string;
  readonly hash: string;
  readonly cost: { readonly N: number; readonly r: number; readonly p: number };
}

const secretName = (staffId: string) => `password/${staffId}`;

/** Passwords as scrypt hashes in the vault, apart from the log. */
export class Passwords {
  /** Verified against where nobody has the id, so that an unknown id takes as long as a wrong password. */
  readonly #decoy: Promise<PasswordEntry>;

  constructor(private readonly vault: KeyVault) {
    this.#decoy = entryFor(randomBytes(16).toString('base64url'));
  }

  /**
   * Sets a generated password and returns it: the only time that it is ever shown. That it has to be changed stands
   * in the person's stream.
   */
  async issueOneTime(staffId: string): Promise<string> {
    const password = randomBytes(15).toString('base64url');
    await this.change(staffId, password);
    return password;
  }

  /** Whether the password is right. Takes as long for an unknown id. */
  async verify(staffId: string, password: string): Promise<boolean> {
    const stored = await this.vault.secret(secretName(staffId));
    const entry = stored === null ? await this.#decoy : (JSON.parse(stored) as PasswordEntry);
    const right = await matches(entry, password);
    return stored !== null && right;
  }

  /** Replaces the password. */
  async change(staffId: string, password: string): Promise<void> {
    await this.#replace(staffId, JSON.stringify(await entryFor(password)));
  }

  /** Takes the password away: nobody can sign in under this id until a new one is issued. */
  async remove(staffId: string): Promise<void> {
    await this.#replace(staffId, null);
  }

  async #replace(staffId: string, to: string | null): Promise<void> {
    const name = secretName(staffId);
    while (!(await this.vault.replaceSecret(name, await this.vault.secret(name), to)));
  }
}

async function entryFor(password: string): Promise<PasswordEntry> {
  const salt = randomBytes(16);
  const hash = await scryptAsync(password.normalize('NFKC'), salt, HASH_BYTES, COST);
  const { N, r, p } = COST;
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), cost: { N, r, p } };
}

async function matches(entry: PasswordEntry, password: string): Promise<boolean> {
  const salt = Buffer.from(entry.salt, 'base64');
  const options = { ...entry.cost, maxmem: COST.maxmem };
  const hash = await scryptAsync(password.normalize('NFKC'), salt, HASH_BYTES, options);
  return timingSafeEqual(hash, Buffer.from(entry.hash, 'base64'));
}
