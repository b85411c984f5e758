import { randomUUID } from 'node:crypto';
import { SYSTEM } from '#engine/decider.js';
import { staffDecider } from '#domain/staff/decider.js';
import type { Kernel } from '#infra/kernel/kernel.js';
import { kernelOperations } from '#infra/kernel/operations.js';
import { OperationFailed, type Operations } from '#infra/operator/operation.js';
import { POLICIES_IN_FORCE } from '../commands/commands.js';
import { doneOrProblem } from '../http/command-request.js';
import { Problem } from '../http/problem.js';

/** What an operator can ask of Dossier: what the kernel does, and what takes knowledge of the staff. */
export function dossierOperations(kernel: Kernel): Operations {
  return {
    ...kernelOperations(kernel),
    'reset-password': async ({ staff = '' }) => ({ staff, password: await resetPassword(kernel, staff) }),
  };
}

/** Issues a one-time password. The event comes first: a password that nobody has to change is worse than none. */
async function resetPassword(kernel: Kernel, staffId: string): Promise<string> {
  const commandId = randomUUID();
  const outcome = await kernel.executor.execute(
    staffDecider,
    `staff-${staffId}`,
    { type: 'IssueOneTimePassword', staffId },
    { commandId, actor: SYSTEM, correlationId: commandId, channel: 'cli', policies: POLICIES_IN_FORCE },
  );
  try {
    doneOrProblem(outcome);
  } catch (error) {
    const detail = error instanceof Problem ? error.body('en', undefined)['detail'] : undefined;
    throw typeof detail === 'string' ? new OperationFailed(detail) : error;
  }
  return kernel.passwords.issueOneTime(staffId);
}
