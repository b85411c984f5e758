import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Reads a JSON file; gives `otherwise` where there is none. */
export function readJson<T>(path: string, otherwise: T): T {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : otherwise;
}

/** Writes a JSON file that only its owner can read; whoever is killed while writing leaves the old one. */
export function writeJson(path: string, content: unknown): void {
  writeFileSync(`${path}.new`, JSON.stringify(content, null, 2) + '\n', { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
