import { readSettings } from '#infra/config/settings.js';
import { FIRST_ADMINISTRATOR } from './bootstrap/first-administrator.js';
import { createLogger } from './server/logger.js';
import { startDossier } from './start.js';

/** A stop that takes longer than this is cut short, in milliseconds. */
const STOP_WITHIN_MS = 20_000;

try {
  const settings = readSettings(process.env);
  const logger = createLogger(settings.LOG_LEVEL);
  const dossier = await startDossier(settings, logger, (reason) => {
    logger.fatal({ error: reason.name }, reason.message);
    process.exit(1);
  });
  if (dossier.firstPassword !== null) {
    process.stderr.write(
      `\nThe first administrator signs in as "${FIRST_ADMINISTRATOR}" with this one-time password, shown only now:\n` +
        `\n    ${dossier.firstPassword}\n\n` +
        `Keep a copy of ${settings.masterKeyFile} apart from the data: without it nothing sealed can be read.\n\n`,
    );
  }
  process.stderr.write(`Dossier answers at ${dossier.url}, documentation at ${dossier.url}/docs\n`);

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    dossier.stop().catch((error: unknown) => {
      logger.error({ error: error instanceof Error ? error.name : 'unknown' }, 'the stop failed');
      process.exitCode = 1;
    });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  process.stderr.write(`dossier: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
