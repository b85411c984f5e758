import type { AppendResult } from '#engine/ports/event-log.js';
import { LogUnavailable } from '#engine/ports/event-log.js';
import type { ItemOutcome, ProcessState } from '#engine/process/process-decider.js';
import { ProcessRunner, type ItemRun, type ProcessKind } from '#engine/process/process-runner.js';
import type { CommandExecutor } from '#engine/execute.js';
import { counterDecider } from '../builders/counter.js';
import { openKernel, someMeta, type Kernel } from '../builders/kernel.js';
import { troubledLog, type Trouble } from '../doubles/troubled-log.js';

const BATCH = 'raiseBatch-7e6d5c4b-3a29-4817-8605-f4e3d2c1b0a9';
/** More than are written down at a time. */
const ITEMS = Array.from({ length: 52 }, (_, i) => `c${i}`);
/** Its counter is closed. */
const CLOSED = 'c7';

type Run = Omit<ItemOutcome, 'item'>;

/** Raises the counter of each item by one. `around` is what a test does before or after an item. */
function raiseBatch(
  executor: CommandExecutor,
  around: (item: string, work: () => Promise<Run>, run: ItemRun) => Promise<Run> = (_, work) => work(),
): ProcessKind {
  const raise = async (id: string, run: ItemRun): Promise<Run> => {
    const command = { type: 'RaiseCounter', by: [1] } as const;
    const answer = await executor.execute(counterDecider, `counter-${id}`, command, run.meta);
    if (answer.kind === 'refused') return { outcome: answer.refusal.refused, params: answer.refusal.params };
    return { outcome: answer.kind, params: {} };
  };
  return {
    kind: 'raise',
    category: 'raiseBatch',
    run: (item, run) => around(item.id, () => raise(item.id, run), run),
  };
}

