import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  type KeyObject,
} from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '#engine/ports/clock.js';
import type { KeyVault, WrappedKey } from '#engine/ports/key-vault.js';
import type { MasterKeys } from '#engine/sealing/master-keys.js';
import { unwrap, wrap } from '#engine/sealing/wrapping.js';

const ISSUER = 'dossier';
const ALGORITHM = 'EdDSA';
const PREFIX = 'signing/';

interface SigningKey {
  readonly kid: string;
  readonly createdAt: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A token as it was issued. */
export interface IssuedToken {
  readonly token: string;
  /** UTC instant. */
  readonly expiresAt: string;
}

/**
 * Short-lived bearer tokens: JWTs signed with Ed25519 (RFC 8037). They say who, never what he may do: rights come from
 * his stream at each request. Signing keys are generated here and kept wrapped in the vault.
 */
export class Tokens {
  /** By key id, oldest first; the youngest signs. */
  #keys: ReadonlyMap<string, SigningKey> = new Map();

  constructor(
    private readonly vault: KeyVault,
    private readonly masters: MasterKeys,
    private readonly clock: Clock,
    private readonly audience: string,
    private readonly lifeSeconds: number,
  ) {}

  /** Loads the signing keys; makes the first one. */
  async load(): Promise<void> {
    if ((await this.vault.secretsLike(PREFIX)).size === 0) await this.rotate();
    await this.#reload();
  }

  /** Signs with a new key from now on. The keys before it still verify until their last tokens have expired. */
  async rotate(): Promise<string> {
    const { privateKey } = generateKeyPairSync('ed25519');
    const kid = randomUUID();
    const bytes = privateKey.export({ type: 'pkcs8', format: 'der' });
    const entry = { createdAt: this.clock.now(), wrapped: wrap(this.masters.current, PREFIX + kid, bytes) };
    await this.vault.replaceSecret(PREFIX + kid, null, JSON.stringify(entry));
    await this.#reload();
    await this.#dropExpired();
    return kid;
  }

  /** Wraps the signing keys under the current master key, as part of its rotation. */
  async rewrap(): Promise<void> {
    for (const [name, text] of await this.vault.secretsLike(PREFIX)) {
      const entry = JSON.parse(text) as { createdAt: string; wrapped: WrappedKey };
      if (entry.wrapped.masterKeyId === this.masters.current.id) continue;
      const wrapped = wrap(this.masters.current, name, unwrap(this.masters, name, entry.wrapped));
      await this.vault.replaceSecret(name, text, JSON.stringify({ ...entry, wrapped }));
    }
  }

  async issue(staffId: string): Promise<IssuedToken> {
    const key = [...this.#keys.values()].at(-1)!;
    const now = Math.floor(Date.parse(this.clock.now()) / 1000);
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: ALGORITHM, kid: key.kid, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(this.audience)
      .setSubject(staffId)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + this.lifeSeconds)
      .sign(key.privateKey);
    return { token, expiresAt: new Date((now + this.lifeSeconds) * 1000).toISOString() };
  }

  /** The staff id that a token was issued to; `null` where it is not valid (any more). */
  async verify(token: string): Promise<string | null> {
    try {
      const { payload } = await jwtVerify(token, async ({ kid }) => this.#verificationKey(kid), {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: this.audience,
        currentDate: new Date(this.clock.now()),
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      return payload.sub ?? null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  async #verificationKey(kid: string | undefined): Promise<KeyObject> {
    if (kid === undefined || !/^[0-9a-f-]{36}$/.test(kid)) throw new errors.JWSInvalid('no key id');
    // Another process may have rotated: its key is looked up once by name, not by reloading for every bad token.
    if (!this.#keys.has(kid) && (await this.vault.secret(PREFIX + kid)) !== null) await this.#reload();
    const key = this.#keys.get(kid);
    if (!key) throw new errors.JWSInvalid('unknown key id');
    return key.publicKey;
  }

  async #reload(): Promise<void> {
    const stored = await this.vault.secretsLike(PREFIX);
    const keys = [...stored].map(([name, text]): SigningKey => {
      const { createdAt, wrapped } = JSON.parse(text) as { createdAt: string; wrapped: WrappedKey };
      const der = unwrap(this.masters, name, wrapped);
      const privateKey = createPrivateKey({ key: der, type: 'pkcs8', format: 'der' });
      const kid = name.slice(PREFIX.length);
      return { kid, createdAt, privateKey, publicKey: createPublicKey(privateKey) };
    });
    keys.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    // In one step: until the vault has answered, the keys known so far verify.
    this.#keys = new Map(keys.map((key) => [key.kid, key]));
  }

  /** A key can go once the key after it has been in use for longer than a token lives. */
  async #dropExpired(): Promise<void> {
    const keys = [...this.#keys.values()];
    const before = Date.parse(this.clock.now()) - this.lifeSeconds * 1000;
    const expired = keys.filter((_, i) => Date.parse(keys[i + 1]?.createdAt ?? '') < before);
    for (const { kid } of expired) {
      await this.vault.replaceSecret(PREFIX + kid, await this.vault.secret(PREFIX + kid), null);
    }
    if (expired.length > 0) await this.#reload();
  }
}
