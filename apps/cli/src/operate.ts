import { join } from 'node:path';
import type { JsonObject } from '#engine/json.js';
import { model } from '#domain/model.js';
import { readSettings } from '#infra/config/settings.js';
import { openKernel } from '#infra/kernel/open-kernel.js';
import { kernelOperations } from '#infra/kernel/operations.js';
import { askOperator } from '#infra/operator/ask.js';
import { SOCKET_NAME } from '#infra/operator/operator-server.js';

/** Carries out an operation, progress on standard error, so that standard output holds the result alone. */
export async function operate(
  name: string,
  args: Readonly<Record<string, string>> = {},
): Promise<JsonObject> {
  const settings = readSettings(process.env);
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  return askOperator(join(settings.dataDir, SOCKET_NAME), name, args, progress, async () => {
    const kernel = await openKernel(settings, model, {
      onFatal: (reason) => {
        process.stderr.write(`dossier: ${reason.message}\n`);
        process.exit(1);
      },
      onViewStopped: (error) => progress(error.message),
    });
    return { operations: kernelOperations(kernel), close: () => kernel.close() };
  });
}

export function print(result: JsonObject): void {
  process.stdout.write(JSON.stringify(result, null, 2) + '\n');
}
