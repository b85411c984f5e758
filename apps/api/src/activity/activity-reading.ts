import { Injectable } from '@nestjs/common';
import { isRefusal } from '#engine/decider.js';
import type { RecordedEvent, SealedValues } from '#engine/event.js';
import type { Filter } from '#engine/ports/view-store.js';
import { activityKinds } from '#domain/activity/kinds.js';
import type { CustomerRecord } from '#domain/records/record.js';
import type { Reader } from '#domain/records/rights.js';
import { CATALOGUES } from '#domain/schema/catalogues.js';
import type { ActivityRow } from '#domain/views/activity.js';
import { Kernel } from '#infra/kernel/kernel.js';
import type { Locale } from '../http/locale.js';
import { Problem } from '../http/problem.js';
import { requestLocale, type AuthenticatedRequest } from '../http/request-context.js';
import { Pages, type Phase } from '../lists/pages.js';
import { codeIn, codeOrNone } from '../records/reading/labels.js';
import { LiveRecordReader } from '../records/reading/live-record.js';
import { readingsOf } from '../records/reading/plan.js';
import { Readers } from '../records/reading/readers.js';
import { ReadingRecorder } from '../records/reading/reading-recorder.js';
import type { ReadingWish } from '../records/reading/record-reading.js';
import { People, type Named } from '../staff/people.js';
import type {
  ActivityEntryAnswer,
  ActivityItemAnswer,
  ActivityListAnswer,
  EntryValueAnswer,
  EntryVersionAnswer,
} from './activity-answer.js';
import { activityStream } from './activity-commands.js';
import { askedMembers, planVersions, type PlannedMember, type PlannedVersion } from './activity-plan.js';
import type { ActivityQuery } from './activity-query.js';

type Row = ActivityRow & { readonly _id: string };
/** Revision of an event -> what its box holds; a destroyed one is empty. */
type Opened = ReadonlyMap<number, SealedValues>;

/** Reads activity: the right is checked on the record's head, the reading is put on disk, then boxes are opened. */
@Injectable()
export class ActivityReading {
  constructor(
    private readonly kernel: Kernel,
    private readonly records: LiveRecordReader,
    private readonly readers: Readers,
    private readonly recorder: ReadingRecorder,
    private readonly pages: Pages,
    private readonly people: People,
  ) {}

