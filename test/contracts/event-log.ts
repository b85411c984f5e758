import { randomUUID } from 'node:crypto';
import type { RecordedEvent, StoredEvent } from '#engine/event.js';
import { identify, LOG_STREAM } from '#engine/log-identity.js';
import {
  AppendTooLarge,
  MAX_APPEND_BYTES,
  UnknownOutcome,
  WrongExpectedRevision,
  type AppendResult,
  type EventLog,
} from '#engine/ports/event-log.js';
import { chainFault } from '#engine/proof/chain.js';
import { storedEvent, storedEvents } from '../builders/stored-event.js';
import { ManualClock } from '../doubles/manual-clock.js';

/**
 * A log as the contract needs it. It may hold events of earlier tests: a server is not emptied in between. A server that
 * held events before the first test must have been opened (`identify`).
 */
export interface EventLogUnderTest {
  readonly log: EventLog;
  /** Closes the log and opens the same data again (a store in memory only: the same log). */
  reopen(): Promise<EventLog>;
  close(): Promise<void>;
}

/** What every adapter of the `EventLog` port must do. */
export function eventLogContract(name: string, open: () => Promise<EventLogUnderTest>): void {
  describe(`${name}, as an event log`, () => {
    let opened: EventLogUnderTest;
    let log: EventLog;
    /** Where the log ended when the test began. */
    let start: string | null;

    beforeEach(async () => {
      opened = await open();
      log = opened.log;
      start = await log.head();
    });
    afterEach(() => opened.close());

    const newStream = () => `thing-${randomUUID()}`;
    const idsOf = (events: readonly StoredEvent[]) => events.map((event) => event.id);
    const readWhole = (stream: string) => log.readStream(stream, { maxCount: 1_000 });

    /** A stream of `count` events. */
    async function given(
      count: number,
    ): Promise<{ stream: string; events: StoredEvent[]; result: AppendResult }> {
      const stream = newStream();
      const events = storedEvents(stream, -1, count);
      return { stream, events, result: await log.append(stream, -1, events) };
    }

    async function refusal(append: Promise<AppendResult>): Promise<unknown> {
      return append.then(
        () => 'it was written',
        (error: unknown) => error,
      );
    }

    // An empty log is opened by its first test here; a server's may have been opened long ago, as a demo or not.
    describe('the identity of the log', () => {
      const clock = new ManualClock();
      const identityEvents = () => log.readStream(LOG_STREAM, { maxCount: 10 });

      it('is one, and written once, however many ask for it at the same time', async () => {
        const all = await Promise.all(Array.from({ length: 10 }, () => identify(log, clock, false)));
        expect(new Set(all.map(({ logId }) => logId)).size).toBe(1);
        expect(await identityEvents()).toHaveLength(1);
      });

      it('is LogOpened at revision 0 of dossierLog-main, chained like any other event', async () => {
        const { logId, demo } = await identify(log, clock, false);
        const [opening] = await identityEvents();
        expect(opening).toMatchObject({
          ...{ type: 'LogOpened', stream: 'dossierLog-main', revision: 0, data: { logId, demo } },
        });
        expect(chainFault(null, opening!)).toBeNull();
      });

      it('is the first event of the whole log', async () => {
        await identify(log, clock, false);
        const [first] = await log.readAll({ after: null, maxCount: 1 });
        expect(first).toEqual((await identityEvents())[0]);
      });

      it.each([true, false])('stays what it was opened as, a demo or not (first asked: %s)', async (demo) => {
        const first = await identify(log, clock, demo);
        if (start === null) expect(first.demo).toBe(demo);
        expect(await identify(log, clock, !demo)).toEqual(first);
        expect(await identityEvents()).toHaveLength(1);
      });

      it('is the same after the log was opened anew, and whatever was appended', async () => {
        const first = await identify(log, clock, false);
        await given(3);
        log = await opened.reopen();
        expect(await identify(log, clock, true)).toEqual(first);
      });
    });

    describe('the expected revision', () => {
      it('is -1 for a stream that does not exist yet', async () => {
        const stream = newStream();
        const result = await log.append(stream, -1, storedEvents(stream, -1, 1));
        expect(result.revision).toBe(0);
      });

      it('is the revision of the last event of a stream that exists', async () => {
        const { stream } = await given(3);
        const result = await log.append(stream, 2, storedEvents(stream, 2, 2));
        expect(result.revision).toBe(4);
      });

      it.each([
        ['none', -1],
        ['behind', 1],
        ['ahead', 7],
      ])('when %s of where the stream is, refuses and tells the actual one', async (_, expected) => {
        const { stream, events } = await given(3);
        const error = await refusal(log.append(stream, expected, storedEvents(stream, expected, 1)));
        expect(error).toBeInstanceOf(WrongExpectedRevision);
        expect(error).toMatchObject({ stream, expected, actual: 2 });
        expect(idsOf(await readWhole(stream))).toEqual(idsOf(events));
      });

      it('refuses a stream that does not exist, whose actual revision is -1', async () => {
        const stream = newStream();
        const error = await refusal(log.append(stream, 0, storedEvents(stream, 0, 1)));
        expect(error).toBeInstanceOf(WrongExpectedRevision);
        expect(error).toMatchObject({ expected: 0, actual: -1 });
      });

      it('lets exactly one of several different appends at the same place win', async () => {
        const stream = newStream();
        const batches = Array.from({ length: 5 }, () => storedEvents(stream, -1, 1));
        const answers = await Promise.allSettled(batches.map((batch) => log.append(stream, -1, batch)));
        const won = answers.flatMap((answer, i) => (answer.status === 'fulfilled' ? [i] : []));
        expect(won).toHaveLength(1);
        for (const answer of answers) {
          if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ expected: -1, actual: 0 });
        }
        expect(idsOf(await readWhole(stream))).toEqual(idsOf(batches[won[0] as number] as StoredEvent[]));
      });

      it('of one append does not disturb the others that are made at the same moment', async () => {
        const { stream: taken } = await given(1);
        const streams = Array.from({ length: 10 }, newStream);
        const good = streams.map((stream) => log.append(stream, -1, storedEvents(stream, -1, 1)));
        const bad = refusal(log.append(taken, -1, storedEvents(taken, -1, 1)));
        expect(await bad).toBeInstanceOf(WrongExpectedRevision);
        for (const result of await Promise.all(good)) expect(result.revision).toBe(0);
      });

      it('of an append may rest on one that is still on its way', async () => {
        const stream = newStream();
        const results = await Promise.all(
          [-1, 0, 1, 2].map((expected) => log.append(stream, expected, storedEvents(stream, expected, 1))),
        );
        expect(results.map((result) => result.revision)).toEqual([0, 1, 2, 3]);
      });

      it('and the events must fit together, else it is a mistake of the caller', async () => {
        const stream = newStream();
        const misplaced: [number, StoredEvent[]][] = [
          [-1, []],
          [-1, storedEvents(stream, 0, 1)],
          [-1, storedEvents(newStream(), -1, 1)],
          [-2, storedEvents(stream, -2, 1)],
          [0.5, storedEvents(stream, 0.5, 1)],
        ];
        for (const [expected, events] of misplaced) {
          expect(await refusal(log.append(stream, expected, events))).toBeInstanceOf(TypeError);
        }
        expect(await readWhole(stream)).toEqual([]);
      });
    });

    describe('the identical batch sent again', () => {
      it('gets the first answer and writes nothing', async () => {
        const { stream, events, result } = await given(3);
        expect(await log.append(stream, -1, events)).toEqual(result);
        expect(idsOf(await readWhole(stream))).toEqual(idsOf(events));
      });

      it('gets the first answer after later events, too', async () => {
        const { stream } = await given(2);
        const batch = storedEvents(stream, 1, 2);
        const first = await log.append(stream, 1, batch);
        await log.append(stream, 3, storedEvents(stream, 3, 2));
        expect(await log.append(stream, 1, batch)).toEqual(first);
        expect(await readWhole(stream)).toHaveLength(6);
      });

      it('gets the first answer after the log was opened anew', async () => {
        const { stream, events, result } = await given(3);
        log = await opened.reopen();
        expect(await log.append(stream, -1, events)).toEqual(result);
        expect(await readWhole(stream)).toHaveLength(3);
      });

      it('at the same moment is written once; whoever is left unsure is answered at the next try', async () => {
        const stream = newStream();
        const batch = storedEvents(stream, -1, 2);
        const persistent = async (): Promise<AppendResult> => {
          const answer = await refusal(log.append(stream, -1, batch));
          if (answer !== 'it was written' && !(answer instanceof UnknownOutcome)) throw answer;
          return log.append(stream, -1, batch);
        };
        const [one, two] = await Promise.all([persistent(), persistent()]);
        expect(one).toEqual(two);
        expect(idsOf(await readWhole(stream))).toEqual(idsOf(batch));
      });

      it('is refused when only a part of it stands there', async () => {
        const { stream, events } = await given(2);
        const longer = [...events, storedEvent({ stream, revision: 2 })];
        const error = await refusal(log.append(stream, -1, longer));
        expect(error).toBeInstanceOf(WrongExpectedRevision);
        expect(error).toMatchObject({ actual: 1 });
        expect(await readWhole(stream)).toHaveLength(2);
      });

      it('is refused at another place than its own', async () => {
        const { stream, events } = await given(3);
        const moved = events.slice(1).map((event, i) => ({ ...event, revision: i }));
        const error = await refusal(log.append(stream, -1, moved));
        expect(error).toBeInstanceOf(WrongExpectedRevision);
        expect(idsOf(await readWhole(stream))).toEqual(idsOf(events));
      });
    });

    describe('an append', () => {
      it('is whole: of a refused one no event stands in the log', async () => {
        const { stream } = await given(1);
        const head = await log.head();
        await refusal(log.append(stream, -1, storedEvents(stream, -1, 5)));
        expect(await log.head()).toBe(head);
      });

      it('is whole: its events stand side by side in the log', async () => {
        const streams = Array.from({ length: 8 }, newStream);
        await Promise.all(streams.map((stream) => log.append(stream, -1, storedEvents(stream, -1, 4))));
        const all = await log.readAll({ after: start, maxCount: 100 });
        const groups = Array.from({ length: 8 }, (_, i) => all.slice(i * 4, i * 4 + 4));
        for (const group of groups) expect(new Set(group.map((event) => event.stream)).size).toBe(1);
      });

      it('answers the revision and position of its last event', async () => {
        const { stream, result } = await given(3);
        const last = (await readWhole(stream)).at(-1);
        expect({ revision: last?.revision, position: last?.position }).toEqual(result);
      });

      it('over the size limit is refused, and nothing of it is written', async () => {
        const stream = newStream();
        const half = 'x'.repeat(MAX_APPEND_BYTES / 2);
        const error = await refusal(log.append(stream, -1, storedEvents(stream, -1, 2, { data: { half } })));
        expect(error).toBeInstanceOf(AppendTooLarge);
        expect(error).toMatchObject({ limit: MAX_APPEND_BYTES });
        expect(await readWhole(stream)).toEqual([]);
      });

      it('is measured in bytes, not in characters', async () => {
        const stream = newStream();
        const text = '档'.repeat(MAX_APPEND_BYTES / 2.5);
        const error = await refusal(log.append(stream, -1, storedEvents(stream, -1, 1, { data: { text } })));
        expect(error).toBeInstanceOf(AppendTooLarge);
      });

      it('gives back what it was given: large, nested, and in any script', async () => {
        const stream = newStream();
        const data = {
          name: '杭州华兴贸易有限公司',
          other: 'Ünïcødé \u0000\u2028\u2029 "quoted" \\ \n\t 👩🏽‍💼 🀄',
          numbers: [0, -1, Number.MAX_SAFE_INTEGER],
          nothing: null,
          deep: { list: [{ of: [true, false, []] }], '': {}, 'a/b~c': '' },
          large: '文'.repeat(130_000),
        };
        const event = storedEvent({
          stream,
          revision: 0,
          data,
          boxes: { record: { k: 'key-1', c: 'AA==', m: 'ff' } },
          policies: { fieldSchema: 'default@1' },
        });
        const { position } = await log.append(stream, -1, [event]);
        expect(await readWhole(stream)).toEqual([{ ...event, position }]);
      });

      it('is still there when the log is opened anew', async () => {
        const { stream, events } = await given(5);
        log = await opened.reopen();
        expect(idsOf(await readWhole(stream))).toEqual(idsOf(events));
        await log.append(stream, 4, storedEvents(stream, 4, 1));
        expect(await readWhole(stream)).toHaveLength(6);
      });
    });

    describe('reading a stream', () => {
      it('that does not exist gives nothing, in either direction', async () => {
        const stream = newStream();
        expect(await log.readStream(stream, { maxCount: 10 })).toEqual([]);
        expect(await log.readStream(stream, { maxCount: 10, direction: 'backwards' })).toEqual([]);
      });

      it.each([
        ['forwards from the start', {}, [0, 1, 2]],
        ['forwards from a revision, itself included', { from: 4 }, [4, 5, 6]],
        ['forwards to the end', { from: 8 }, [8, 9]],
        ['forwards from beyond the end', { from: 10 }, []],
        ['backwards from the end', { direction: 'backwards' }, [9, 8, 7]],
        ['backwards from a revision, itself included', { direction: 'backwards', from: 5 }, [5, 4, 3]],
        ['backwards to the start', { direction: 'backwards', from: 1 }, [1, 0]],
        ['backwards from beyond the end', { direction: 'backwards', from: 1_000 }, [9, 8, 7]],
      ] as const)('%s', async (_, options, revisions) => {
        const { stream } = await given(10);
        const page = await log.readStream(stream, { ...options, maxCount: 3 });
        expect(page.map((event) => event.revision)).toEqual(revisions);
      });

      it('gives the events of that stream only', async () => {
        const [one, two] = [await given(3), await given(3)];
        expect(idsOf(await readWhole(one.stream))).toEqual(idsOf(one.events));
        expect(idsOf(await readWhole(two.stream))).toEqual(idsOf(two.events));
      });

      it('needs a count that is positive', async () => {
        for (const maxCount of [0, -1, 1.5, Number.NaN]) {
          await expect(log.readStream(newStream(), { maxCount })).rejects.toThrow(RangeError);
          await expect(log.readAll({ after: null, maxCount })).rejects.toThrow(RangeError);
        }
      });
    });

    describe('reading the whole log', () => {
      async function pages(after: string | null, maxCount: number): Promise<RecordedEvent[]> {
        const events: RecordedEvent[] = [];
        for (;;) {
          const page = await log.readAll({ after: events.at(-1)?.position ?? after, maxCount });
          events.push(...page);
          if (page.length < maxCount) return events;
        }
      }

      it('page by page gives each event once, in the order of positions', async () => {
        const [one, two, three] = [await given(3), await given(4), await given(3)];
        const events = await pages(start, 3);
        expect(idsOf(events)).toEqual(idsOf([...one.events, ...two.events, ...three.events]));
        const positions = events.map((event) => event.position);
        expect(positions).toEqual([...new Set(positions)].sort());
      });

      it('backwards gives the same events in reverse, from the end or from before a position', async () => {
        await given(7);
        const forwards = await pages(start, 100);
        const last3 = await log.readAll({ after: null, direction: 'backwards', maxCount: 3 });
        expect(idsOf(last3)).toEqual(idsOf(forwards.slice(4).reverse()));
        const before = last3[2]?.position ?? '';
        const next3 = await log.readAll({ after: before, direction: 'backwards', maxCount: 3 });
        expect(idsOf(next3)).toEqual(idsOf(forwards.slice(1, 4).reverse()));
      });

      it('goes on behind the position of an answer', async () => {
        const { result } = await given(3);
        expect(await log.readAll({ after: result.position, maxCount: 10 })).toEqual([]);
        const { events } = await given(2);
        expect(idsOf(await log.readAll({ after: result.position, maxCount: 10 }))).toEqual(idsOf(events));
      });

      it('refuses a position that no log ever gave', async () => {
        await expect(log.readAll({ after: 'the beginning', maxCount: 1 })).rejects.toThrow(RangeError);
      });

      it('ends at the head', async () => {
        const { result } = await given(2);
        expect(await log.head()).toBe(result.position);
        expect((await pages(start, 100)).at(-1)?.position).toBe(result.position);
      });

      it('has no holes while writers are busy: what is read once is all there ever is up to there', async () => {
        const writing = writers(log, 20, 15);
        const early: RecordedEvent[] = [];
        while (early.length < 200) {
          early.push(...(await log.readAll({ after: early.at(-1)?.position ?? start, maxCount: 7 })));
          await new Promise((resolve) => setImmediate(resolve));
        }
        await writing;
        const late = await pages(start, 100);
        expect(late).toHaveLength(300);
        expect(early).toEqual(late.slice(0, early.length));
        expectWholeStreams(late, 15);
      });
    });

    describe('a subscription', () => {
      async function take(after: string | null, count: number, maxCount = 10): Promise<RecordedEvent[]> {
        const enough = new AbortController();
        const events: RecordedEvent[] = [];
        for await (const batch of log.subscribe({ after, maxCount, signal: enough.signal })) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(maxCount);
          events.push(...batch);
          if (events.length >= count) enough.abort();
        }
        return events;
      }

      it('gives what was there, then what comes', async () => {
        const { events: earlier } = await given(25);
        const taking = take(start, 40);
        const { events: later } = await given(15);
        expect(idsOf(await taking)).toEqual(idsOf([...earlier, ...later]));
      });

      it('goes on behind the position of the last event handled', async () => {
        const { result } = await given(5);
        const taking = take(result.position, 3);
        const { events } = await given(3);
        expect(idsOf(await taking)).toEqual(idsOf(events));
      });

      it('gives each event once and in order, from any position, while writers are busy', async () => {
        const writing = writers(log, 20, 15);
        const fromStart = take(start, 300, 17);
        const some = (await take(start, 60, 5)).slice(0, 60);
        const places = [some[0], some[31], some[59]].map((event) => event?.position ?? '');
        const fromThere = await Promise.all(places.map((place, i) => take(place, [299, 268, 240][i] ?? 0)));
        await writing;
        const all = await fromStart;
        expect(all).toHaveLength(300);
        expectWholeStreams(all, 15);
        expect(idsOf(fromThere[0] ?? [])).toEqual(idsOf(all.slice(1)));
        expect(idsOf(fromThere[1] ?? [])).toEqual(idsOf(all.slice(32)));
        expect(idsOf(fromThere[2] ?? [])).toEqual(idsOf(all.slice(60)));
      });

      it('ends when its signal is aborted while it waits', async () => {
        const { result } = await given(1);
        const waiting = new AbortController();
        const batches = log.subscribe({ after: result.position, maxCount: 10, signal: waiting.signal });
        const next = batches[Symbol.asyncIterator]().next();
        await new Promise((resolve) => setTimeout(resolve, 20));
        waiting.abort();
        expect(await next).toEqual({ done: true, value: undefined });
      });

      it('whose signal is aborted already gives nothing', async () => {
        await given(3);
        const batches = log.subscribe({ after: start, maxCount: 10, signal: AbortSignal.abort() });
        expect(await batches[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
      });

      it('that is read slowly keeps nobody else from reading or writing', async () => {
        const end = new AbortController();
        const subscription = log.subscribe({ after: start, maxCount: 2, signal: end.signal });
        const slow = subscription[Symbol.asyncIterator]();
        const { events: earlier } = await given(4);
        const read = [...((await slow.next()).value as RecordedEvent[])];
        const { events: later } = await given(6);
        expect(await take(start, 10)).toHaveLength(10);
        while (read.length < 10) read.push(...((await slow.next()).value as RecordedEvent[]));
        expect(idsOf(read)).toEqual(idsOf([...earlier, ...later]));
        end.abort();
      });
    });
  });
}

/** Streams that grow side by side, one event at a time. */
async function writers(log: EventLog, streams: number, events: number): Promise<void> {
  await Promise.all(
    Array.from({ length: streams }, async () => {
      const stream = `thing-${randomUUID()}`;
      for (let revision = -1; revision < events - 1; revision++) {
        await log.append(stream, revision, storedEvents(stream, revision, 1));
      }
    }),
  );
}

/** Every stream's revisions are 0, 1, 2 ... in the order of the log. */
function expectWholeStreams(events: readonly RecordedEvent[], length: number): void {
  const revisions = new Map<string, number[]>();
  for (const { stream, revision } of events) {
    revisions.set(stream, [...(revisions.get(stream) ?? []), revision]);
  }
  const whole = Array.from({ length }, (_, i) => i);
  for (const found of revisions.values()) expect(found).toEqual(whole);
}
