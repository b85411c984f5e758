import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '#engine/json.js';
import { model } from '#domain/model.js';
import { readSettings, type Settings } from '#infra/config/settings.js';
import { openKernel } from '#infra/kernel/open-kernel.js';
import { askOperator } from '#infra/operator/ask.js';
import { SOCKET_NAME } from '#infra/operator/operator-server.js';
import { dossierOperations } from '../../api/src/operator/operations.js';

/** Carries out an operation, progress on standard error, so that standard output holds the result alone. */
export async function operate(
  name: string,
  args: Readonly<Record<string, string>> = {},
): Promise<JsonObject> {
  const settings = readSettings(process.env);
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  return askOperator(join(settings.dataDir, SOCKET_NAME), name, args, progress, async () => {
    refuseMissingLog(settings);
    const kernel = await openKernel(settings, model, {
      onFatal: (reason) => {
        process.stderr.write(`dossier: ${reason.message}\n`);
        process.exit(1);
      },
      onViewStopped: (error) => progress(error.message),
    });
    return { operations: dossierOperations(kernel), close: () => kernel.close() };
  });
}

/** A mistyped folder is no reason to begin a new log in it. */
function refuseMissingLog({ eventLogUrl }: Settings): void {
  const file = /^sqlite:(?!:memory:)(.+)$/.exec(eventLogUrl)?.[1];
  if (file !== undefined && !existsSync(file))
    throw new Error(`there is no log at ${file}; DATA_DIR names its folder`);
}

export function print(result: JsonObject): void {
  process.stdout.write(JSON.stringify(result, null, 2) + '\n');
}
