import type { CommandBody } from '#engine/command.js';
import { counterDecider, type CounterCommand } from '../builders/counter.js';
import { done, openKernel, someMeta, type Kernel } from '../builders/kernel.js';

const commandId = 'e9b2a1f0-6c3d-4a5e-8f70-1b2c3d4e5f60';
const open: CounterCommand = {
  type: 'OpenCounter',
  limit: 3,
  sealed: { note: { '/text': 'call her after five' }, 'person-1': { '/name': '张明' } },
};
const body: CommandBody = {
  clear: { limit: 3 },
  sealed: { note: { text: 'call her after five' }, 'person-1': { name: '张明' } },
};

describe('The same command again', () => {
  let kernel: Kernel;
  beforeEach(async () => {
    kernel = await openKernel();
    await kernel.send('counter-1', open, { commandId, body });
  });
  afterEach(() => kernel.close());

  const again = (changed: CommandBody | undefined = body) =>
    kernel.send('counter-1', open, someMeta({ commandId, ...(changed ? { body: changed } : {}) }));

  it('gets the first answer again, and writes nothing', async () => {
    const [first] = await kernel.eventsOf('counter-1');
    expect(await again()).toEqual({
      kind: 'done',
      events: [first],
      stream: 'counter-1',
      revision: 0,
      position: first!.position,
      repeated: true,
    });
    expect(await kernel.eventsOf('counter-1')).toHaveLength(1);
  });

  it('gets it from another process too, and after other commands', async () => {
    await kernel.send('counter-1', { type: 'RaiseCounter', by: [1] });
    const other = await kernel.process();
    const meta = someMeta({ commandId, body });
    const answer = done(await other.executor.execute(counterDecider, 'counter-1', open, meta));
    expect(answer).toMatchObject({ revision: 0, repeated: true });
  });

  it('gets all events of a command that led to several, and those only', async () => {
    const raise = { type: 'RaiseCounter', by: [1, 1] } as const;
    const id = { commandId: '0d9c8b7a-6f5e-4d3c-8b2a-190817263544' };
    const first = done(await kernel.send('counter-1', raise, id));
    await kernel.send('counter-1', { type: 'CloseCounter' });
    const second = done(await kernel.send('counter-1', raise, id));
    expect(second).toMatchObject({ revision: 2, position: first.position, repeated: true });
    expect(second.events.map((event) => event.id)).toEqual(first.events.map((event) => event.id));
  });

  it('gets it before its If-Match is looked at, which has failed since by its own doing', async () => {
    const close = { type: 'CloseCounter' } as const;
    const meta = { commandId: '0d9c8b7a-6f5e-4d3c-8b2a-190817263544', ifMatch: 0 };
    await kernel.send('counter-1', close, meta);
    expect(await kernel.send('counter-1', close, meta)).toMatchObject({ kind: 'done', repeated: true });
  });

  it('gets it once when it comes many times at once, through two processes', async () => {
    const other = await kernel.process();
    const raise: CounterCommand = { type: 'RaiseCounter', by: [1] };
    const meta = someMeta();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        (i % 2 ? kernel : other).executor.execute(counterDecider, 'counter-1', raise, meta),
      ),
    );
    expect(answers.filter((answer) => !done(answer).repeated)).toHaveLength(1);
    expect(await kernel.eventsOf('counter-1')).toHaveLength(2);
  });

  it.each<[string, CommandBody | undefined]>([
    ['another clear member', { ...body, clear: { limit: 4 } }],
    ['another sealed member', { ...body, sealed: { ...body.sealed, note: { text: 'call her' } } }],
    ['a part left out', { ...body, sealed: { note: body.sealed!['note']! } }],
    ['a part more', { ...body, sealed: { ...body.sealed, 'person-2': { name: '王敏' } } }],
    ['no body at all', undefined],
  ])('under the same id with %s is another command: reused', async (_, changed) => {
    const meta = someMeta({ commandId, ...(changed ? { body: changed } : {}) });
    expect(await kernel.send('counter-1', open, meta)).toEqual({ kind: 'reused' });
  });

  it('mints the same ids from the same command id, and others from another', async () => {
    const ticketOf = async (stream: string, id: string) => {
      await kernel.send(stream, { type: 'OpenCounter', limit: 1 }, { commandId: id });
      return (await kernel.eventsOf(stream))[0]!.data['ticket'];
    };
    const ticket = await ticketOf('counter-2', commandId);
    expect(await ticketOf('counter-3', commandId)).toBe(ticket);
    expect(await ticketOf('counter-4', '0d9c8b7a-6f5e-4d3c-8b2a-190817263544')).not.toBe(ticket);
  });

  describe('once a part has been destroyed', () => {
    beforeEach(() => kernel.destroy('1/person-1'));

    it('is answered erased', async () => {
      expect(await again()).toEqual({ kind: 'erased' });
    });

    it('gets the same answer whatever it claims of the destroyed part', async () => {
      const guess = { ...body, sealed: { ...body.sealed, 'person-1': { name: '李四' } } };
      const silent = { ...body, sealed: { note: body.sealed!['note']! } };
      expect([await again(guess), await again(silent)]).toEqual([{ kind: 'erased' }, { kind: 'erased' }]);
    });

    it('is still compared by what can be opened', async () => {
      expect(await again({ ...body, clear: { limit: 4 } })).toEqual({ kind: 'reused' });
      const changed = { ...body, sealed: { ...body.sealed, note: { text: 'call her' } } };
      expect(await again(changed)).toEqual({ kind: 'reused' });
    });
  });
});
