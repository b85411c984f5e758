import { Injectable } from '@nestjs/common';
import { isRefusal, type Refusal } from '#engine/decider.js';
import type { RecordedEvent, SealedValues } from '#engine/event.js';
import type { Json } from '#engine/json.js';
import type { Filter } from '#engine/ports/view-store.js';
import { localDate, workingCalendar } from '#domain/calendar.js';
import { allowedActions } from '#domain/records/allowed.js';
import type { DataOf } from '#domain/records/events.js';
import { diffToSign, proposalOf } from '#domain/records/proposal.js';
import type { CustomerRecord } from '#domain/records/record.js';
import { openingRight, type Reader, type ReadingRight } from '#domain/records/rights.js';
import { sourceChannels } from '#domain/schema/catalogues.js';
import { maskValue } from '#domain/schema/masks.js';
import { proposalsIn, proposalStateAt, type ProposalRow } from '#domain/views/proposals.js';
import { Kernel } from '#infra/kernel/kernel.js';
import type { Locale } from '../http/locale.js';
import { Problem } from '../http/problem.js';
import { requestLocale, type AuthenticatedRequest, type Caller } from '../http/request-context.js';
import { Pages, type Phase } from '../lists/pages.js';
import { askedBy, type Asked } from '../records/reading/asked.js';
import { listOf, shownOf, textOf } from '../records/reading/describe-record.js';
import { codeIn } from '../records/reading/labels.js';
import { LiveRecordReader } from '../records/reading/live-record.js';
import { planReading, readingsOf, type PlannedValue } from '../records/reading/plan.js';
import { Readers } from '../records/reading/readers.js';
import { ReadingRecorder } from '../records/reading/reading-recorder.js';
import { People, type Named } from '../staff/people.js';
import { fieldsNamed } from './pending.js';
import type {
  DifferenceAnswer,
  ProposalAnswer,
  ProposalItemAnswer,
  ProposalListAnswer,
  ProposalListQuery,
  ProposalQuery,
  ReasonAnswer,
  SideAnswer,
} from './proposal-answer.js';

type Row = ProposalRow & { readonly _id: string };

/** How long a reading waits for a proposal that was made just now, in milliseconds. */
const WAIT_MS = 2_000;
const REASON = '/text/reason';

/** A value as the events hold it: itself, `null` where there is none, `undefined` where it has been destroyed. */
type Side = Json | undefined;

interface Told {
  readonly id: string;
  readonly row: Row;
  readonly state: CustomerRecord;
  readonly now: string;
  readonly locale: Locale;
}

/** Shows proposals: where they would change a record to all, old beside new by right, once the reading is on disk. */
@Injectable()
export class ProposalReading {
  constructor(
    private readonly kernel: Kernel,
    private readonly records: LiveRecordReader,
    private readonly readers: Readers,
    private readonly recorder: ReadingRecorder,
    private readonly pages: Pages,
    private readonly people: People,
  ) {}

  /** Newest first. @throws ViewBehind */
  async list(record: string, query: ProposalListQuery, locale: Locale): Promise<ProposalListAnswer> {
    const { state } = query;
    const phases = (at: string): Phase[] => {
      const where: Filter = { record: { eq: record }, ...(state == null ? {} : proposalsIn(state, at)) };
      return [{ anyOf: [where], sort: [{ field: 'proposed.at', direction: 'desc' }] }];
    };
    const scope = { record, state: state ?? null };
    const { rows, list } = await this.pages.read<ProposalRow>({ view: 'proposals', scope, phases }, query);
    const now = this.kernel.clock.now();
    const items = await this.people.naming((named) =>
      rows.map((row) => describeProposal(row, now, locale, named)),
    );
    return { items, ...list };
  }

