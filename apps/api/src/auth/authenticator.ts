import { rolesAt, type Staff } from '#domain/staff/staff.js';
import { staffDecider } from '#domain/staff/decider.js';
import type { Kernel } from '#infra/kernel/kernel.js';
import { Problem } from '../http/problem.js';
import type { Caller } from '../http/request-context.js';

const BEARER = /^Bearer ([\w-]{1,2000}\.[\w-]{1,4000}\.[\w-]{1,1000})$/;

/** Finds out who is calling. A token says who; his stream says what he is, at this moment. */
export class Authenticator {
  constructor(private readonly kernel: Kernel) {}

  /**
   * @param authorization the request's `Authorization` header
   * @throws Problem `auth.required`, `auth.token-invalid`, `auth.staff-inactive`
   */
  async authenticate(authorization: string | undefined): Promise<Caller> {
    if (authorization === undefined) throw unauthorized('auth.required');
    const token = BEARER.exec(authorization)?.[1];
    const staffId = token === undefined ? null : await this.kernel.tokens.verify(token);
    if (staffId === null) throw unauthorized('auth.token-invalid');
    return this.callerOf(staffId);
  }

  /** A member of staff as he stands now. */
  async callerOf(staffId: string): Promise<Caller> {
    const staff = await this.staff(staffId);
    if (!staff.active) throw new Problem('auth.staff-inactive');
    return {
      id: staffId,
      roles: rolesAt(staff, this.kernel.clock.now()),
      activeSince: staff.activeSince,
      mustChangePassword: staff.mustChangePassword,
    };
  }

  async staff(staffId: string): Promise<Staff> {
    return (await this.kernel.executor.load(staffDecider, `staff-${staffId}`)).state;
  }
}

function unauthorized(code: string): Problem {
  return new Problem(code, {}, { headers: { 'www-authenticate': 'Bearer' } });
}
