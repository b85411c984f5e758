import { Injectable, type PipeTransform } from '@nestjs/common';
import { FILE_NUMBER } from '#domain/file-numbers/file-numbers.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { Problem } from '../http/problem.js';

/** Ids of records: UUIDs in lower case. */
export const RECORD_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What may stand for a record: its id or its file number. */
export const RECORD_NAME = new RegExp(`${RECORD_ID.source}|${FILE_NUMBER.source}`);

/** A number was just given: how long its view may take to know it, in milliseconds. */
const NEW_NUMBER_MS = 1_000;

/** Turns what stands for a record in a path into its id. Whether there is such a record, its stream says. */
@Injectable()
export class RecordIdPipe implements PipeTransform<string, Promise<string>> {
  constructor(private readonly kernel: Kernel) {}

  /** @throws Problem `record.unknown` */
  async transform(name: string): Promise<string> {
    if (RECORD_ID.test(name)) return name;
    const id = FILE_NUMBER.test(name) ? (await this.byFileNumber([name])).get(name) : undefined;
    if (id === undefined) throw new Problem('record.unknown');
    return id;
  }

  /** File number -> id of the record that is filed under it; unknown ones are absent. */
  async byFileNumber(numbers: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await this.#look(numbers);
    const { log, reader } = this.kernel;
    const head = found.size < numbers.length ? await log.head() : null;
    if (head === null) return found;
    await reader.waitFor('fileNumbers', head, NEW_NUMBER_MS);
    return this.#look(numbers);
  }

  async #look(numbers: readonly string[]): Promise<Map<string, string>> {
    if (numbers.length === 0) return new Map();
    const rows = await this.kernel.reader.get('fileNumbers', [...new Set(numbers)]);
    return new Map(
      [...rows].flatMap(([number, row]) => (row.filedAt === null ? [] : [[number, row.record as string]])),
    );
  }
}