  /** One proposal with its diff. @throws Problem; ViewBehind; whatever keeps the reading from being recorded */
  async one(
    id: string,
    proposalId: string,
    { open, purpose }: ProposalQuery,
    request: AuthenticatedRequest,
  ): Promise<ProposalAnswer> {
    const { caller } = request;
    const { state } = await this.records.live(id);
    const row = await this.#row(id, proposalId);
    const reader = await this.readers.of(caller, id, purpose ?? null);
    const now = this.kernel.clock.now();
    const [event, before] = await this.#events(id, row);
    const data = event.data as unknown as DataOf<'UpdateProposed'>;
    const places = Object.keys(data.replaces);
    const { asked, reasonToo } = wishOf(open, state, places);
    const plan = planReading(state, reader, asked, places, now);
    const reason = planReason(state, reader, reasonToo, now);
    await this.recorder.record(readingsOf(state, reader, [...plan, reason]), now, request);

    const hidden = (pointer: string) =>
      !plan.some((each) => each.pointer === pointer && each.how !== 'hidden');
    const allShut = plan.every(({ how }) => how === 'clear' || how === 'hidden') && reason.how === 'hidden';
    const values = allShut
      ? new Map<number, SealedValues>()
      : await this.#values([event, ...before.values()]);
    const sides = (pointer: string): { old: Side; new: Side } => {
      if (hidden(pointer)) return { old: undefined, new: undefined };
      const stands = data.replaces[pointer] ?? null;
      const old = stands === null ? null : valueIn(before.get(stands)!, values, pointer);
      return { old, new: data.removed.includes(pointer) ? null : valueIn(event, values, pointer) };
    };
    const said = values.get(event.revision)?.[REASON];
    const told: Told = { id, row, state, now, locale: requestLocale(request) };
    return this.people.naming((named) => ({
      ...describeProposal(row, now, told.locale, named),
      custodian: named.personOrNone(state.custodian),
      reason: describeReason(reason, said),
      diff: plan.map((planned) => describeDifference(planned, sides(planned.pointer), data, told, named)),
      diffMac: this.kernel.sealer.mac(diffToSign(state, proposalId, event.hash)),
      maySign: maySign(state, proposalId, caller, now),
    }));
  }

  async #row(record: string, proposalId: string): Promise<Row> {
    const { reader, log } = this.kernel;
    const head = await log.head();
    if (head !== null) await reader.waitFor('proposals', head, WAIT_MS, proposalId);
    const row = (await reader.get('proposals', [proposalId])).get(proposalId) as unknown as Row | undefined;
    if (row?.record !== record) throw new Problem('proposal.not-found');
    return row;
  }

  /** The event that made the proposal, and those that the values stand in which it would replace. */
  async #events(id: string, { revision }: Row): Promise<[RecordedEvent, ReadonlyMap<number, RecordedEvent>]> {
    const { log, registry } = this.kernel;
    const at = async (from: number) => {
      const [event] = await log.readStream(`customerRecord-${id}`, { from, maxCount: 1 });
      return registry.upcast(event!);
    };
    const event = await at(revision);
    const { replaces } = event.data as unknown as DataOf<'UpdateProposed'>;
    const cited = [...new Set(Object.values(replaces))].filter((each) => each !== null);
    const before = await Promise.all(cited.map(at));
    return [event, new Map(before.map((each) => [each.revision, each]))];
  }

  /** Revision -> what the boxes of the event hold; destroyed values are absent. */
  async #values(events: readonly RecordedEvent[]): Promise<ReadonlyMap<number, SealedValues>> {
    const opened = await Promise.all(events.map((event) => this.kernel.sealer.valuesOf(event)));
    return new Map(events.map(({ revision }, i) => [revision, opened[i]!]));
  }
}

/** `reason` is no field: it is asked for beside them, or with `all`. */
function wishOf(
  open: string | null | undefined,
  { subjectType }: CustomerRecord,
  places: readonly string[],
): { asked: Asked; reasonToo: boolean } {
  if (open == null || open === 'all')
    return { asked: askedBy(open, subjectType, places), reasonToo: open === 'all' };
  const names = open.split(',');
  const fields = names.filter((name) => name !== 'reason');
  const asked = fields.length === 0 ? 'nothing' : askedBy(fields.join(','), subjectType, places);
  return { asked, reasonToo: fields.length < names.length };
}

