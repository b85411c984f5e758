import { Injectable } from '@nestjs/common';
import type { PlacedBox } from '#engine/sealing/sealer.js';
import type { Json } from '#engine/json.js';
import type { RecordRow } from '#domain/views/records.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { Problem } from '../../http/problem.js';
import { requestLocale, type AuthenticatedRequest } from '../../http/request-context.js';
import { People } from '../../staff/people.js';
import { askedBy } from './asked.js';
import { describeRecord, type OpenedValues } from './describe-record.js';
import { LiveRecordReader } from './live-record.js';
import { planReading, readingsOf, type PlannedValue } from './plan.js';
import { Readers } from './readers.js';
import { ReadingRecorder } from './reading-recorder.js';
import type { RecordAnswer } from './record-answer.js';

export interface ReadingWish {
  readonly open?: string | null | undefined;
  readonly purpose?: string | null | undefined;
}

/** Reads a file: the right is checked at the head of the stream, the reading is put on disk, then boxes are opened. */
@Injectable()
export class RecordReading {
  constructor(
    private readonly kernel: Kernel,
    private readonly records: LiveRecordReader,
    private readonly readers: Readers,
    private readonly recorder: ReadingRecorder,
    private readonly people: People,
  ) {}

  /** @throws Problem; whatever keeps the reading from being recorded: then nothing is opened */
  async read(
    id: string,
    { open, purpose }: ReadingWish,
    request: AuthenticatedRequest,
  ): Promise<RecordAnswer> {
    const { caller } = request;
    const reader = await this.readers.of(caller, id, purpose ?? null);
    const record = await this.records.at(id);
    const { state, row } = record;
    const present = Object.keys(row.values);
    const asked = askedBy(open, state.subjectType, present);
    const now = this.kernel.clock.now();
    const plan = planReading(state, reader, asked, present, now);
    await this.recorder.record(readingsOf(state, reader, plan), now, request);
    const opened = await this.#opened(row, plan);
    if (asked !== 'nothing' && asked !== 'all') refuseDestroyed(asked, row, opened);
    const locale = requestLocale(request);
    return this.people.naming((named) => describeRecord(record, caller, plan, opened, now, locale, named));
  }

  async #opened({ values, boxes }: RecordRow, plan: readonly PlannedValue[]): Promise<OpenedValues> {
    const sealed = plan.flatMap(({ pointer, how }) => {
      const { box } = values[pointer] ?? {};
      return how === 'hidden' || box === undefined ? [] : [{ pointer, box }];
    });
    const names = [...new Set(sealed.map(({ box }) => box))];
    const contents = await this.kernel.sealer.open(names.map((name) => boxes[name] as PlacedBox));
    const contentOf = new Map(names.map((name, i) => [name, contents[i]?.values]));
    return new Map(
      sealed.map(({ pointer, box }): [string, Json | undefined] => [pointer, contentOf.get(box)?.[pointer]]),
    );
  }
}

/** A value that was asked for by name is gone. */
function refuseDestroyed(asked: readonly string[], { values }: RecordRow, opened: OpenedValues): void {
  const gone = asked.find(
    (pointer) => values[pointer]?.box !== undefined && opened.get(pointer) === undefined,
  );
  if (gone !== undefined) throw new Problem('record.already-destroyed', { pointer: gone });
}