  /** Newest first. @throws Problem; ViewBehind */
  async list(id: string, query: ActivityQuery, request: AuthenticatedRequest): Promise<ActivityListAnswer> {
    const { state, reader, now } = await this.#asReader(id, query, request);
    const asked = askedMembers(query.open, state, reader, now);
    const { kind = null, from = null, to = null } = query;
    const scope = { record: id, kind, from, to };
    const { rows, list } = await this.pages.read<ActivityRow>(
      { view: 'activity', scope, phases: () => [newestFirst(scope)] },
      query,
    );
    const planned = rows.map((row) => {
      const entry = { entryId: row._id, kind: row.kind, versions: row.versions.slice(-1) };
      return [row, planVersions(entry, asked, state, reader, now)] as const;
    });
    const opened = await this.#open(
      id,
      planned.flatMap(([, versions]) => versions),
      state,
      reader,
      now,
      request,
    );
    const locale = requestLocale(request);
    const items = await this.people.naming((named) =>
      planned.map(([row, [standing]]) => describeEntry(row, standing!, opened, locale, named)),
    );
    return { items, ...list };
  }

  /** One entry with all its versions. @throws Problem; ViewBehind */
  async one(
    id: string,
    entryId: string,
    query: ReadingWish & { readonly after?: string | null },
    request: AuthenticatedRequest,
  ): Promise<ActivityEntryAnswer> {
    const { state, reader, now } = await this.#asReader(id, query, request);
    const asked = askedMembers(query.open, state, reader, now);
    await this.pages.waitFor('activity', query.after, entryId);
    const row = (await this.kernel.reader.get('activity', [entryId])).get(entryId) as unknown as Row;
    if (row?.record !== id) throw new Problem('activity.not-found');
    const { kind, versions } = row;
    const planned = planVersions({ entryId, kind, versions }, asked, state, reader, now);
    const opened = await this.#open(id, planned, state, reader, now, request);
    const locale = requestLocale(request);
    return this.people.naming((named) => ({
      ...describeEntry(row, planned.at(-1)!, opened, locale, named),
      versions: planned.map((version) => describeVersion(id, version, opened, locale, named)),
    }));
  }

  async #asReader(id: string, { purpose }: ReadingWish, { caller }: AuthenticatedRequest) {
    const reader = await this.readers.of(caller, id, purpose ?? null);
    const { state } = await this.records.live(id);
    return { reader, state, now: this.kernel.clock.now() };
  }

  async #open(
    id: string,
    planned: readonly PlannedVersion[],
    state: CustomerRecord,
    reader: Reader,
    now: string,
    request: AuthenticatedRequest,
  ): Promise<Opened> {
    const members = new Map(
      planned.flatMap((version) => version.members.map((member) => [member.pointer, member] as const)),
    );
    await this.recorder.record(readingsOf(state, reader, [...members.values()]), now, request);
    const revisions = planned
      .filter((version) => version.members.some(({ how }) => how === 'opened'))
      .map(({ version }) => version.revision);
    const events = await this.#eventsAt(activityStream(id), revisions);
    const opened = await Promise.all(events.map((event) => this.kernel.sealer.valuesOf(event)));
    return new Map(events.map(({ revision }, i) => [revision, opened[i]!]));
  }

  /** Entries that were entered together lie side by side, so a page is mostly one reading of the stream. */
  async #eventsAt(stream: string, revisions: readonly number[]): Promise<RecordedEvent[]> {
    const runs: { from: number; maxCount: number }[] = [];
    for (const revision of revisions.toSorted((a, b) => a - b)) {
      const run = runs.at(-1);
      if (run && revision === run.from + run.maxCount) run.maxCount++;
      else runs.push({ from: revision, maxCount: 1 });
    }
    return (await Promise.all(runs.map((run) => this.kernel.log.readStream(stream, run)))).flat();
  }
}

function newestFirst(wanted: {
  readonly record: string;
  readonly kind: string | null;
  readonly from: string | null;
  readonly to: string | null;
}): Phase {
  const { record, kind, from, to } = wanted;
  const on = { ...(from === null ? {} : { gte: from }), ...(to === null ? {} : { lte: to }) };
  const where: Filter = {
    record: { eq: record },
    ...(kind === null ? {} : { kind: { eq: kind } }),
    ...(from === null && to === null ? {} : { on }),
  };
  const sort = [
    { field: 'on', direction: 'desc' },
    { field: 'time', direction: 'desc' },
  ] as const;
  return { anyOf: [where], sort };
}

function describeEntry(
  row: Row,
  standing: PlannedVersion,
  opened: Opened,
  locale: Locale,
  named: Named,
): ActivityItemAnswer {
  const { _id, kind, record, versions, struck } = row;
  return {
    ...{ id: _id, kind: codeIn(activityKinds, kind, locale) },
    ...describeVersion(record, standing, opened, locale, named),
    entered: named.act(versions[0]!),
    corrected: versions.length > 1 ? named.act(versions.at(-1)!) : null,
    struck: named.actOrNone(struck),
  };
}

function describeVersion(
  record: string,
  { version, members }: PlannedVersion,
  opened: Opened,
  locale: Locale,
  named: Named,
): EntryVersionAnswer {
  const { revision, time } = version;
  return {
    ...{ time, entered: named.act(version), event: { stream: activityStream(record), revision } },
    values: members.map((member) => describeValue(member, opened.get(revision) ?? {}, locale)),
  };
}

function describeValue(
  { field, how, right }: PlannedMember,
  values: SealedValues,
  locale: Locale,
): EntryValueAnswer {
  const { key, label, level, catalogue } = field;
  const value = how === 'opened' ? values[`/${key}`] : null;
  const code = catalogue === undefined ? null : codeOrNone(CATALOGUES[catalogue] ?? [], value, locale);
  return {
    ...{ key, label: label[locale], level },
    shown: how === 'hidden' ? 'hidden' : value === undefined ? 'destroyed' : 'value',
    value: value ?? null,
    text: code?.label ?? null,
    mayOpen: !isRefusal(right),
    needs: isRefusal(right) ? right.refused : null,
  };
}
