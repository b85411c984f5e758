import { join } from 'node:path';
import type { Logger } from 'pino';
import { model } from '#domain/model.js';
import type { Settings } from '#infra/config/settings.js';
import type { Kernel } from '#infra/kernel/kernel.js';
import { openKernel } from '#infra/kernel/open-kernel.js';
import { serveOperations, SOCKET_NAME } from '#infra/operator/operator-server.js';
import { AppModule } from './app.module.js';
import { ensureAdministrator } from './bootstrap/first-administrator.js';
import { dossierOperations } from './operator/operations.js';
import { createServer } from './server/create-server.js';
import { Metrics } from './server/metrics.js';

/** A running API. */
export interface Dossier {
  readonly kernel: Kernel;
  /** Where it answers, such as http://127.0.0.1:3000. */
  readonly url: string;
  /** Password of the first administrator, where this start made one: show it once. */
  readonly firstPassword: string | null;
  /** Answers what is in flight, then closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the API with the projector inside.
 * @param onFatal the log's disk can no longer be trusted: exit non-zero
 */
export async function startDossier(
  settings: Settings,
  logger: Logger,
  onFatal: (reason: Error) => void,
): Promise<Dossier> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const kernel = await openKernel(settings, model, {
      onFatal,
      onViewStopped: ({ view, code, stream, revision }) =>
        logger.error({ view, code, stream, revision }, 'a view has stopped'),
      onProjectionRetry: (error, attempt) =>
        logger.warn(
          { error: error instanceof Error ? error.name : 'unknown', attempt },
          'feeding views is tried again',
        ),
    });
    undo.push(() => kernel.close());
    const firstPassword = await ensureAdministrator(kernel);
    undo.push(await serveOperations(join(settings.dataDir, SOCKET_NAME), dossierOperations(kernel)));
    const metrics = new Metrics();
    const server = await createServer(AppModule.over(kernel, logger, metrics), logger, metrics);
    undo.push(() => server.stop());
    const url = await server.listen(settings.HOST, settings.PORT);
    return { kernel, url, firstPassword, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