describe('A process over many streams', () => {
  let kernel: Kernel;
  afterEach(() => kernel.close());

  async function begun(ids: readonly string[] = ITEMS) {
    kernel = await openKernel();
    await Promise.all(ids.map((id) => kernel.send(`counter-${id}`, { type: 'OpenCounter', limit: 100 })));
    if (ids.includes(CLOSED)) await kernel.send(`counter-${CLOSED}`, { type: 'CloseCounter' });
    const runner = await newRunner();
    const items = ids.map((id) => ({ id, params: {} }));
    const sealed = { '/reason': 'stocktaking' };
    const meta = someMeta({ onBehalfOf: 'staff-2' });
    await runner.begin(BATCH, { type: 'BeginProcess', kind: 'raise', items, sealed }, meta);
    return runner;
  }

  /** A runner in a process of its own. */
  async function newRunner(
    around?: Parameters<typeof raiseBatch>[1],
    trouble: Trouble = (write) => write(),
  ): Promise<ProcessRunner> {
    const log = troubledLog(kernel.log, trouble);
    const { executor, sealer } = await kernel.process(log);
    return new ProcessRunner(executor, log, sealer, [raiseBatch(executor, around)]);
  }

  /** How often each counter was raised. */
  async function raises(ids: readonly string[] = ITEMS): Promise<number[]> {
    const streams = await Promise.all(ids.map((id) => kernel.eventsOf(`counter-${id}`)));
    return streams.map((events) => events.filter(({ type }) => type === 'CounterRaised').length);
  }
  const once = ITEMS.map((id) => (id === CLOSED ? 0 : 1));

  function expectFinished(state: ProcessState): void {
    expect(state.finished).toBe(true);
    expect([...state.outcomes.keys()].sort()).toEqual([...ITEMS].sort());
    const others = [...state.outcomes.values()].filter(({ outcome }) => outcome !== 'done');
    expect(others).toEqual([{ item: CLOSED, outcome: 'counter.closed', params: {} }]);
  }

  it('does each item once, keeps what became of each, and finishes', async () => {
    const runner = await begun();
    expectFinished(await runner.drive(BATCH));
    expect(await raises()).toEqual(once);
    expect((await kernel.eventsOf(BATCH)).map(({ type, data }) => [type, data['done']])).toEqual([
      ['ProcessBegun', undefined],
      ['ProcessItemsDone', undefined],
      ['ProcessItemsDone', undefined],
      ['ProcessFinished', 51],
    ]);
  });

  it('does nothing more once it has finished', async () => {
    const runner = await begun();
    await runner.drive(BATCH);
    const head = await kernel.log.head();
    expectFinished(await runner.drive(BATCH));
    expect(await kernel.log.head()).toBe(head);
  });

  it('gives each item a command of its own, of the one who began it, and the sealed words', async () => {
    await begun(['c0', 'c1']);
    const runs: ItemRun[] = [];
    const runner = await newRunner((_, work, run) => {
      runs.push(run);
      return work();
    });
    await runner.drive(BATCH);
    const [begin] = await kernel.eventsOf(BATCH);
    expect(new Set(runs.map(({ meta }) => meta.commandId)).size).toBe(2);
    for (const { meta, sealed } of runs) {
      expect(sealed).toEqual({ '/reason': 'stocktaking' });
      expect(meta).toMatchObject({
        actor: { id: 'staff-1', roles: ['collector'] },
        onBehalfOf: 'staff-2',
        causationId: begin!.id,
        channel: 'engine',
        policies: { limits: 'default@1' },
      });
    }
    const progress = (await kernel.eventsOf(BATCH)).slice(1);
    expect(progress.map(({ actorId }) => actorId)).toEqual(['system', 'system']);
  });

  it('that was never begun cannot be driven', async () => {
    const runner = await begun(['c0']);
    const unknown = 'raiseBatch-00000000-0000-4000-8000-000000000000';
    await expect(runner.drive(unknown)).rejects.toThrow('was never begun');
  });

  const died = (write: () => Promise<AppendResult>, after: boolean) =>
    (after ? write() : Promise.resolve()).then(() => Promise.reject(new LogUnavailable()));

  it.each([
    ['before', false],
    ['after', true],
  ])('survives a crash %s every single append: another runner does what is left', async (_, after) => {
    const appends = ITEMS.length - 1 + 2 + 1;
    for (let n = 1; n <= appends; n++) {
      await begun();
      const doomed = await newRunner(undefined, (write, call) => {
        if (call < n) return write();
        return died(write, after && call === n);
      });
      await expect(doomed.drive(BATCH)).rejects.toThrow(LogUnavailable);
      expectFinished(await (await newRunner()).drive(BATCH));
      expect(await raises()).toEqual(once);
      if (n < appends) await kernel.close();
    }
  });

  it('lets the present item finish when it is stopped, and is resumed by another runner', async () => {
    await begun();
    const runner: ProcessRunner = await newRunner(async (item, work) => {
      if (item === 'c2') void runner.stop();
      return work();
    });
    const stopped = await runner.drive(BATCH);
    expect([stopped.finished, [...stopped.outcomes.keys()]]).toEqual([false, ['c0', 'c1', 'c2']]);
    expect((await raises()).slice(0, 5)).toEqual([1, 1, 1, 0, 0]);
    expectFinished(await (await newRunner()).drive(BATCH));
    expect(await raises()).toEqual(once);
  });

  it('is done once by two runners at once', async () => {
    await begun();
    const runners = [await newRunner(), await newRunner()];
    const states = await Promise.all(runners.map((runner) => runner.drive(BATCH)));
    states.forEach(expectFinished);
    expect(await raises()).toEqual(once);
  });

  it('is driven once by a runner that is asked twice', async () => {
    await begun();
    const seen: string[] = [];
    const runner = await newRunner((item, work) => {
      seen.push(item);
      return work();
    });
    await Promise.all([runner.drive(BATCH), runner.drive(BATCH)]);
    expect(seen).toEqual(ITEMS);
  });

  it('is finished by the slower of two runners, whose list begins as that of the stopped one', async () => {
    await begun(['c0', 'c1', 'c2']);
    const first: ProcessRunner = await newRunner((_, work) => {
      void first.stop();
      return work();
    });
    const slower = await newRunner(async (item, work) => {
      if (item === 'c0') await first.drive(BATCH);
      return work();
    });
    expect(await slower.drive(BATCH)).toMatchObject({ finished: true });
    expect(await raises(['c0', 'c1', 'c2'])).toEqual([1, 1, 1]);
  });
});
