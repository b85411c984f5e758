import { Injectable } from '@nestjs/common';
import type { Json } from '#engine/json.js';
import { matchKeys } from '#domain/matching/match-keys.js';
import type { SubjectType } from '#domain/schema/fields.js';
import type { RecordRow } from '#domain/views/records.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { RecordRefs } from '../reading/record-refs.js';
import type { DuplicateAnswer } from './collect.dto.js';

/** Most likely duplicates that are shown. */
const MOST = 20;

/** Finds records that share a name, a phone, an email or a credit code with a new one, without opening any. */
@Injectable()
export class Duplicates {
  constructor(
    private readonly kernel: Kernel,
    private readonly refs: RecordRefs,
  ) {}

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

  /** As they are shown to everybody: a person's name behind its mask; those destroyed since are left out. */
  async shown(ids: readonly string[]): Promise<DuplicateAnswer[]> {
    const docs = await this.kernel.reader.get('records', ids);
    const rows = ids
      .map((id) => docs.get(id))
      .filter((doc) => doc !== undefined && !doc.gone) as unknown as (RecordRow & { _id: string })[];
    const names = await this.refs.maskedNames(rows);
    return rows.map(({ _id: id, fileNumber }) => ({ id, fileNumber, name: names.get(id) ?? null }));
  }
}
