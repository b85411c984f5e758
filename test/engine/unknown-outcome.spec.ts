import { OutcomeUnknown } from '#engine/command.js';
import { LogBusy, UnknownOutcome } from '#engine/ports/event-log.js';
import { counterDecider, type CounterCommand } from '../builders/counter.js';
import { openKernel, someMeta, type Kernel } from '../builders/kernel.js';
import { troubledLog, type Trouble } from '../doubles/troubled-log.js';

const open: CounterCommand = { type: 'OpenCounter', limit: 3, sealed: { note: { '/text': 'a' } } };
const body = { clear: { limit: 3 }, sealed: { note: { text: 'a' } } };

/** The acknowledgement of the first appends is lost, after they were written. */
const lostAfter =
  (times: number): Trouble =>
  async (write, call) => {
    const result = await write();
    if (call <= times) throw new UnknownOutcome();
    return result;
  };
/** The first appends never arrive. */
const lostBefore =
  (times: number): Trouble =>
  async (write, call) => {
    if (call <= times) throw new UnknownOutcome();
    return write();
  };

describe('An append whose outcome is unknown', () => {
  let kernel: Kernel;
  beforeEach(async () => (kernel = await openKernel()));
  afterEach(() => kernel.close());

  async function sendThrough(trouble: Trouble, meta = someMeta({ body })) {
    const log = troubledLog(kernel.log, trouble);
    const { executor } = await kernel.process(log);
    return {
      log,
      again: () => executor.execute(counterDecider, 'counter-1', open, meta),
      answer: executor.execute(counterDecider, 'counter-1', open, meta),
    };
  }

  it.each([
    ['after it was written', lostAfter(2)],
    ['before it was written', lostBefore(2)],
  ])('is sent again as the identical batch: lost %s', async (_, trouble) => {
    const { answer, log } = await sendThrough(trouble);
    expect(await answer).toMatchObject({ kind: 'done', revision: 0, repeated: false });
    expect(log.appends()).toBe(3);
    expect(await kernel.eventsOf('counter-1')).toHaveLength(1);
  });

  it.each([
    ['written', lostAfter(4), true],
    ['not written', lostBefore(4), false],
  ])(
    'that stays unknown is told with the command id, which may be sent again: %s',
    async (_, trouble, repeated) => {
      const meta = someMeta({ body });
      const { answer, again } = await sendThrough(trouble, meta);
      await expect(answer).rejects.toThrow(OutcomeUnknown);
      await expect(answer).rejects.toMatchObject({ commandId: meta.commandId });
      expect(await again()).toMatchObject({ kind: 'done', revision: 0, repeated });
      expect(await kernel.eventsOf('counter-1')).toHaveLength(1);
    },
  );

  it('that arrives late, after the same command was sent again, is done once', async () => {
    let late: () => Promise<unknown> = () => Promise.resolve();
    const meta = someMeta({ body });
    const { answer, again } = await sendThrough(async (write, call) => {
      if (call === 5) await late();
      if (call > 4) return write();
      late = write;
      throw new UnknownOutcome();
    }, meta);
    await expect(answer).rejects.toThrow(OutcomeUnknown);
    expect(await again()).toMatchObject({ kind: 'done', revision: 0, repeated: true });
    expect(await kernel.eventsOf('counter-1')).toHaveLength(1);
  });

  it('is answered as done when others have gone on behind it meanwhile', async () => {
    const raise: CounterCommand = { type: 'RaiseCounter', by: [1] };
    const { answer } = await sendThrough(async (write, call) => {
      const result = await write();
      if (call > 1) return result;
      await kernel.send('counter-1', raise);
      throw new UnknownOutcome();
    });
    expect(await answer).toMatchObject({ kind: 'done', revision: 0 });
    expect(await kernel.eventsOf('counter-1')).toHaveLength(2);
  });

  it('is another matter than a busy log, which wrote nothing and is told at once', async () => {
    const { answer, log } = await sendThrough(() => Promise.reject(new LogBusy()));
    await expect(answer).rejects.toThrow(LogBusy);
    expect(log.appends()).toBe(1);
  });
});