interface PlannedReason {
  readonly pointer: string;
  readonly how: 'opened' | 'hidden';
  readonly right: ReadingRight | Refusal;
}

/** What somebody wrote when he proposed is confidential. */
function planReason(state: CustomerRecord, reader: Reader, asked: boolean, now: string): PlannedReason {
  const right = openingRight(state, reader, { level: 'confidential', pointer: REASON }, now);
  return { pointer: REASON, how: asked && !isRefusal(right) ? 'opened' : 'hidden', right };
}

function valueIn(
  { revision, type, data }: RecordedEvent,
  opened: ReadonlyMap<number, SealedValues>,
  pointer: string,
) {
  const { open = {} } = data as { open?: Readonly<Record<string, Json>> };
  if (Object.hasOwn(open, pointer)) return open[pointer];
  // The reviewer states the cooperation status by the class that he approves.
  if (type === 'RecordApproved') return (data as unknown as DataOf<'RecordApproved'>).class.status;
  return opened.get(revision)?.[pointer];
}

function describeProposal(row: Row, now: string, locale: Locale, named: Named): ProposalItemAnswer {
  const { record, revision, baseRevision, pointers, removed, lapsesAt, accepted, refused } = row;
  return {
    ...{ id: row._id, state: proposalStateAt(row, now), proposed: named.act(row.proposed) },
    source: codeIn(sourceChannels, row.sourceChannel, locale),
    ...{ baseRevision, event: { stream: `customerRecord-${record}`, revision } },
    ...{ fields: fieldsNamed([...pointers, ...removed], locale), lapsesAt },
    ...{ decided: named.actOrNone(row.decided), accepted, refused },
    ...{ endedAt: row.endedAt, supersededBy: row.supersededBy },
  };
}

function describeDifference(
  { pointer, field, how, right }: PlannedValue,
  sides: { readonly old: Side; readonly new: Side },
  { baseRevision }: DataOf<'UpdateProposed'>,
  { id, row, state, now, locale }: Told,
  named: Named,
): DifferenceAnswer {
  const today = localDate(now, workingCalendar.timeZone);
  const side = (value: Side): SideAnswer => {
    if (value === null) return { shown: 'none', value: null, text: null };
    const shown = shownOf(how, value, () => maskValue(state.subjectType, pointer, value ?? null, today));
    return { ...shown, text: textOf(field, shown.value, locale) };
  };
  const change = proposalStateAt(row, now) === 'open' ? state.changes[pointer] : undefined;
  const stale = change && change.revision > baseRevision ? change : null;
  return {
    ...fieldsNamed([pointer], locale)[0]!,
    ...{ list: listOf(state, pointer, locale), level: field.level },
    ...{ old: side(sides.old), new: side(sides.new) },
    ...{ mayOpen: !isRefusal(right), needs: isRefusal(right) ? right.refused : null },
    staleBy: stale && {
      ...named.act({ by: stale.by.id, onBehalfOf: stale.by.onBehalfOf, at: stale.at }),
      ...{ type: stale.type, event: { stream: `customerRecord-${id}`, revision: stale.revision } },
    },
  };
}

function describeReason({ how, right }: PlannedReason, said: Json | undefined): ReasonAnswer {
  const needs = isRefusal(right) ? right.refused : null;
  if (how === 'hidden') return { shown: 'hidden', value: null, needs };
  return typeof said === 'string'
    ? { shown: 'value', value: said, needs }
    : { shown: 'destroyed', value: null, needs };
}

function maySign(state: CustomerRecord, proposalId: string, caller: Caller, now: string): boolean {
  if (!proposalOf(state, proposalId)) return false;
  return allowedActions(state, caller, now).some(
    ({ command, target }) => command === 'SignProposal' && target === proposalId,
  );
}
