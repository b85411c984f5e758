import { Injectable } from '@nestjs/common';
import { staffDecider } from '#domain/staff/decider.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { FailureThrottle } from '#infra/identity/failure-throttle.js';
import { describeDuties } from '../staff/duties.js';
import { StaffNames } from '../staff/staff-names.js';
import { POLICIES_IN_FORCE } from '../commands/commands.js';
import { commandMeta, doneOrProblem } from '../http/command-request.js';
import type { Locale } from '../http/locale.js';
import { Problem } from '../http/problem.js';
import type { AuthenticatedRequest, Caller } from '../http/request-context.js';
import { Authenticator } from './authenticator.js';
import type { MeAnswer, SessionAnswer } from './session.dto.js';

/** Signs people in, and slows down whoever guesses. */
@Injectable()
export class SignIn {
  readonly #byStaff: FailureThrottle;
  /** An office shares one address: it may fail more often. */
  readonly #byAddress: FailureThrottle;

  constructor(
    private readonly kernel: Kernel,
    private readonly authenticator: Authenticator,
    private readonly names: StaffNames,
  ) {
    this.#byStaff = new FailureThrottle(kernel.clock, 5);
    this.#byAddress = new FailureThrottle(kernel.clock, 50);
  }

  async open(staffId: string, password: string, address: string): Promise<SessionAnswer> {
    await this.#check(staffId, password, address);
    const { mustChangePassword } = await this.authenticator.callerOf(staffId);
    return { ...(await this.kernel.tokens.issue(staffId)), mustChangePassword };
  }

  async describe(caller: Caller, locale: Locale): Promise<MeAnswer> {
    const [names, staff] = await Promise.all([
      this.names.of([caller.id]),
      this.authenticator.staff(caller.id),
    ]);
    const { id, roles, mustChangePassword } = caller;
    const { undertakingValidUntil: undertakingUntil } = staff;
    const duties = describeDuties(staff, locale);
    return { id, name: names.get(id) ?? null, roles, duties, undertakingUntil, mustChangePassword };
  }

  async changePassword(request: AuthenticatedRequest, present: string, password: string): Promise<void> {
    const { id } = request.caller;
    await this.#check(id, present, request.ip);
    if (password === present) throw new Problem('auth.password-weak');
    await this.kernel.passwords.change(id, password);
    const meta = commandMeta(request, POLICIES_IN_FORCE, { clear: {} });
    const command = { type: 'ChangePassword', staffId: id } as const;
    doneOrProblem(await this.kernel.executor.execute(staffDecider, `staff-${id}`, command, meta));
  }

  async #check(staffId: string, password: string, address: string): Promise<void> {
    const wait = Math.max(this.#byStaff.waitFor(staffId), this.#byAddress.waitFor(address));
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000);
      throw new Problem('auth.throttled', { seconds }, { headers: { 'retry-after': String(seconds) } });
    }
    this.#byStaff.failed(staffId);
    this.#byAddress.failed(address);
    if (!(await this.kernel.passwords.verify(staffId, password))) throw new Problem('auth.failed');
    this.#byStaff.succeeded(staffId);
    this.#byAddress.takeBack(address);
  }
}
