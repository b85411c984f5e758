import type { Decider, Decision, DecisionContext, Refusal } from '#engine/decider.js';
import { addDays, localDate, startOfDay, workingCalendar } from '../calendar.js';
import { isDate } from '../schema/dates.js';
import { no } from '../staff/refusal-texts.js';
import { type AuditCase, type AuditCaseEvent, evolve, isOpen, noCase } from './audit-case.js';

/** Opens a case; from then on its auditor may read what its scope names, each reading on record. */
export interface OpenAuditCase {
  readonly type: 'OpenAuditCase';
  /** The number under which the case is kept in the office. */
  readonly number: string;
  readonly scope: readonly string[] | 'all';
  /** Last local day of the case. */
  readonly endsOn: string;
  readonly reason: string;
}

export interface CloseAuditCase {
  readonly type: 'CloseAuditCase';
  readonly conclusion: string;
}

export type AuditCaseCommand = OpenAuditCase | CloseAuditCase;

const ZONE = workingCalendar.timeZone;
const MOST_RECORDS = 1000;

/** An auditor's case, from its opening to its closing or its end. */
export const auditCaseDecider: Decider<AuditCase, AuditCaseCommand, AuditCaseEvent> = {
  category: 'auditCase',
  initial: () => noCase,
  evolve,
  decide(command, state, context) {
    const barred = anAuditor(command, context);
    if (barred) return barred;
    return command.type === 'OpenAuditCase' ? open(command, state, context) : close(command, state, context);
  },
};

function open(command: OpenAuditCase, state: AuditCase, context: DecisionContext): Decision<AuditCaseEvent> {
  const { number, scope, endsOn, reason } = command;
  const barred =
    (state.openedBy === null ? null : no('audit-case.already-opened')) ??
    numberGiven(number) ??
    scopeFit(scope) ??
    endFit(endsOn, context.now) ??
    (reason.trim() === '' ? no('staff.reason-required') : null);
  if (barred) return barred;
  const until = startOfDay(addDays(endsOn, 1), ZONE);
  return [
    {
      type: 'AuditCaseOpened',
      data: { number: number.trim(), scope, endsOn, until },
      sealed: { system: { '/text/reason': reason.trim() } },
    },
  ];
}

function close(
  command: CloseAuditCase,
  state: AuditCase,
  context: DecisionContext,
): Decision<AuditCaseEvent> {
  const barred = hisOwnCase(state, context) ?? (isOpen(state, context.now) ? null : no('audit-case.closed'));
  if (barred) return barred;
  const conclusion = command.conclusion.trim();
  const sealed = conclusion === '' ? {} : { sealed: { system: { '/text/conclusion': conclusion } } };
  return [{ type: 'AuditCaseClosed', data: {}, ...sealed }];
}

/** Only an auditor opens or closes a case. */
export function anAuditor({ type }: AuditCaseCommand, { actor }: DecisionContext): Refusal | null {
  return actor.roles.includes('auditor')
    ? null
    : no('staff.role-missing', { command: type, roles: ['auditor'] });
}

/** An auditor has to do with his own case only. */
export function hisOwnCase({ openedBy }: AuditCase, { actor }: DecisionContext): Refusal | null {
  if (openedBy === null) return no('audit-case.not-found');
  return openedBy === actor.id ? null : no('audit-case.not-his-own');
}

export function numberGiven(number: string): Refusal | null {
  const length = number.trim().length;
  return length > 0 && length <= 60 ? null : no('audit-case.number-required');
}

/** The scope is everything, or a list of records, each once. */
export function scopeFit(scope: readonly string[] | 'all'): Refusal | null {
  if (scope === 'all') return null;
  const distinct = new Set(scope.filter((id) => id !== '')).size;
  return distinct === scope.length && distinct > 0 && distinct <= MOST_RECORDS
    ? null
    : no('audit-case.scope-invalid');
}

/** A case ends today at the earliest. */
export function endFit(endsOn: string, now: string): Refusal | null {
  return isDate(endsOn) && endsOn >= localDate(now, ZONE) ? null : no('audit-case.end-invalid');
}
