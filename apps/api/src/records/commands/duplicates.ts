import { Injectable } from '@nestjs/common';
import type { ViewDoc } from '#engine/ports/view-store.js';

import type { Json } from '#engine/json.js';
import { localDate, workingCalendar } from '#domain/calendar.js';
import { matchKeys } from '#domain/matching/match-keys.js';
import { maskValue } from '#domain/schema/masks.js';
import type { SubjectType } from '#domain/schema/fields.js';
import type { RecordRow } from '#domain/views/records.js';
import { Kernel } from '#infra/kernel/kernel.js';
import type { DuplicateAnswer } from './collect.dto.js';

/** Most likely duplicates that are shown. */
const MOST = 20;

/** Finds records that share a name, a phone, an email or a credit code with a new one, without opening any. */
@Injectable()
export class Duplicates {
  constructor(private readonly kernel: Kernel) {}

  /** Ids of the records that look alike, and the position up to which the view had read. */
  async like(
    subjectType: SubjectType,
    values: Readonly<Record<string, Json>>,
  ): Promise<{ position: string | null; records: string[] }> {
    const { reader, sealer } = this.kernel;
    const tokens = matchKeys(subjectType, values).map((key) => sealer.token(key));
    const position = await reader.reached('records');
    if (tokens.length === 0) return { position, records: [] };
    const rows = await reader.find('records', { where: { tokens: { in: tokens } }, sort: [], limit: MOST });
    return { position, records: rows.map(({ _id }) => _id) };
  }

  /** As they are shown to everybody: a person's name behind its mask. */
  async shown(ids: readonly string[]): Promise<DuplicateAnswer[]> {
    const rows = await this.kernel.reader.get('records', ids);
    const names = await this.#maskedNames([...rows.values()].filter((row) => !row.gone));
    return ids.flatMap((id) => {
      const row = rows.get(id);
      if (!row || row.gone) return [];
      return [{ id, fileNumber: (row as unknown as RecordRow).fileNumber, name: names.get(id) ?? null }];
    });
  }

  async #maskedNames(docs: readonly ViewDoc[]): Promise<ReadonlyMap<string, string>> {
    const today = localDate(this.kernel.clock.now(), workingCalendar.timeZone);
    const rows = docs.map((doc) => ({ id: doc._id, row: doc as unknown as RecordRow }));
    const boxed = rows.flatMap(({ id, row }) => {
      const { box } = row.values['/name'] ?? {};
      const placed = box === undefined ? undefined : row.boxes[box];
      return placed ? [{ id, placed }] : [];
    });
    const opened = await this.kernel.sealer.open(boxed.map(({ placed }) => placed));
    const sealed = new Map(boxed.map(({ id }, i) => [id, opened[i]?.values['/name']]));
    return new Map(
      rows.flatMap(({ id, row }) => {
        const name = row.values['/name']?.value ?? sealed.get(id);
        const masked = name === undefined ? null : maskValue(row.subjectType, '/name', name, today);
        return typeof masked === 'string' ? [[id, masked] as const] : [];
      }),
    );
  }
}
