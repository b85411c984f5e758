import fc from 'fast-check';
import { isRefusal } from '#engine/decider.js';
import type { RecordedEvent } from '#engine/event.js';
import { contents, recordSays } from '../../../../test/builders/activity.js';
import { documentAfter, documentsAfter } from '../../../../test/builders/documents.js';
import { recordedLog, sealedValues, type Entry } from '../../../../test/builders/recorded-log.js';
import { team } from '../../../../test/builders/records.js';
import { evolve, noActivity } from '../activity/activity.js';
import { activityDecider, type ActivityCommand } from '../activity/decider.js';
import type { ActivityKind } from '../activity/kinds.js';
import { activityTotalsView, type ActivityTotalsRow } from './activity-totals.js';
import { activityView, type ActivityRow } from './activity.js';
import { asActivityEvent } from './activity-events.js';

const AT = '2025-03-03T01:00:00.000Z';
const ID = 'r-1';
const record = recordSays();

/** What is asked of a customer's activity, one after the other; `of` is the entry's place among those recorded. */
type Ask =
  | { readonly do: 'record'; readonly kind: ActivityKind; readonly amount: string; readonly currency: string }
  | { readonly do: 'correct'; readonly of: number; readonly amount: string; readonly currency: string }
  | { readonly do: 'strike'; readonly of: number };

interface Model {
  readonly kind: ActivityKind;
  readonly amount: string;
  readonly currency: string;
  readonly struck: boolean;
}

/** Decides on each, as the rules do. @returns the log that results, and what a child would have kept on paper */
function lived(asks: readonly Ask[]): { log: RecordedEvent[]; paper: Model[] } {
  const paper: Model[] = [];
  const entries: Entry[] = [];
  let log: RecordedEvent[] = [];
  let state = noActivity;
  for (const ask of asks) {
    if (ask.do !== 'record' && (paper[ask.of] === undefined || paper[ask.of]!.struck)) continue;
    const command = commandOf(ask, paper, log);
    const decision = activityDecider.decide(command, state, {
      ...{ now: AT, actor: team.zhou, onBehalfOf: null, revision: log.length - 1, mint: (name) => name },
    });
    if (isRefusal(decision)) throw new Error(decision.refused);
    for (const { type, data, sealed, effectiveAt } of decision) {
      const when = effectiveAt === undefined ? {} : { effectiveAt };
      entries.push({
        stream: `customerActivity-${ID}`,
        by: 'zhou',
        at: AT,
        type,
        data,
        sealed: sealed!,
        ...when,
      });
    }
    log = recordedLog(entries);
    state = evolve(state, asActivityEvent(log.at(-1)!));
    if (ask.do === 'record') paper.push({ ...ask, struck: false });
    else if (ask.do === 'correct') paper[ask.of] = { ...ask, kind: paper[ask.of]!.kind, struck: false };
    else paper[ask.of] = { ...paper[ask.of]!, struck: true };
  }
  return { log, paper };
}

function commandOf(ask: Ask, paper: readonly Model[], log: readonly RecordedEvent[]): ActivityCommand {
  if (ask.do === 'record') {
    const entry = { id: `e-${paper.length}`, kind: ask.kind, content: contentOf(ask.kind, ask) };
    return { type: 'RecordActivity', entries: [entry], record };
  }
  const { kind } = paper[ask.of]!;
  const entryId = `e-${ask.of}`;
  const last = log.findLast((event) => event.data['entryId'] === entryId)!;
  const version = { revision: last.revision, kind, values: sealedValues(last) };
  const about = { entryId, reason: '核对账目', version, record };
  return ask.do === 'strike'
    ? { type: 'StrikeActivity', ...about }
    : { type: 'CorrectActivity', ...about, content: contentOf(kind, ask) };
}

function contentOf(kind: ActivityKind, { amount, currency }: { amount: string; currency: string }) {
  return kind === 'transaction' ? { ...contents[kind], amount, currency } : contents[kind];
}

const kind = fc.constantFrom<ActivityKind>('transaction', 'transaction', 'interaction', 'need');
const amount = fc
  .integer({ min: -99_999_999, max: 99_999_999 })
  .map(
    (size) =>
      `${size < 0 ? '-' : ''}${Math.trunc(Math.abs(size) / 10_000)}.${String(Math.abs(size) % 10_000).padStart(4, '0')}`,
  );
const currency = fc.constantFrom('CNY', 'USD', 'EUR');
const of = fc.nat({ max: 5 });
const asks = fc.array(
  fc.oneof<fc.Arbitrary<Ask>[]>(
    fc.record({ do: fc.constant('record' as const), kind, amount, currency }),
    fc.record({ do: fc.constant('correct' as const), of, amount, currency }),
    fc.record({ do: fc.constant('strike' as const), of }),
  ),
  { minLength: 1, maxLength: 14 },
);

const destruction: Entry = {
  ...{ stream: `customerRecord-${ID}`, by: 'zhao', at: AT, type: 'RecordDestructionBegun' },
  data: { applicationId: 'd-1', target: { kind: 'record' }, ground: 'invalid' },
};

