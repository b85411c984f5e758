import { Injectable } from '@nestjs/common';
import type { Filter } from '#engine/ports/view-store.js';
import { purposes } from '#domain/schema/catalogues.js';
import { loansIn, loanStateAt, type BorrowingRow } from '#domain/views/borrowing-register.js';
import { Kernel } from '#infra/kernel/kernel.js';
import type { Locale } from '../http/locale.js';
import type { Caller } from '../http/request-context.js';
import { codeIn } from '../records/reading/labels.js';
import { RecordRefs, type RecordRefAnswer } from '../records/reading/record-refs.js';
import { eligibilityInWords } from '../records/report-words.js';
import { People, type Named } from '../staff/people.js';
import type { LoanItemAnswer, LoanListAnswer, LoanStateQuery } from './loan-list.dto.js';
import { Pages, type Phase } from './pages.js';

/** Whose loans are meant; all where neither is named. */
export interface LoansOf {
  readonly record?: string | null | undefined;
  readonly borrower?: string | null | undefined;
}

const OVERSEERS = ['custodian', 'manager', 'executive', 'auditor'];

/** Whether somebody may see the loans of others; everybody sees his own. */
export function seesAllLoans({ roles }: Pick<Caller, 'roles'>): boolean {
  return roles.some((role) => OVERSEERS.includes(role));
}

/** The borrowing register, newest first. */
@Injectable()
export class LoanLists {
  constructor(
    private readonly kernel: Kernel,
    private readonly pages: Pages,
    private readonly refs: RecordRefs,
    private readonly people: People,
  ) {}

  async list({ record, borrower }: LoansOf, query: LoanStateQuery, locale: Locale): Promise<LoanListAnswer> {
    const { state } = query;
    const where: Filter = {
      ...(record == null ? {} : { record: { eq: record } }),
      ...(borrower == null ? {} : { borrower: { eq: borrower } }),
    };
    const phases = (at: string): Phase[] => [
      {
        anyOf: [{ ...where, ...(state == null ? {} : loansIn(state, at)) }],
        sort: [{ field: 'requestedAt', direction: 'desc' }],
      },
    ];
    const scope = { record: record ?? null, borrower: borrower ?? null, state: state ?? null };
    const { rows, list } = await this.pages.read<BorrowingRow>(
      { view: 'borrowingRegister', scope, phases },
      query,
    );
    const refOf = await this.refs.of(rows.map((row) => row.record));
    const now = this.kernel.clock.now();
    const items = await this.people.naming((named) =>
      rows.map((row) => describeLoan(row._id, row, refOf(row.record), now, locale, named)),
    );
    return { items, ...list };
  }
}

function describeLoan(
  id: string,
  row: BorrowingRow,
  record: RecordRefAnswer,
  now: string,
  locale: Locale,
  named: Named,
): LoanItemAnswer {
  const { kind, levels, pointers, days, batch, requestedAt, from, until, endorsed, refusedBy, failed } = row;
  return {
    ...{ id, record, borrower: named.person(row.borrower), onBehalfOf: named.personOrNone(row.onBehalfOf) },
    ...{ kind, purpose: codeIn(purposes, row.purpose, locale), fields: { levels, pointers }, days, batch },
    ...{ state: loanStateAt(row, now), requestedAt, from, until },
    endorsed: endorsed && { ...named.act(endorsed), waived: endorsed.waived },
    decided: named.actOrNone(row.decided),
    ...{ refusedBy, failed },
    withdrawn: named.actOrNone(row.withdrawn),
    revoked: named.actOrNone(row.revoked),
    report: eligibilityInWords(row.report, locale),
  };
}
