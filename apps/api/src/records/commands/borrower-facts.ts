import { Injectable } from '@nestjs/common';
import type { BorrowerFacts } from '#domain/records/eligibility.js';
import { loansIn } from '#domain/views/borrowing-register.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { StaffFacts } from '../../staff/staff-facts.js';

/** What is known of a borrower: his own stream as it stands now, and his open loans by the borrowing register. */
@Injectable()
export class Borrowers {
  constructor(
    private readonly kernel: Kernel,
    private readonly staff: StaffFacts,
  ) {}

  /** Only consults are lent so far: nothing can be overdue, and no emergency wait for ratification. */
  async facts(borrower: string): Promise<BorrowerFacts> {
    const { reader, clock } = this.kernel;
    const { position, facts } = await this.staff.of(borrower);
    const { active, roles, undertakingSignedAt } = facts[0]!;
    const register = await reader.reached('borrowingRegister');
    const open = { borrower: { eq: borrower }, ...loansIn('active', clock.now()) };
    return {
      ...{ active, roles, undertakingSignedAt },
      openLoans: await reader.count('borrowingRegister', open),
      ...{ overdueLoans: 0, unratifiedEmergencies: 0 },
      positions: { staff: position, register },
    };
  }
}
