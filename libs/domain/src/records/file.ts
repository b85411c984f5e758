import type { Decision, Refusal } from '#engine/decider.js';
import type { SealedValues } from '#engine/event.js';
import { FILE_NUMBER } from '../file-numbers/file-numbers.js';
import { media } from '../schema/catalogues.js';
import { mergeSealed } from './content.js';
import type { RecordEvent } from './events.js';
import type { RecordPolicy } from './policies.js';
import type { CustomerRecord } from './record.js';
import { no } from './refusal-texts.js';
import {
  asParty,
  inState,
  knownCode,
  personsOf,
  texts,
  type RecordContext,
  type Situation,
} from './rules.js';

/** The custodian receives the approved record and files it. */
export interface FileRecord {
  readonly type: 'FileRecord';
  /** Reserved for this record in `fileNumbers-<year>` before. */
  readonly fileNumber: string;
  readonly retentionClass: string;
  readonly medium: string;
  /** Where the paper lies; `null` for an electronic file. */
  readonly place: Place | null;
  readonly note: string | null;
}

export interface Place {
  readonly container: string;
  readonly slot: string;
  readonly barcode: string;
}

export function fileRecord(
  command: FileRecord,
  state: CustomerRecord,
  context: RecordContext,
): Decision<RecordEvent> {
  const { fileNumber, retentionClass, medium, place, note } = command;
  const barred =
    mayFile(state, context) ??
    numberWellFormed(fileNumber) ??
    retentionFits(retentionClass, context.policy) ??
    knownCode('media', media, medium) ??
    paperHasPlace(medium, place);
  if (barred) return barred;
  const said = texts({ note });
  const located: Record<string, SealedValues> =
    place === null ? {} : { record: { '/paperLocation': placeText(place) } };
  return [
    {
      type: 'RecordFiled',
      data: {
        open: { '/medium': medium },
        sealed: place === null ? {} : { record: ['/paperLocation'] },
        unverified: [],
        fileNumber,
        retentionClass,
        medium,
        custodian: state.custodian ?? context.onBehalfOf ?? context.actor.id,
      },
      sealed: mergeSealed(located, 'sealed' in said ? said.sealed : {}),
    },
  ];
}

export function mayFile(state: CustomerRecord, situation: Situation): Refusal | null {
  return inState(state, ['approved']) ?? byItsCustodian(state, situation);
}

/** Any custodian files an approved record, unless it was allocated to one already. */
export function byItsCustodian({ custodian }: CustomerRecord, situation: Situation): Refusal | null {
  return custodian === null || personsOf(asParty(situation)).includes(custodian)
    ? null
    : no('file.not-the-custodian');
}

export function numberWellFormed(fileNumber: string): Refusal | null {
  return FILE_NUMBER.test(fileNumber) ? null : no('file.number-malformed', { fileNumber });
}

/** A record goes into a retention class for whole records. */
export function retentionFits(retentionClass: string, policy: RecordPolicy): Refusal | null {
  return Object.hasOwn(policy.retention.classes, retentionClass)
    ? null
    : no('file.retention-class-unfit', { retentionClass });
}

/** Paper has a place, and nothing else has. */
export function paperHasPlace(medium: string, place: Place | null): Refusal | null {
  if (!isPaper(medium)) return place === null ? null : no('file.place-without-paper');
  const whole =
    place !== null && [place.container, place.slot, place.barcode].every((each) => each.trim() !== '');
  return whole ? null : no('file.place-required');
}

export function isPaper(medium: string): boolean {
  return medium === 'paper' || medium === 'both';
}

/** The place as the field `paperLocation` shows it. */
export function placeText({ container, slot, barcode }: Place): string {
  return [container, slot, barcode].map((each) => each.trim()).join(' / ');
}
