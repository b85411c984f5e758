import { GENESIS, type StoredEvent } from '#engine/event.js';
import { chainFault } from '#engine/proof/chain.js';
import { storedEvent } from '../builders/stored-event.js';
import { counterDecider } from '../builders/counter.js';
import { done, openKernel, someMeta, type Kernel } from '../builders/kernel.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('An event as it is written', () => {
  let kernel: Kernel;
  beforeEach(async () => (kernel = await openKernel()));
  afterEach(() => kernel.close());

  it('has every member of the envelope, null where nothing applies', async () => {
    const command = { type: 'OpenCounter', limit: 3 } as const;
    const commandId = '3e6b6c4f-4d8b-4c3b-9a6f-9c5dae8f7a43';
    await kernel.send('counter-1', command, { commandId });
    const [event] = await kernel.eventsOf('counter-1');
    expect(event).toEqual({
      id: expect.stringMatching(uuid) as string,
      type: 'CounterOpened',
      schemaVersion: 1,
      stream: 'counter-1',
      revision: 0,
      recordedAt: '2025-03-03T01:00:00.000Z',
      effectiveAt: '2025-03-03T01:00:00.000Z',
      actorId: 'staff-1',
      actorRoles: ['collector'],
      onBehalfOf: null,
      commandId,
      correlationId: '5a4d8e61-6fad-4a5d-9c81-be7fc0a19c65',
      causationId: null,
      channel: 'api',
      policies: { limits: 'default@1' },
      bodyMac: null,
      prev: GENESIS,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      hashVersion: 1,
      data: { limit: 3, ticket: expect.stringMatching(uuid) as string },
      boxes: {},
      position: expect.any(String) as string,
    });
  });

  it('has in it what the command came with', async () => {
    const meta = someMeta({ onBehalfOf: 'staff-2', causationId: 'c', body: { clear: { limit: 3 } } });
    await kernel.send('counter-1', { type: 'OpenCounter', limit: 3 }, meta);
    const [event] = await kernel.eventsOf('counter-1');
    const bodyMac = kernel.sealer.mac({ limit: 3 });
    expect(event).toMatchObject({ onBehalfOf: 'staff-2', causationId: 'c', bodyMac });
  });

  it('keeps the business time that a decision gives it', async () => {
    const data = { limit: 1, ticket: 't' };
    const draft = { type: 'CounterOpened', data, effectiveAt: '2025-02-28' };
    await kernel.send('counter-1', { type: 'Blunder', draft });
    expect(await kernel.eventsOf('counter-1')).toMatchObject([
      { effectiveAt: '2025-02-28', recordedAt: '2025-03-03T01:00:00.000Z' },
    ]);
  });

  it('is a link of the chain of its stream, within a batch and across batches', async () => {
    await kernel.send('counter-1', { type: 'OpenCounter', limit: 9 });
    await kernel.send('counter-2', { type: 'OpenCounter', limit: 9 });
    await kernel.send('counter-1', { type: 'RaiseCounter', by: [1, 2, 3] });
    await kernel.send('counter-1', { type: 'CloseCounter' });
    const events = await kernel.eventsOf('counter-1');
    expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
    expect(events.map((event, i) => chainFault(events[i - 1] ?? null, event))).toEqual(Array(5).fill(null));
    expect(new Set(events.map(({ id }) => id)).size).toBe(5);
  });

  it('is never recorded before the one before it, even when the clock goes back', async () => {
    await kernel.send('counter-1', { type: 'OpenCounter', limit: 9 });
    kernel.clock.set('2025-03-03T00:30:00.000Z');
    await kernel.send('counter-1', { type: 'RaiseCounter', by: [1] });
    const other = await kernel.process();
    await other.executor.execute(counterDecider, 'counter-1', { type: 'RaiseCounter', by: [1] }, someMeta());
    kernel.clock.set('2025-03-03T01:00:00.001Z');
    await kernel.send('counter-1', { type: 'RaiseCounter', by: [1] });
    const times = (await kernel.eventsOf('counter-1')).map(({ recordedAt }) => recordedAt.slice(11));
    expect(times).toEqual(['01:00:00.000Z', '01:00:00.000Z', '01:00:00.000Z', '01:00:00.001Z']);
  });

  it('is answered with its place: stream, revision and position', async () => {
    await kernel.send('counter-1', { type: 'OpenCounter', limit: 9 });
    const answer = done(await kernel.send('counter-1', { type: 'RaiseCounter', by: [1, 2] }));
    const stored = await kernel.eventsOf('counter-1');
    expect(answer).toMatchObject({ stream: 'counter-1', revision: 2, repeated: false });
    expect(answer.position).toBe(stored[2]!.position);
    expect(answer.events).toEqual(stored.slice(1).map(({ position: _, ...event }) => event));
  });

  it('of an older version folds as the newest one', async () => {
    const opened: StoredEvent = storedEvent({
      stream: 'counter-1',
      revision: 0,
      type: 'CounterOpened',
      data: { limit: 5, ticket: 't' },
    });
    const raised: StoredEvent = storedEvent({
      stream: 'counter-1',
      revision: 1,
      type: 'CounterRaised',
      data: { amount: 4 },
    });
    await kernel.log.append('counter-1', -1, [opened, raised]);
    expect((await kernel.executor.load(counterDecider, 'counter-1')).state.value).toBe(4);
    const full = await kernel.send('counter-1', { type: 'RaiseCounter', by: [2] });
    expect(full).toEqual({ kind: 'refused', refusal: { refused: 'counter.full', params: { limit: 5 } } });
  });
});
