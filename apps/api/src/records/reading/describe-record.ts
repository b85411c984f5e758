import { isRefusal } from '#engine/decider.js';
import type { Json } from '#engine/json.js';
import { localDate, workingCalendar } from '#domain/calendar.js';
import { allowedActions } from '#domain/records/allowed.js';
import { isRestricted } from '#domain/records/application.js';
import { urgencyAt } from '#domain/records/collect.js';
import type { CustomerRecord, Party, Round } from '#domain/records/record.js';
import {
  CATALOGUES,
  cooperationStatuses,
  grades,
  kinds,
  legalBases,
  purposes,
  retentionClasses,
  sourceChannels,
  urgencies,
} from '#domain/schema/catalogues.js';
import { fieldAt, type Field } from '#domain/schema/fields.js';
import { maskValue } from '#domain/schema/masks.js';
import { provenanceOf, type Provenance } from '#domain/views/record-values.js';
import type { RecordRow } from '#domain/views/records.js';
import type { Locale } from '../../http/locale.js';
import type { Caller } from '../../http/request-context.js';
import type { Named } from '../../staff/people.js';
import { codeIn, codeOrNone, statusCode } from './labels.js';
import { pendingIn } from '../../updates/pending.js';
import type { LiveRecord } from './live-record.js';
import type { PlannedValue } from './plan.js';
import type {
  FieldAnswer,
  MissingAnswer,
  ProvenanceAnswer,
  RecordAnswer,
  ReviewRoundAnswer,
} from './record-answer.js';

/** Sealed values that were opened, by pointer; `undefined` where one has been destroyed. */
export type OpenedValues = ReadonlyMap<string, Json | undefined>;

/** The answer to a reading, from the record, its plan and what was opened for it. */
export function describeRecord(
  { state, row, revision }: LiveRecord,
  caller: Caller,
  plan: readonly PlannedValue[],
  opened: OpenedValues,
  now: string,
  locale: Locale,
  named: Named,
): RecordAnswer {
  const { owner } = state;
  const { firstContactOn, openedAt, lateDays, historic, approvedAt, filedAt, closedAt } = row;
  const today = localDate(now, workingCalendar.timeZone);
  return {
    ...{ id: state.id, revision, fileNumber: row.fileNumber, subjectType: state.subjectType },
    status: statusCode(state.status, locale),
    restricted: isRestricted(state, now),
    class: classOf(state, now, locale),
    purposes: state.purposes.map((code) => codeIn(purposes, code, locale)),
    basis: { ...codeIn(legalBases, row.basis.code, locale), toldOn: row.basis.toldOn },
    separateConsents: row.separateConsents,
    sourceChannel: codeIn(sourceChannels, row.sourceChannel, locale),
    retentionClass: codeOrNone(retentionClasses, row.retentionClass, locale),
    collector: named.person(row.collector),
    custodian: named.personOrNone(state.custodian),
    owner: owner && { ...named.person(owner.id), since: owner.since, until: owner.until },
    ...{ firstContactOn, openedAt, lateDays, historic, approvedAt, filedAt, closedAt },
    rounds: state.rounds.map((round) => describeRound(round, named)),
    fields: plan.map((planned) => describeField(planned, row, opened, { today, locale, state, named })),
    missing: describeMissing(row, locale),
    holds: Object.values(state.holds).map(({ id, placedBy, placedAt, byAuditor, consented }) => ({
      ...{ id, placed: named.act(actOf(placedBy, placedAt)), byAuditor, consented },
    })),
    ...pendingIn(row, now, locale, named),
    allowedActions: allowedActions(state, caller, now),
  };
}

/** Grade and class as they are in force. */
export function classOf(state: CustomerRecord, now: string, locale: Locale): RecordAnswer['class'] {
  const { grade, class: to } = state;
  const urgency = urgencyAt(state, now);
  return {
    grade: codeIn(grades, grade, locale),
    cooperationStatus: codeIn(cooperationStatuses, to.status, locale),
    urgency: {
      ...codeIn(urgencies, urgency, locale),
      until: urgency === to.urgency ? to.urgencyUntil : null,
    },
    kind: codeIn(kinds, to.kind, locale),
  };
}

interface Setting {
  readonly today: string;
  readonly locale: Locale;
  readonly state: CustomerRecord;
  readonly named: Named;
}

function describeField(
  { pointer, field, how, right }: PlannedValue,
  row: RecordRow,
  opened: OpenedValues,
  { today, locale, state, named }: Setting,
): FieldAnswer {
  const kept = row.values[pointer];
  const value = how === 'hidden' ? undefined : (kept?.value ?? opened.get(pointer));
  const shown = shownOf(how, value, () => maskValue(state.subjectType, pointer, value ?? null, today));
  return {
    ...{ pointer, key: field.key, label: field.label[locale], list: listOf(state, pointer, locale) },
    level: field.level,
    ...shown,
    text: textOf(field, shown.value, locale),
    mayOpen: !isRefusal(right),
    needs: isRefusal(right) ? right.refused : null,
    provenance: describeProvenance(provenanceOf(row, pointer)!, `customerRecord-${state.id}`, locale, named),
  };
}

/** What is shown of a value: itself, its mask, or nothing. */
export function shownOf(
  how: PlannedValue['how'],
  value: Json | undefined,
  mask: () => Json,
): Pick<FieldAnswer, 'shown' | 'value'> {
  if (how === 'hidden') return { shown: 'hidden', value: null };
  if (value === undefined) return { shown: 'destroyed', value: null };
  if (how !== 'masked') return { shown: 'value', value };
  const masked = mask();
  return { shown: masked === null ? 'hidden' : 'mask', value: masked };
}

/** The list that a pointer lies in. */
export function listOf(
  { subjectType }: CustomerRecord,
  pointer: string,
  locale: Locale,
): FieldAnswer['list'] {
  const [, key = '', item] = pointer.split('/');
  const list = item === undefined ? undefined : fieldAt(subjectType, `/${key}`);
  return list ? { code: key, label: list.label[locale] } : null;
}

/** The label of a catalogue code. */
export function textOf({ catalogue }: Field, value: Json, locale: Locale): string | null {
  if (catalogue === undefined || typeof value !== 'string') return null;
  return codeIn(CATALOGUES[catalogue] ?? [], value, locale).label;
}

function describeProvenance(
  { channel, effectiveAt, event, reviewed, signed, countersignBy, unverified, ...act }: Provenance,
  stream: string,
  locale: Locale,
  named: Named,
): ProvenanceAnswer {
  return {
    given: {
      ...named.act(act),
      effectiveAt,
      channel: codeOrNone(sourceChannels, channel, locale),
      event: { stream, revision: event },
    },
    reviewed: named.actOrNone(reviewed),
    signed: named.actOrNone(signed),
    ...{ notCountersigned: countersignBy !== null, countersignBy, unverified },
  };
}

function describeMissing({ missing, subjectType }: RecordRow, locale: Locale): MissingAnswer[] {
  return missing.map((pointer) => ({
    pointer,
    label: fieldAt(subjectType, pointer)?.label[locale] ?? pointer,
  }));
}

function describeRound(round: Round, named: Named): ReviewRoundAnswer {
  const { decidedBy, decidedAt } = round;
  return {
    round: round.round,
    submitted: named.act(actOf(round.submittedBy, round.submittedAt)),
    outcome: round.outcome,
    decided: decidedBy && decidedAt !== null ? named.act(actOf(decidedBy, decidedAt)) : null,
  };
}

function actOf({ id, onBehalfOf }: Party, at: string) {
  return { by: id, onBehalfOf, at };
}
