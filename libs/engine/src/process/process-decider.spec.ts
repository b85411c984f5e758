import type { Recorded } from '../event.js';
import { processDecider, type ProcessCommand, type ProcessEvent } from './process-decider.js';

const decider = processDecider('importBatch');
const context = {
  now: '2025-03-03T01:00:00.000Z',
  actor: { id: 'staff-1', roles: [] },
  onBehalfOf: null,
  mint: (name: string) => name,
  revision: 0,
};
const item = (id: string) => ({ id, params: {} });
const outcome = (id: string, code = 'done') => ({ item: id, outcome: code, params: {} });
const begun: ProcessEvent = { type: 'ProcessBegun', data: { kind: 'import', items: [item('a'), item('b')] } };
const itemsDone = (...outcomes: ReturnType<typeof outcome>[]): ProcessEvent => ({
  type: 'ProcessItemsDone',
  data: { outcomes },
});
const finished: ProcessEvent = { type: 'ProcessFinished', data: { done: 2, refused: 0 } };

const decide = (given: ProcessEvent[], when: ProcessCommand) =>
  decider.decide(
    when,
    given.reduce((state, event) => decider.evolve(state, event as Recorded<ProcessEvent>), decider.initial()),
    context,
  );
const record = (...outcomes: ReturnType<typeof outcome>[]): ProcessCommand => ({
  type: 'RecordItems',
  outcomes,
});
const finish: ProcessCommand = { type: 'FinishProcess' };
const begin = (...items: string[]): ProcessCommand => ({
  type: 'BeginProcess',
  kind: 'import',
  items: items.map(item),
});

describe('A process', () => {
  it('begins with its list, and seals what it is told', () => {
    expect(decide([], begin('a', 'b'))).toEqual([begun]);
    const sealed = { '/reason': 'moved office' };
    expect(decide([], { ...begin('a', 'b'), sealed } as ProcessCommand)).toEqual([
      { ...begun, sealed: { system: sealed } },
    ]);
  });

  it('begins once', () => {
    expect(decide([begun], begin('c'))).toMatchObject({ refused: 'process.already-begun' });
  });

  it('does not begin with an item that stands in the list twice: it could never finish', () => {
    expect(decide([], begin('a', 'b', 'a'))).toEqual({
      refused: 'process.item-twice',
      params: { item: 'a' },
    });
  });

  it('writes down what is new of its outcomes, and nothing a second time', () => {
    const given = [begun, itemsDone(outcome('a'))];
    expect(decide(given, record(outcome('a', 'record.on-hold'), outcome('b')))).toEqual([
      itemsDone(outcome('b')),
    ]);
    expect(decide(given, record(outcome('a')))).toMatchObject({ refused: 'process.items-known' });
  });

  it('knows nothing of items that are not in its list', () => {
    expect(decide([begun], record(outcome('z')))).toMatchObject({ refused: 'process.item-unknown' });
  });

  it('finishes when every item has an outcome, with their counts', () => {
    const given = [begun, itemsDone(outcome('a'), outcome('b', 'record.on-hold'))];
    expect(decide([begun, itemsDone(outcome('a'))], finish)).toMatchObject({ refused: 'process.items-open' });
    expect(decide(given, finish)).toEqual([{ ...finished, data: { done: 1, refused: 1 } }]);
    expect(decide([...given, finished], finish)).toMatchObject({ refused: 'process.already-finished' });
  });

  it('does nothing before it has begun', () => {
    const refused = { refused: 'process.not-begun' };
    expect([decide([], record(outcome('a'))), decide([], finish)]).toMatchObject([refused, refused]);
  });
});
