import type { CounterCommand } from '../builders/counter.js';
import { openKernel, type Kernel } from '../builders/kernel.js';

const raise = (...by: number[]): CounterCommand => ({
  type: 'RaiseCounter',
  by,
  sealed: { note: { '/text': 'call her after five' }, 'person-1': { '/name': '张明' } },
});
const body = {
  clear: { by: [1, 1] },
  sealed: { note: { text: 'call her after five' }, 'person-2': { name: 'Nancy Davolio' } },
};

describe('Sealed content', () => {
  let kernel: Kernel;
  beforeEach(async () => {
    kernel = await openKernel();
    await kernel.send('counter-1', { type: 'OpenCounter', limit: 9 });
  });
  afterEach(() => kernel.close());

  it('stands nowhere in the log, neither as sent nor escaped', async () => {
    await kernel.send('counter-1', raise(1, 1), { body });
    const text = JSON.stringify(await kernel.eventsOf('counter-1'));
    const bytes = Buffer.from('张明');
    for (const trace of ['call her', '张明', '\\u5f20', 'Davolio', bytes.toString('base64').slice(0, 7)]) {
      expect(text).not.toContain(trace);
    }
  });

  it('comes back for whoever holds the key', async () => {
    await kernel.send('counter-1', raise(1, 1));
    const [, first, second] = await kernel.eventsOf('counter-1');
    expect(await kernel.sealer.valuesOf(first!)).toEqual({ '/text': 'call her after five', '/name': '张明' });
    expect(second!.boxes).toEqual({});
  });

  it('has one box a part, each under the key of its part', async () => {
    await kernel.send('counter-1', raise(1));
    const [, event] = await kernel.eventsOf('counter-1');
    expect(event!.boxes).toMatchObject({ note: { k: '1/note' }, 'person-1': { k: '1/person-1' } });
  });

  it('holds the MAC of its part of the body in the first event that seals the part', async () => {
    await kernel.send('counter-1', raise(1, 1), { body });
    const [, first] = await kernel.eventsOf('counter-1');
    const at = (part: string) => ({
      stream: 'counter-1',
      eventId: first!.id,
      part,
      box: first!.boxes[part]!,
    });
    const [note, person1, person2] = await kernel.sealer.open([at('note'), at('person-1'), at('person-2')]);
    expect(note!.bodyMac).toBe(kernel.sealer.mac(body.sealed.note));
    expect(person1!.bodyMac).toBeNull();
    // No event seals this part: the first one got a box for the MAC alone.
    expect(person2).toEqual({ values: {}, bodyMac: kernel.sealer.mac(body.sealed['person-2']) });
  });

  it('leaves the clear part of the body in the MAC of the envelope only', async () => {
    await kernel.send('counter-1', raise(1, 1), { body });
    const [, first, second] = await kernel.eventsOf('counter-1');
    const mac = kernel.sealer.mac(body.clear);
    expect([first!.bodyMac, second!.bodyMac]).toEqual([mac, mac]);
  });

  it('cannot be added under a destroyed key: the answer is erased, and nothing is written', async () => {
    await kernel.send('counter-1', raise(1));
    await kernel.destroy('1/person-1');
    expect(await kernel.send('counter-1', raise(1))).toEqual({ kind: 'erased' });
    expect(await kernel.eventsOf('counter-1')).toHaveLength(2);
  });

  it('of other parts lives on after one part was destroyed', async () => {
    await kernel.send('counter-1', raise(1));
    await kernel.destroy('1/person-1');
    const [, event] = await kernel.eventsOf('counter-1');
    expect(await kernel.sealer.valuesOf(event!)).toEqual({ '/text': 'call her after five' });
    const open: CounterCommand = { type: 'RaiseCounter', by: [1], sealed: { note: { '/text': 'gone' } } };
    expect(await kernel.send('counter-1', open)).toMatchObject({ kind: 'done' });
  });
});
