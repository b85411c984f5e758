import { randomBytes } from 'node:crypto';
import { readJson, writeJson } from './json-file.js';

/**
 * The passwords of a demo, in a file that only its owner can read. A password is written down before it is used, so
 * that a demo that was killed can sign in again: until the API has confirmed one, a person may have several.
 */
export class PasswordFile {
  readonly #known: Record<string, readonly string[]>;

  constructor(private readonly path: string) {
    this.#known = readJson(path, {});
    writeJson(path, this.#known);
  }

  /** What may be a person's password, the latest first. */
  of(staffId: string): readonly string[] {
    return this.#known[staffId] ?? [];
  }

  /** Notes one more password that a person may have. */
  add(staffId: string, password: string): void {
    this.#write(staffId, [password, ...this.of(staffId)]);
  }

  /** Makes up a password and notes it. */
  generate(staffId: string): string {
    const password = randomBytes(12).toString('base64url');
    this.add(staffId, password);
    return password;
  }

  /** Notes that this is the password, and no other. */
  settle(staffId: string, password: string): void {
    if (this.of(staffId).length > 1) this.#write(staffId, [password]);
  }

  #write(staffId: string, passwords: readonly string[]): void {
    this.#known[staffId] = passwords;
    writeJson(this.path, this.#known);
  }
}
