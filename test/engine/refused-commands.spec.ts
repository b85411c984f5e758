import { InvalidDraft, UnreadableEvent } from '#engine/registry.js';
import { NotCanonical } from '#engine/proof/canonical.js';
import type { EventDraft } from '#engine/event.js';
import { storedEvent } from '../builders/stored-event.js';
import { counterDecider } from '../builders/counter.js';
import { openKernel, someMeta, type Kernel } from '../builders/kernel.js';

describe('A command that is not carried out', () => {
  let kernel: Kernel;
  beforeEach(async () => (kernel = await openKernel()));
  afterEach(() => kernel.close());

  it('is answered with the refusal and writes nothing', async () => {
    const answer = await kernel.send('counter-1', { type: 'CloseCounter' });
    expect(answer).toEqual({ kind: 'refused', refusal: { refused: 'counter.closed', params: {} } });
    expect(await kernel.log.head()).toBeNull();
  });

  it('is not remembered: the same id may succeed later', async () => {
    const commandId = 'e9b2a1f0-6c3d-4a5e-8f70-1b2c3d4e5f60';
    const again = () => kernel.send('counter-1', { type: 'RaiseCounter', by: [1] }, { commandId });
    expect(await again()).toMatchObject({ kind: 'refused' });
    await kernel.send('counter-1', { type: 'OpenCounter', limit: 3 });
    expect(await again()).toMatchObject({ kind: 'done', repeated: false });
  });

  const valid = { limit: 1, ticket: 't' };
  it.each<[string, EventDraft, RegExp]>([
    ['of a type nobody registered', { type: 'CounterBurnt', data: {} }, /CounterBurnt .* is not registered/],
    [
      'with a clear member that its type does not list',
      { type: 'CounterOpened', data: { ...valid, phone: '13812345678' } },
      /data: unrecognized_keys/,
    ],
    [
      'with a member of another kind',
      { type: 'CounterOpened', data: { ...valid, limit: '13812345678' } },
      /limit: invalid_type/,
    ],
    [
      'with a part that its type does not seal',
      { type: 'CounterClosed', data: { ticket: 't' }, sealed: { note: { '/text': '13812345678' } } },
      /does not seal a part note/,
    ],
    [
      'with a sealed value that no JSON pointer names',
      { type: 'CounterOpened', data: valid, sealed: { note: { text: '13812345678' } } },
      /not named by a JSON pointer/,
    ],
  ])('is refused before anything is written for a draft %s, and no value is named', async (_, draft, why) => {
    const sent = kernel.send('counter-1', { type: 'Blunder', draft });
    await expect(sent).rejects.toThrow(InvalidDraft);
    await expect(sent).rejects.toThrow(why);
    await expect(sent).rejects.not.toThrow(/13812345678/);
    expect(await kernel.log.head()).toBeNull();
  });

  it.each([
    ['a sealed', { type: 'CounterOpened', data: valid, sealed: { note: { '/price': 1.5 } } }],
    ['a business time', { type: 'CounterOpened', data: valid, effectiveAt: '\ud800' }],
  ])('is refused before anything is written for %s value without a canonical form', async (_, draft) => {
    await expect(kernel.send('counter-1', { type: 'Blunder', draft })).rejects.toThrow(NotCanonical);
    expect(await kernel.log.head()).toBeNull();
  });

  it('writes nothing when its own fold could not take the event', async () => {
    const breaking = { type: 'CounterOpened', data: valid };
    const broken = {
      ...counterDecider,
      evolve: () => {
        throw new Error('a bug in the fold');
      },
    };
    const sent = kernel.executor.execute(
      broken,
      'counter-1',
      { type: 'Blunder', draft: breaking },
      someMeta(),
    );
    await expect(sent).rejects.toThrow('a bug in the fold');
    expect(await kernel.log.head()).toBeNull();
  });

  it('is stopped loudly on a stream with an event newer than the program', async () => {
    const event = storedEvent({ stream: 'counter-1', revision: 0, type: 'CounterOpened', schemaVersion: 2 });
    await kernel.log.append('counter-1', -1, [event]);
    await expect(kernel.send('counter-1', { type: 'CloseCounter' })).rejects.toThrow(UnreadableEvent);
  });
});
