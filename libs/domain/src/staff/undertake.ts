import type { Decision, DecisionContext } from '#engine/decider.js';
import { addDays } from '../calendar.js';
import type { StaffEvent } from './events.js';
import { no } from './refusal-texts.js';
import { type AboutStaff, activeStaff, himself } from './rules.js';
import type { Staff } from './staff.js';

/** Days for which an undertaking of confidentiality is good. */
export const UNDERTAKING_DAYS = 365;

/** Signs the undertaking of confidentiality. */
export interface SignUndertaking extends AboutStaff {
  readonly type: 'SignUndertaking';
  /** Version of the text that was shown and signed. */
  readonly textVersion: string;
}

export function signUndertaking(
  command: SignUndertaking,
  state: Staff,
  context: DecisionContext,
): Decision<StaffEvent> {
  const textVersion = command.textVersion.trim();
  const barred =
    activeStaff(state, command) ??
    himself(command, context) ??
    (textVersion === '' ? no('staff.text-version-required') : null);
  if (barred) return barred;
  const validUntil = addDays(context.now, UNDERTAKING_DAYS);
  return [{ type: 'UndertakingSigned', data: { textVersion, validUntil } }];
}
