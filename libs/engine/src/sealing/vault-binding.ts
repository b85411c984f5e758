import type { EventLog } from '../ports/event-log.js';
import type { KeyVault } from '../ports/key-vault.js';

const LOG_OF_THE_VAULT = 'log';

/** The vault is another log's, or a new one in the place of one that was lost. */
export class WrongVault extends Error {
  override readonly name = 'WrongVault';
}

/**
 * Ties a vault to its log, at the first start of both. A vault without the log's keys would make new ones under the
 * same ids, and what is sealed already could never be opened again, not even with the right vault.
 * @throws WrongVault
 */
export async function bindVault(vault: KeyVault, log: EventLog, logId: string): Promise<void> {
  // The log first: whoever appended to it meanwhile has bound the vault before.
  const [, sealed] = await log.readAll({ after: null, maxCount: 2 });
  if (!sealed && (await vault.replaceSecret(LOG_OF_THE_VAULT, null, logId))) return;
  const bound = await vault.secret(LOG_OF_THE_VAULT);
  if (bound === logId) return;
  throw new WrongVault(
    bound === null
      ? `the vault is new, but log ${logId} is not: restore the vault that it was written with`
      : `the vault belongs to log ${bound}, not to ${logId}`,
  );
}
