import { Injectable } from '@nestjs/common';
import type { Done } from '#engine/command.js';
import { KeyedMutex } from '#engine/keyed-mutex.js';
import { staffDecider, type StaffCommand } from '#domain/staff/decider.js';
import type { RegisterStaff } from '#domain/staff/register.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { Commands } from '../commands/commands.js';
import { splitBody } from '../http/command-request.js';
import type { AuthenticatedRequest } from '../http/request-context.js';
import type { RegisterDto } from './staff.dto.js';

/** How long the staff view may take to catch up before a registration, in milliseconds. */
const CATCH_UP_MS = 2_000;

/** Commands about members of staff, and the passwords that go with them. */
@Injectable()
export class StaffCommands {
  /** Two first executives at one moment: the second must see the first. */
  readonly #turns = new KeyedMutex();

  constructor(
    private readonly kernel: Kernel,
    private readonly commands: Commands,
  ) {}

  run(request: AuthenticatedRequest, command: StaffCommand, dto: object): Promise<Done> {
    const body = splitBody(dto, { name: 'person', reason: 'person' });
    return this.commands.run(request, staffDecider, `staff-${command.staffId}`, command, body);
  }

  /** Registers a person; the first executive whom an administrator registers needs no confirmation. */
  register(request: AuthenticatedRequest, dto: RegisterDto): Promise<Done> {
    const { id: staffId, name, roles } = dto;
    const give = async (command: Pick<RegisterStaff, 'bootstrap' | 'facts'>) =>
      this.run(request, { type: 'RegisterStaff', staffId, name, roles, ...command }, dto);
    const byAdministrator = request.caller.roles.includes('administrator');
    if (!byAdministrator || roles.length !== 1 || roles[0] !== 'executive') {
      const facts = { hasAdministrator: true, hasExecutive: true, position: null };
      return give({ bootstrap: null, facts });
    }
    return this.#turns.run('executive', async () => {
      const { position, hasExecutive } = await this.#executives();
      const facts = { hasAdministrator: true, hasExecutive, position };
      return give({ bootstrap: hasExecutive ? null : 'executive', facts });
    });
  }

  /** A new one-time password, unless the person has set one of his own since the command was first given. */
  async oneTimePassword(staffId: string): Promise<string | null> {
    const { state } = await this.kernel.executor.load(staffDecider, `staff-${staffId}`);
    return state.active && state.mustChangePassword ? this.kernel.passwords.issueOneTime(staffId) : null;
  }

  /** Takes the password of a leaver away; a repeat does nothing to one who has come back. */
  async removePassword(staffId: string): Promise<void> {
    const { state } = await this.kernel.executor.load(staffDecider, `staff-${staffId}`);
    if (!state.active) await this.kernel.passwords.remove(staffId);
  }

  /** Whether there is, or ever was, an executive who needed no confirmation or holds his role now. */
  async #executives(): Promise<{ position: string | null; hasExecutive: boolean }> {
    const { log, reader } = this.kernel;
    const position = await log.head();
    if (position !== null) await reader.waitFor('staff', position, CATCH_UP_MS);
    const [first, now] = await Promise.all([
      reader.count('staff', { bootstrap: { eq: 'executive' } }, 1),
      reader.count('staff', { roles: { eq: 'executive' } }, 1),
    ]);
    return { position, hasExecutive: first + now > 0 };
  }
}
