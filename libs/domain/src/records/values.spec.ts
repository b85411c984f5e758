import { arrived, countersigned, noValues, reverted, updated, type Act } from './values.js';

const act = (revision: number, id = 'sun'): Act => ({
  ...{ revision, type: 'RecordUpdated', at: '2025-03-03T01:00:00.000Z' },
  by: { id, onBehalfOf: null, roles: [] },
});
const sealed = (...pointers: string[]) => ({ open: {}, sealed: { record: pointers }, unverified: [] });
const dueAt = '2025-03-10T01:00:00.000Z';

describe('the values of a record', () => {
  const odd = arrived(noValues, act(0), { ...sealed('/phone', '/needs'), unverified: ['/phone'] });

  it('know for each where it stands and what last changed it', () => {
    const { changes } = arrived(odd, act(4), sealed('/phone'), ['/needs'], 3);
    expect(changes['/phone']).toEqual({ ...act(4), stands: 3 });
    expect(changes['/needs']).toEqual({ ...act(4), stands: null });
  });

  it('come back as they were, be they unverified or absent', () => {
    const after = updated(odd, act(1), sealed('/phone', '/email'), [], dueAt);
    expect(after.content.unverified).toEqual([]);
    const back = reverted(after, act(2), ['/phone', '/email'], 'company');
    expect(back.content).toEqual({ ...sealed('/needs', '/phone'), unverified: ['/phone'] });
    expect(back.changes['/phone']).toEqual({ ...act(2), stands: 0 });
    expect(back.uncountersigned).toEqual({});
  });

  it('keep what was there before the first of several updates, and everybody who had a part in them', () => {
    const twice = updated(
      updated(odd, act(1), sealed('/needs'), [], dueAt),
      ...([act(2, 'zhou'), sealed(), ['/needs'], dueAt] as const),
    );
    expect(twice.uncountersigned['/needs']).toMatchObject({
      ...{ revision: 2, by: [{ id: 'sun' }, { id: 'zhou' }], before: { stands: 0 } },
    });
    expect(countersigned(twice, ['/needs']).uncountersigned).toEqual({});
  });
});
