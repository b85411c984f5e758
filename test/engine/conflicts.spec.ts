import type { CommandExecutor } from '#engine/execute.js';
import { LogBusy } from '#engine/ports/event-log.js';
import { counterDecider, type CounterCommand } from '../builders/counter.js';
import { openKernel, someMeta, type Kernel } from '../builders/kernel.js';
import { troubledLog } from '../doubles/troubled-log.js';

const raise: CounterCommand = { type: 'RaiseCounter', by: [1] };
const close: CounterCommand = { type: 'CloseCounter' };

describe('Commands that meet on one stream', () => {
  let kernel: Kernel;
  beforeEach(async () => {
    kernel = await openKernel();
    await kernel.send('counter-1', { type: 'OpenCounter', limit: 60 });
  });
  afterEach(() => kernel.close());

  const run = (executor: CommandExecutor, command: CounterCommand, ifMatch?: number) =>
    executor.execute(
      counterDecider,
      'counter-1',
      command,
      someMeta(ifMatch === undefined ? {} : { ifMatch }),
    );
  const value = async () => (await kernel.executor.load(counterDecider, 'counter-1')).state.value;

  /** A process into whose first `times` appends somebody else's command comes first. */
  async function overtaken(times: number, by: CounterCommand) {
    const log = troubledLog(kernel.log, async (write, call) => {
      if (call <= times) await kernel.send('counter-1', by);
      return write();
    });
    return { log, ...(await kernel.process(log)) };
  }

  it('are decided anew on what the other one left behind', async () => {
    const { executor, log } = await overtaken(1, raise);
    expect(await run(executor, raise)).toMatchObject({ kind: 'done', revision: 2 });
    expect([log.appends(), await value()]).toEqual([2, 2]);
  });

  it('may be refused then', async () => {
    const { executor } = await overtaken(1, close);
    expect(await run(executor, raise)).toMatchObject({
      kind: 'refused',
      refusal: { refused: 'counter.closed' },
    });
  });

  it('are carried out on the fifth try, and contended after five', async () => {
    const lucky = await overtaken(4, raise);
    expect(await run(lucky.executor, raise)).toMatchObject({ kind: 'done' });
    const unlucky = await overtaken(5, raise);
    const before = await value();
    expect(await run(unlucky.executor, raise)).toEqual({ kind: 'contended' });
    expect([unlucky.log.appends(), await value()]).toEqual([5, before + 5]);
  });

  it('do not conflict within one process: they take turns', async () => {
    const log = troubledLog(kernel.log, (write) => write());
    const { executor } = await kernel.process(log);
    const answers = await Promise.all(Array.from({ length: 60 }, () => run(executor, raise)));
    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(60);
    expect([log.appends(), await value()]).toEqual([60, 60]);
  });

  it('never pass the limit, whatever the processes and their interleaving', async () => {
    const others = await Promise.all([kernel.process(), kernel.process(), kernel.process()]);
    const answers = await Promise.all(
      Array.from({ length: 90 }, (_, i) => run(others[i % 3]!.executor, raise)),
    );
    const carriedOut = answers.filter(({ kind }) => kind === 'done').length;
    expect(await value()).toBe(carriedOut);
    expect(carriedOut).toBeLessThanOrEqual(60);
    expect(
      answers.filter(({ kind }) => kind !== 'done' && kind !== 'refused' && kind !== 'contended'),
    ).toEqual([]);
  });

  it('are turned away once too many wait for their turn', async () => {
    let go = () => undefined as void;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const { executor } = await kernel.process(troubledLog(kernel.log, (write) => gate.then(write)));
    const waiting = Array.from({ length: 1_000 }, () => run(executor, close));
    await expect(run(executor, close)).rejects.toThrow(LogBusy);
    const elsewhere = executor.execute(counterDecider, 'counter-2', raise, someMeta());
    expect(await elsewhere).toMatchObject({ kind: 'refused' });
    go();
    expect((await Promise.all(waiting)).filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(await run(executor, close)).toMatchObject({ kind: 'refused' });
  });
});

describe('If-Match', () => {
  let kernel: Kernel;
  beforeEach(async () => {
    kernel = await openKernel();
    await kernel.send('counter-1', { type: 'OpenCounter', limit: 1_000 });
    await kernel.send('counter-1', raise);
  });
  afterEach(() => kernel.close());

  const send = (command: CounterCommand, ifMatch: number) => kernel.send('counter-1', command, { ifMatch });

  it('holds at the present revision', async () => {
    expect(await send(close, 1)).toMatchObject({ kind: 'done' });
  });

  it('holds when nothing since touches what the command depends on', async () => {
    expect(await send(raise, 0)).toMatchObject({ kind: 'done' });
  });

  it('fails with the changes that matter, oldest first, and writes nothing', async () => {
    await kernel.send('counter-1', close);
    await kernel.send('counter-1', { type: 'OpenCounter', limit: 3 });
    await kernel.send('counter-1', close);
    const answer = await send(raise, 0);
    expect(answer).toMatchObject({
      kind: 'stale',
      revision: 4,
      changes: [
        { type: 'CounterClosed', revision: 2, actorId: 'staff-1' },
        { type: 'CounterClosed', revision: 4 },
      ],
    });
    expect(await kernel.eventsOf('counter-1')).toHaveLength(5);
  });

  it('holds when what came since touches another part than the command, as the state now tells it', async () => {
    await kernel.send('counter-1', { type: 'RaiseCounter', by: [5] });
    await kernel.send('counter-1', { type: 'RaiseCounter', by: [2] });
    const seen: number[] = [];
    const large: typeof counterDecider = {
      ...counterDecider,
      touches(_command, event, state) {
        seen.push(state.value);
        return event.type === 'CounterRaised' && event.data.by > 4;
      },
    };
    const send = (ifMatch: number) =>
      kernel.executor.execute(large, 'counter-1', close, someMeta({ ifMatch }));
    expect(await send(1)).toMatchObject({ kind: 'stale', changes: [{ revision: 2 }] });
    expect(await send(2)).toMatchObject({ kind: 'done' });
    expect(seen).toEqual([8, 8, 8]);
  });

  it('counts every event where the command does not say what it depends on', async () => {
    expect(await send(close, 0)).toMatchObject({ kind: 'stale', changes: [{ type: 'CounterRaised' }] });
  });

  it('fails on a revision that the stream never had', async () => {
    expect(await send(raise, 7)).toEqual({ kind: 'stale', revision: 1, changes: [] });
  });

  it('of -1 asks for a stream that does not exist yet', async () => {
    expect(await send({ type: 'OpenCounter', limit: 1 }, -1)).toMatchObject({ kind: 'stale' });
    const fresh = kernel.send('counter-2', { type: 'OpenCounter', limit: 1 }, { ifMatch: -1 });
    expect(await fresh).toMatchObject({ kind: 'done' });
  });

  it('is looked at again when somebody else came first', async () => {
    const log = troubledLog(kernel.log, async (write, call) => {
      if (call === 1) await kernel.send('counter-1', close);
      return write();
    });
    const { executor } = await kernel.process(log);
    const answer = await executor.execute(counterDecider, 'counter-1', raise, someMeta({ ifMatch: 1 }));
    expect(answer).toMatchObject({ kind: 'stale', revision: 2, changes: [{ type: 'CounterClosed' }] });
  });

  it('names at most a hundred changes, however far the stream has gone on, and finds one beyond many', async () => {
    const many = Array.from({ length: 700 }, () => 1);
    await kernel.send('counter-1', { type: 'RaiseCounter', by: many });
    const answer = await send(close, 0);
    expect(answer.kind === 'stale' && answer.changes.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 100 }, (_, i) => i + 1),
    );
    expect(await send(raise, 0)).toMatchObject({ kind: 'done' });
    await kernel.send('counter-1', close);
    expect(await send(raise, 0)).toMatchObject({ kind: 'stale', changes: [{ type: 'CounterClosed' }] });
  });
});
