import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { model } from '#domain/model.js';
import { readSettings } from '#infra/config/settings.js';
import { openKernel } from '#infra/kernel/open-kernel.js';
import { AppModule } from '../app.module.js';
import { createServer } from '../server/create-server.js';
import { createLogger } from '../server/logger.js';
import { Metrics } from '../server/metrics.js';
import { describeApi } from './documentation.js';

const MEMORY = 'sqlite::memory:';

/** The OpenAPI document of this code, made over empty stores in memory. Serves nothing. */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-openapi-'));
  const stop: (() => Promise<void>)[] = [];
  try {
    const kernel = await openKernel(
      readSettings({
        DATA_DIR: folder,
        EVENT_LOG_URL: MEMORY,
        VIEW_STORE_URL: MEMORY,
        KEY_VAULT_URL: MEMORY,
      }),
      model,
      { onFatal: rethrow, onViewStopped: rethrow },
    );
    stop.push(() => kernel.close());
    const logger = createLogger('silent');
    const metrics = new Metrics();
    const server = await createServer(AppModule.over(kernel, logger, metrics), logger, metrics);
    stop.push(() => server.stop());
    return describeApi(server.app);
  } finally {
    for (const step of stop.reverse()) await step();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A document as it is committed: members in the order of their names, one a line. */
export function printed(document: object): string {
  return `${JSON.stringify(sorted(document), null, 2)}\n`;
}

/** Where two documents differ, as JSON pointers: only the outermost of each difference. */
export function differences(one: unknown, other: unknown, at = ''): string[] {
  if (isObject(one) && isObject(other)) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
    return names.flatMap((name) => differences(one[name], other[name], `${at}/${escaped(name)}`));
  }
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)) ? [] : [at || '/'];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function rethrow(error: Error): never {
  throw error;
}
