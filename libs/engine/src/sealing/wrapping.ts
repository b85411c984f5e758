import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { WrappedKey } from '../ports/key-vault.js';
import type { MasterKey, MasterKeys } from './master-keys.js';

/** No master key at hand unwraps this key: the operator's key file is not the one that the vault was written with. */
export class MasterKeyMissing extends Error {
  override readonly name = 'MasterKeyMissing';
  constructor(readonly masterKeyId: string) {
    super(`master key ${masterKeyId} is not in the key file`);
  }
}

/** Encrypts secret bytes under a master key (AES-256-GCM, random nonce), bound to their name. */
export function wrap(master: MasterKey, name: string, bytes: Buffer): WrappedKey {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', master.bytes, nonce);
  cipher.setAAD(Buffer.from(name));
  const sealed = Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  return { masterKeyId: master.id, bytes: sealed.toString('base64') };
}

/**
 * Decrypts what `wrap` made.
 * @throws MasterKeyMissing; Error where the bytes were altered or belong to another name
 */
export function unwrap(masters: MasterKeys, name: string, wrapped: WrappedKey): Buffer {
  const master = masters.byId(wrapped.masterKeyId);
  if (!master) throw new MasterKeyMissing(wrapped.masterKeyId);
  const bytes = Buffer.from(wrapped.bytes, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', master.bytes, bytes.subarray(0, 12), {
    authTagLength: 16,
  });
  decipher.setAAD(Buffer.from(name));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
}
