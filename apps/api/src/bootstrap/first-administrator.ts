import { v5 as uuidv5 } from 'uuid';
import { SYSTEM } from '#engine/decider.js';
import { staffDecider } from '#domain/staff/decider.js';
import type { Kernel } from '#infra/kernel/kernel.js';
import { POLICIES_IN_FORCE } from '../commands/commands.js';

/** Staff id of the administrator that the first start registers. */
export const FIRST_ADMINISTRATOR = 'admin';

/**
 * Registers the administrator of a new log and issues his one-time password.
 * @returns the password, to be shown once; `null` where the log has its administrator, who has set a password
 */
export async function ensureAdministrator(kernel: Kernel): Promise<string | null> {
  const stream = `staff-${FIRST_ADMINISTRATOR}`;
  const { state } = await kernel.executor.load(staffDecider, stream);
  // Registered, but the password was never changed: the process may have died before it was shown.
  if (state.registered && !(state.active && state.mustChangePassword)) return null;
  if (!state.registered) {
    const commandId = uuidv5('first administrator', kernel.identity.logId);
    const outcome = await kernel.executor.execute(
      staffDecider,
      stream,
      {
        type: 'RegisterStaff',
        staffId: FIRST_ADMINISTRATOR,
        name: 'Administrator',
        roles: ['administrator'],
        bootstrap: 'administrator',
        facts: { hasAdministrator: false, hasExecutive: false, position: null },
      },
      { commandId, actor: SYSTEM, correlationId: commandId, channel: 'engine', policies: POLICIES_IN_FORCE },
    );
    if (outcome.kind !== 'done')
      throw new Error(`the first administrator could not be registered: ${outcome.kind}`);
  }
  return kernel.passwords.issueOneTime(FIRST_ADMINISTRATOR);
}
