import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Kernel } from '#infra/kernel/kernel.js';

/** File in the data folder with the token that a monitoring system scrapes with. */
export const METRICS_TOKEN_FILE = 'metrics.token';

/** The metrics token: made at the first start, readable by the owner of the data folder alone. */
@Injectable()
export class MetricsToken {
  readonly #digest: Buffer;

  constructor({ settings }: Kernel) {
    this.#digest = digest(readOrCreate(join(settings.dataDir, METRICS_TOKEN_FILE)));
  }

  /** Whether an `Authorization` header carries it; takes the same time wherever the two differ. */
  isIn(authorization: string | undefined): boolean {
    const given = /^Bearer ([\w-]{1,200})$/.exec(authorization ?? '')?.[1];
    return given !== undefined && timingSafeEqual(digest(given), this.#digest);
  }
}

function readOrCreate(file: string): string {
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const token = readFileSync(file, 'utf8').trim();
  if (!/^[\w-]{32,200}$/.test(token)) {
    throw new Error(`${file} holds no metrics token; remove it to have a new one made`);
  }
  return token;
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
