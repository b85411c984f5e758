import { Injectable } from '@nestjs/common';
import type { Filter } from '#engine/ports/view-store.js';
import { recordDecider } from '#domain/records/decider.js';
import { destructionGuard } from '#domain/records/guard.js';
import { destructionGrounds } from '#domain/schema/catalogues.js';
import { destructionStateAt, type DestructionRow } from '#domain/views/destruction-register.js';
import { Kernel } from '#infra/kernel/kernel.js';
import type { Locale } from '../http/locale.js';
import { Problem } from '../http/problem.js';
import { codeIn } from '../records/reading/labels.js';
import { RecordRefs, type RecordRefAnswer } from '../records/reading/record-refs.js';
import { guardInWords, type GuardAnswer } from '../records/report-words.js';
import { People, type Named } from '../staff/people.js';
import type {
  DESTRUCTION_STATES,
  DestructionDetailAnswer,
  DestructionItemAnswer,
  DestructionListAnswer,
  DestructionListQuery,
} from './destruction-register.dto.js';
import { Pages, type Phase } from './pages.js';

type State = (typeof DESTRUCTION_STATES)[number];

const CAN_LAPSE: readonly string[] = ['open', 'appraised', 'approved'];

/** The permanent register of destructions, applied for or done. */
@Injectable()
export class DestructionRegister {
  constructor(
    private readonly kernel: Kernel,
    private readonly pages: Pages,
    private readonly refs: RecordRefs,
    private readonly people: People,
  ) {}

  /** Newest application first. @param record id of the record; all where it is null */
  async list(
    record: string | null,
    query: DestructionListQuery,
    locale: Locale,
  ): Promise<DestructionListAnswer> {
    const { state } = query;
    const where: Filter = record === null ? {} : { record: { eq: record } };
    const phases = (at: string): Phase[] => [
      {
        anyOf: stateFilters(state, at).map((filter) => ({ ...where, ...filter })),
        sort: [{ field: 'applied.at', direction: 'desc' }],
      },
    ];
    const { rows, list } = await this.pages.read<DestructionRow>(
      { view: 'destructionRegister', scope: { record, state: state ?? null }, phases },
      query,
    );
    const refOf = await this.refs.of(rows.map((row) => row.record));
    const now = this.kernel.clock.now();
    const items = await this.people.naming((named) =>
      rows.map((row) => describe(row._id, row, refOf(row.record), now, locale, named)),
    );
    return { items, ...list };
  }

  /** @throws Problem `destruction.not-found` */
  async one(id: string, locale: Locale): Promise<DestructionDetailAnswer> {
    const { reader, clock } = this.kernel;
    const doc = (await reader.get('destructionRegister', [id])).get(id);
    if (!doc) throw new Problem('destruction.not-found');
    const row = doc as unknown as DestructionRow;
    const refOf = await this.refs.of([row.record]);
    const now = clock.now();
    const item = await this.people.naming((named) =>
      describe(id, row, refOf(row.record), now, locale, named),
    );
    return { ...item, guard: await this.#guard(row.record, id, now, locale) };
  }

  /** As the record's own stream has it now, which is what the execution will be checked against. */
  async #guard(record: string, id: string, now: string, locale: Locale): Promise<GuardAnswer | null> {
    const { state } = await this.kernel.executor.load(recordDecider, `customerRecord-${record}`);
    const over =
      state.status === 'absent' || state.status === 'being-destroyed' || state.status === 'destroyed';
    return over ? null : guardInWords(destructionGuard(state, now, id), locale);
  }
}

/** Lapsing has no event: it follows from the time. */
function stateFilters(state: State | null | undefined, at: string): Filter[] {
  if (state == null) return [{}];
  if (state === 'lapsed') return CAN_LAPSE.map((each) => ({ state: { eq: each }, lapsesAt: { lte: at } }));
  if (CAN_LAPSE.includes(state)) return [{ state: { eq: state }, lapsesAt: { gt: at } }];
  return [{ state: { eq: state } }];
}

function describe(
  id: string,
  row: DestructionRow,
  record: RecordRefAnswer,
  now: string,
  locale: Locale,
  named: Named,
): DestructionItemAnswer {
  const { target, retainUntil, restricts, lapsesAt, executableFrom, refused, destroyedAt, certificate } = row;
  return {
    ...{ id, record, target: target.kind, ground: codeIn(destructionGrounds, row.ground, locale) },
    ...{ state: destructionStateAt(row, now), retainUntil, restricts, lapsesAt, executableFrom },
    applied: named.act(row.applied),
    appraised: named.actOrNone(row.appraised),
    approved: named.actOrNone(row.approved),
    refused: refused && { ...named.act(refused), as: refused.as },
    withdrawn: named.actOrNone(row.withdrawn),
    shredded: named.actOrNone(row.shredded),
    witnesses: row.witnesses.map((act) => named.act(act)),
    executed: named.actOrNone(row.executed),
    ...{ destroyedAt, certificate },
  };
}