describe('the totals of a customer', () => {
  it('are those of the entries that stand: each counted once, sums exact, returns taken off', async () => {
    await fc.assert(
      fc.asyncProperty(asks, async (wanted) => {
        const { log, paper } = lived(wanted);
        const totals = (await documentsAfter(activityTotalsView, log)).get(ID) as
          ActivityTotalsRow | undefined;
        expect(totalsOf(totals)).toEqual(onPaper(paper));
      }),
    );
  });

  it('are the same however the log was cut into batches', async () => {
    await fc.assert(
      fc.asyncProperty(asks, fc.nat({ max: 14 }), async (wanted, cut) => {
        const { log } = lived(wanted);
        const bases = await documentsAfter(activityTotalsView, log.slice(0, cut));
        const later = await documentsAfter(activityTotalsView, log.slice(cut), { bases });
        expect(later).toEqual(await documentsAfter(activityTotalsView, log));
      }),
    );
  });

  it.each([
    ['while its values open', true],
    ['when its values are gone already, as a rebuild finds them', false],
  ])('are removed by the destruction of the record, %s', async (_when, open) => {
    const { log } = lived([{ do: 'record', kind: 'transaction', amount: '440', currency: 'CNY' }]);
    const all = followedBy(log, destruction);
    const totals = await documentsAfter(activityTotalsView, all, { lives: () => open });
    expect([...totals.values()]).toEqual([{ _id: ID, at: all.at(-1)!.position, gone: true }]);
  });

  it('of a destroyed customer do not come back with an entry that was under way', async () => {
    const { log } = lived([{ do: 'record', kind: 'transaction', amount: '440', currency: 'CNY' }]);
    const late = { ...log[0]!, position: '00000000000000000009' };
    const before = recordedLog([destruction]);
    const totals = await documentsAfter(activityTotalsView, [...before, late]);
    expect(totals.get(ID)).toEqual({ _id: ID, at: before[0]!.position, gone: true });
  });

  it('leave out what was destroyed, and count the entry', async () => {
    const { log } = lived([{ do: 'record', kind: 'transaction', amount: '440', currency: 'CNY' }]);
    const totals = await documentsAfter(activityTotalsView, log, { lives: () => false });
    expect(totals.get(ID)).toMatchObject({ counts: { transaction: 1 }, spend: {} });
  });
});

describe('an entry', () => {
  const sale = { do: 'record', kind: 'transaction', amount: '440', currency: 'CNY' } as const;

  it('is listed under the local date of its time', async () => {
    const { log } = lived([sale]);
    const late = { ...log[0]!, effectiveAt: '2025-02-28T16:30:00.000Z' };
    const row = await documentAfter<ActivityRow>(activityView, [late], 'e-0');
    expect([row.time, row.on]).toEqual(['2025-02-28T16:30:00.000Z', '2025-03-01']);
  });

  it('keeps every version of itself by the revision that holds it, and none of what it says', async () => {
    const { log } = lived([
      sale,
      { do: 'correct', of: 0, amount: '44', currency: 'CNY' },
      { do: 'strike', of: 0 },
    ]);
    const row = await documentAfter<ActivityRow>(activityView, log, 'e-0');
    expect(row).toMatchObject({ record: ID, kind: 'transaction', struck: { by: 'zhou', at: AT } });
    expect(row.versions.map(({ revision, sealed }) => [revision, sealed])).toEqual([
      [0, ['/item', '/amount', '/currency']],
      [1, ['/item', '/amount', '/currency']],
    ]);
    expect(JSON.stringify(row)).not.toMatch(/龙井|440|核对/);
  });
});

/** The log with one more entry at its end. */
function followedBy(log: readonly RecordedEvent[], entry: Entry): RecordedEvent[] {
  const [event] = recordedLog([entry]);
  return [...log, { ...event!, position: String(log.length + 1).padStart(20, '0') }];
}

function totalsOf(totals: ActivityTotalsRow | undefined) {
  const counts = Object.entries(totals?.counts ?? {}).filter(([, count]) => count > 0);
  const spend = Object.entries(totals?.spend ?? {}).map(([code, sum]) => [code, sizeOf(sum)] as const);
  return { counts: Object.fromEntries(counts), spend: Object.fromEntries(spend) };
}

function onPaper(paper: readonly Model[]) {
  const counts: Record<string, number> = {};
  const spend: Record<string, bigint> = {};
  for (const { kind: of_, amount: paid, currency: code } of paper.filter(({ struck }) => !struck)) {
    counts[of_] = (counts[of_] ?? 0) + 1;
    if (of_ === 'transaction') spend[code] = (spend[code] ?? 0n) + sizeOf(paid);
  }
  return { counts, spend: Object.fromEntries(Object.entries(spend).filter(([, sum]) => sum !== 0n)) };
}

/** Ten-thousandths. */
function sizeOf(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(4, '0'));
  return text.startsWith('-') ? -size : size;
}
