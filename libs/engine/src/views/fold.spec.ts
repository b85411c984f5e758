import type { RecordedEvent } from '../event.js';
import type { JsonObject } from '../json.js';
import type { ViewDoc } from '../ports/view-store.js';
import { fold, hasBegun, type ParkCode, type Prepared } from './fold.js';
import { ViewStopped } from './stopped.js';
import { GONE, type View } from './view.js';

type Tally = { readonly sum: number };

const tally: View<Tally> = {
  name: 'tally',
  version: 1,
  indexes: [{ name: 'sum', fields: ['sum'] }],
  begins: ['Opened'],
  keys: () => [],
  evolve(row, { type, data }) {
    if (type === 'Opened') return { sum: 0 };
    if (type === 'Closed') return GONE;
    if (type === 'Broken') throw new Error('no');
    if (type === 'Odd') return { sum: [] } as unknown as Tally;
    if (type === 'Greedy') return { sum: 0, at: '9' } as Tally;
    return { sum: row!.sum + (data.n as number) };
  },
};

function at(position: string, type: string, data: JsonObject = {}, poison?: ParkCode): Prepared {
  const event = { position, type, data, stream: 's-1', revision: 0 } as unknown as RecordedEvent;
  return { event, keys: ['k'], opened: new Map(), ...(poison && { poison }) };
}

function folded(base: ViewDoc | null, ...events: Prepared[]) {
  const { writes, parkings } = fold(tally, events, new Map(base ? [['k', base]] : []), (text) => text);
  return { write: writes[0], parked: parkings.map(({ event, code }) => [event.position, code]) };
}

const standing: ViewDoc = { _id: 'k', at: '2', sum: 5 };

describe('folding events into a document', () => {
  it('a document is inserted where there is none, and only an event that begins one may do so', () => {
    expect(folded(null, at('1', 'Opened'), at('2', 'Added', { n: 3 })).write).toEqual({
      doc: { _id: 'k', at: '2', sum: 3 },
      from: null,
    });
    expect(() => folded(null, at('1', 'Added', { n: 3 }))).toThrow(ViewStopped);
  });

  it('a write replaces the very document it was folded from', () => {
    expect(folded(standing, at('3', 'Added', { n: 1 })).write).toEqual({
      doc: { _id: 'k', at: '3', sum: 6 },
      from: '2',
    });
  });

  it('what a document already holds is skipped', () => {
    expect(folded(standing, at('1', 'Added', { n: 1 }), at('2', 'Added', { n: 1 })).write).toBeUndefined();
  });

  it('an event that comes twice is folded once', () => {
    const twice = at('3', 'Added', { n: 1 });
    expect(folded(standing, twice, twice).write?.doc).toMatchObject({ sum: 6 });
  });

  it('a tombstone keeps nothing and absorbs every later event', () => {
    const gone = folded(standing, at('3', 'Closed'), at('4', 'Added', { n: 1 }), at('5', 'Broken')).write!;
    expect(gone.doc).toEqual({ _id: 'k', at: '3', gone: true });
    expect(folded(gone.doc, at('6', 'Opened'))).toEqual({ write: undefined, parked: [] });
  });

  it('an event whose fold throws is parked, and later ones of its document with it', () => {
    const { write, parked } = folded(standing, at('3', 'Broken'), at('4', 'Added', { n: 1 }));
    expect(parked).toEqual([
      ['3', 'fold-failed'],
      ['4', 'behind-parked'],
    ]);
    expect(write).toEqual({
      doc: { _id: 'k', at: '4!', parked: { from: '3', through: '4' }, sum: 5 },
      from: '2',
    });
    expect(folded(write!.doc, at('5', 'Closed'))).toEqual({
      write: { doc: { _id: 'k', at: '5!', parked: { from: '3', through: '5' }, sum: 5 }, from: '4!' },
      parked: [['5', 'behind-parked']],
    });
  });

  it('a body that an index of the view could not take is parked', () => {
    expect(folded(standing, at('3', 'Odd')).parked).toEqual([['3', 'fold-failed']]);
  });

  it('a document whose first event is parked has not begun', () => {
    const { write, parked } = folded(null, at('1', 'Opened', {}, 'undecodable'), at('2', 'Added', { n: 1 }));
    expect(parked).toEqual([
      ['1', 'undecodable'],
      ['2', 'behind-parked'],
    ]);
    expect(write!.doc).toEqual({ _id: 'k', at: '2!1', gone: true });
    expect(hasBegun(write!.doc)).toBe(false);
    expect(folded(write!.doc, at('3', 'Closed')).write).toEqual({
      doc: { _id: 'k', at: '3!1', gone: true },
      from: '2!1',
    });
  });

  it('an unreadable event of a known type begins a document only if its type does', () => {
    expect(() => folded(null, at('1', 'Added', {}, 'newer-version'))).toThrow(/missing-base/);
    expect(folded(null, at('1', 'Added', {}, 'unknown-type')).parked).toEqual([['1', 'unknown-type']]);
  });

  it('a fold may not set what the engine keeps', () => {
    expect(() => folded(standing, at('3', 'Greedy'))).toThrow(/reserved-member/);
  });
});
