import type { Decision, Refusal } from '#engine/decider.js';
import { isRefusal } from '#engine/decider.js';
import type { SealedValues } from '#engine/event.js';
import type { JsonObject } from '#engine/json.js';
import { addDays, daysBetween, localDate } from '../calendar.js';
import {
  cooperationStatuses,
  grades,
  kinds,
  legalBases,
  purposes,
  sourceChannels,
  urgencies,
} from '../schema/catalogues.js';
import { isDate } from '../schema/dates.js';
import { fieldsOf, type SubjectType } from '../schema/fields.js';
import { mergeSealed, wholeContent, type Content } from './content.js';
import type { RecordEvent } from './events.js';
import type { RecordPolicy } from './policies.js';
import type { Classification } from './record.js';
import { no } from './refusal-texts.js';
import { knownCode, reasonGiven, texts, type RecordContext, type Situation } from './rules.js';

/** Opens a customer's file. Its id is the one of the stream. */
export interface CollectRecord {
  readonly type: 'CollectRecord';
  readonly subjectType: SubjectType;
  /** Nested, lists as arrays; `firstContactOn` is a field of it. */
  readonly content: JsonObject;
  readonly purpose: string;
  /** Legal basis code (`consent` is one), and the date on which the customer was told. */
  readonly basis: { readonly code: string; readonly toldOn: string | null };
  /** Keys of the sensitive fields that the customer consented to separately. */
  readonly separateConsents: readonly string[];
  readonly sourceChannel: string;
  readonly proposed: Proposed;
  /** A migrated entry: it may be late and incomplete, nothing else. */
  readonly historic: boolean;
  /** To review at once, or a draft. */
  readonly submit: boolean;
  /** Records that look alike, from a view. */
  readonly duplicates: { readonly position: string | null; readonly records: readonly string[] };
}

/** Grade and class as a person sets them. */
export interface Proposed extends ClassCodes {
  readonly grade: string;
  /** Why it is urgent; required where it is. */
  readonly urgencyReason: string | null;
}

export interface ClassCodes {
  readonly status: string;
  readonly urgency: string;
  readonly kind: string;
}

export function collectRecord(command: CollectRecord, context: RecordContext): Decision<RecordEvent> {
  const { subjectType, proposed, historic, purpose, basis, sourceChannel, separateConsents } = command;
  const { now, policy } = context;
  const wrong =
    knownCode('purposes', purposes, purpose) ??
    knownCode('sourceChannels', sourceChannels, sourceChannel) ??
    told(basis, context) ??
    knownCode('grades', grades, proposed.grade) ??
    knownClass(proposed) ??
    urgencyExplained(proposed) ??
    consentsAreSensitive(separateConsents, subjectType);
  if (wrong) return wrong;
  const settled = { subjectType, cooperationStatus: proposed.status };
  const content = wholeContent(command.content, { subjectType, historic, mint: context.mint, settled });
  if (isRefusal(content)) return content;
  const firstContactOn = firstContact(content.clear);
  const untimely =
    notInFuture(firstContactOn, context) ??
    sensitiveConsented(Object.keys(content.clear.sealed), separateConsents);
  if (untimely) return untimely;
  const { status, urgency, kind } = proposed;
  return [
    {
      type: 'RecordCollected',
      data: {
        ...content.clear,
        subjectType,
        state: command.submit ? 'submitted' : 'draft',
        purpose,
        basis: { ...basis },
        separateConsents,
        sourceChannel,
        firstContactOn,
        lateDays: historic ? null : daysLate(firstContactOn, now, policy),
        historic,
        proposed: {
          grade: proposed.grade,
          class: { status, urgency, urgencyUntil: urgencyUntil(urgency, now, policy), kind },
        },
        duplicates: { ...command.duplicates },
      },
      sealed: mergeSealed(content.sealed, urgencyText(proposed.urgencyReason)),
      ...(firstContactOn === null ? {} : { effectiveAt: firstContactOn }),
    },
  ];
}

/** The customer was told on a date that has been; a consent cannot be without one. */
export function told(basis: CollectRecord['basis'], { now, policy }: Situation): Refusal | null {
  const unknown = knownCode('legalBases', legalBases, basis.code);
  if (unknown) return unknown;
  const { toldOn } = basis;
  if (toldOn === null) return basis.code === 'consent' ? no('record.told-date-invalid') : null;
  if (!isDate(toldOn)) return no('record.told-date-invalid');
  return toldOn > localDate(now, policy.timeZone) ? no('record.told-in-future', { toldOn }) : null;
}

/** A first contact cannot lie in the future. */
export function notInFuture(firstContactOn: string | null, { now, policy }: Situation): Refusal | null {
  return firstContactOn !== null && firstContactOn > localDate(now, policy.timeZone)
    ? no('record.first-contact-in-future', { firstContactOn })
    : null;
}

/** Every sensitive field given stands on a separate consent. */
export function sensitiveConsented(
  parts: readonly string[],
  separateConsents: readonly string[],
): Refusal | null {
  const fields = parts
    .filter((part) => part.startsWith('field/'))
    .map((part) => part.slice('field/'.length))
    .filter((key) => !separateConsents.includes(key));
  return fields.length > 0 ? no('record.separate-consent-missing', { fields }) : null;
}

/** A separate consent is about a sensitive field of such a customer. */
export function consentsAreSensitive(keys: readonly string[], subjectType: SubjectType): Refusal | null {
  const sensitive = fieldsOf(subjectType).filter((field) => field.level === 'sensitive');
  const stray = keys.find((key) => !sensitive.some((field) => field.key === key));
  return stray === undefined ? null : no('record.field-unknown', { pointer: `/${stray}` });
}

export function knownClass({ status, urgency, kind }: ClassCodes): Refusal | null {
  return (
    knownCode('cooperationStatuses', cooperationStatuses, status) ??
    knownCode('urgencies', urgencies, urgency) ??
    knownCode('kinds', kinds, kind)
  );
}

/** Urgency has a reason. */
export function urgencyExplained(set: { urgency: string; urgencyReason: string | null }): Refusal | null {
  return set.urgency === 'urgent' ? reasonGiven(set.urgencyReason) : null;
}

/** Urgency has an end; null where the level has none. */
export function urgencyUntil(urgency: string, now: string, policy: RecordPolicy): string | null {
  return urgency === 'urgent' ? addDays(now, policy.urgentDays) : null;
}

/** The urgency in force at an instant: an urgent record can wait once its urgency has ended. */
export function urgencyAt(state: { readonly class: Classification }, now: string): string {
  const { urgency, urgencyUntil: until } = state.class;
  return until !== null && now >= until ? 'can-wait' : urgency;
}

/** Texts that explain an urgency. */
export function urgencyText(reason: string | null): Record<string, SealedValues> {
  const sealed = texts({ urgencyReason: reason });
  return 'sealed' in sealed ? sealed.sealed : {};
}

/** The date of first contact that a content states; null where it is absent or unknown. */
export function firstContact({ open }: Pick<Content, 'open'>): string | null {
  const value = open['/firstContactOn'];
  return typeof value === 'string' && isDate(value) ? value : null;
}

/** Days from first contact to opening where that is late, 0 where it is not; null where the first contact is unknown. */
export function daysLate(
  firstContactOn: string | null,
  openedAt: string,
  policy: RecordPolicy,
): number | null {
  if (firstContactOn === null) return null;
  const days = daysBetween(firstContactOn, openedAt, policy.timeZone);
  return days > policy.lateAfterDays ? days : 0;
}
