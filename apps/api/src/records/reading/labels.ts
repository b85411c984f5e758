import { ApiProperty } from '@nestjs/swagger';
import type { RecordStatus } from '#domain/records/record.js';
import type { Catalogue } from '#domain/schema/catalogues.js';
import type { Label } from '#domain/schema/fields.js';
import type { Locale } from '../../http/locale.js';

/** A code and what it is called in the caller's language. */
export class CodeAnswer {
  @ApiProperty({ example: 'key' })
  code!: string;
  @ApiProperty({
    example: 'Key',
    description: 'In the language of Accept-Language; the code where it has no label',
  })
  label!: string;
}

/** A code with its label. */
export interface Coded {
  readonly code: string;
  readonly label: string;
}

/** What the states of a record are called. */
export const statusLabels: Readonly<Record<Exclude<RecordStatus, 'being-destroyed' | 'destroyed'>, Label>> = {
  draft: { en: 'Draft', zh: '草稿' },
  submitted: { en: 'Submitted', zh: '待审核' },
  returned: { en: 'Returned for rework', zh: '退回补正' },
  rejected: { en: 'Rejected', zh: '不予归档' },
  withdrawn: { en: 'Withdrawn', zh: '已撤回' },
  approved: { en: 'Approved', zh: '审核通过' },
  filed: { en: 'Filed', zh: '已归档' },
};

export const RECORD_STATUSES = Object.keys(statusLabels) as (keyof typeof statusLabels)[];

export function statusCode(status: string, locale: Locale): Coded {
  const labels: Readonly<Record<string, Label>> = statusLabels;
  return { code: status, label: labels[status]?.[locale] ?? status };
}

/** The label of a code of a catalogue. */
export function codeIn(catalogue: Catalogue, code: string, locale: Locale): Coded {
  return { code, label: catalogue.find((entry) => entry.code === code)?.label[locale] ?? code };
}

/** As `codeIn`, where the value may be absent or none of the catalogue's. */
export function codeOrNone(catalogue: Catalogue, code: unknown, locale: Locale): Coded | null {
  return typeof code === 'string' ? codeIn(catalogue, code, locale) : null;
}
