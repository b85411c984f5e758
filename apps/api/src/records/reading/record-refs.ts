import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { localDate, workingCalendar } from '#domain/calendar.js';
import { maskValue } from '#domain/schema/masks.js';
import type { FileNumberRow } from '#domain/views/file-numbers.js';
import type { RecordRow } from '#domain/views/records.js';
import { Kernel } from '#infra/kernel/kernel.js';

/** A record as lists name it. */
export class RecordRefAnswer {
  @ApiProperty({ example: '0b1f5f3e-8f5a-5d0e-9d0b-2f6a4c1d7e11' })
  id!: string;
  @ApiProperty({ example: 'KH-2025-00017', nullable: true, type: String })
  fileNumber!: string | null;
  @ApiProperty({ example: '张*明', nullable: true, type: String, description: 'A person’s behind its mask' })
  name!: string | null;
  @ApiProperty({ example: false, description: 'Nothing of it is left but its number' })
  destroyed!: boolean;
}

type Named = Pick<RecordRow, 'subjectType' | 'values' | 'boxes'> & { readonly _id: string };

/** Names records in lists: by file number, and by name behind its mask, with no reading event. */
@Injectable()
export class RecordRefs {
  constructor(private readonly kernel: Kernel) {}

  /** Id -> how the record is named; whatever is not (or no longer) in the views stands by its id alone. */
  async of(ids: readonly string[]): Promise<(id: string) => RecordRefAnswer> {
    const distinct = [...new Set(ids)];
    if (distinct.length === 0) return (id) => ({ id, fileNumber: null, name: null, destroyed: false });
    const { reader } = this.kernel;
    const where = { record: { in: distinct }, filedAt: { gt: '' } };
    const [docs, numbers] = await Promise.all([
      reader.get('records', distinct),
      reader.find('fileNumbers', { where, sort: [], limit: distinct.length }),
    ]);
    const living = [...docs.values()].filter((doc) => !doc.gone) as unknown as (RecordRow & {
      _id: string;
    })[];
    const names = await this.maskedNames(living);
    const numberOf = new Map(
      numbers.map((doc) => [(doc as unknown as FileNumberRow).record, doc._id] as const),
    );
    return (id) => ({
      id,
      fileNumber: numberOf.get(id) ?? null,
      name: names.get(id) ?? null,
      destroyed: docs.get(id)?.gone === true,
    });
  }

  /** Id -> name; a person's behind its mask, a destroyed one absent. */
  async maskedNames(rows: readonly Named[]): Promise<ReadonlyMap<string, string>> {
    const boxed = rows.flatMap(({ _id, values, boxes }) => {
      const { box } = values['/name'] ?? {};
      const placed = box === undefined ? undefined : boxes[box];
      return placed ? [{ _id, placed: placed }] : [];
    });
    const opened = await this.kernel.sealer.open(boxed.map(({ placed }) => placed));
    const sealed = new Map(boxed.map(({ _id }, i) => [_id, opened[i]?.values['/name']]));
    const today = localDate(this.kernel.clock.now(), workingCalendar.timeZone);
    return new Map(
      rows.flatMap(({ _id, subjectType, values }) => {
        const name = values['/name']?.value ?? sealed.get(_id);
        const shown = name === undefined ? null : maskValue(subjectType, '/name', name, today);
        return typeof shown === 'string' ? [[_id, shown] as const] : [];
      }),
    );
  }
}
