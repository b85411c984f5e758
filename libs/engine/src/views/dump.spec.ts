import { differingPaths, dumpLine } from './dump.js';

describe('dumping documents', () => {
  it('a line does not depend on the order of members', () => {
    expect(dumpLine({ _id: 'a', at: '1', b: 1, a: 2 })).toBe(dumpLine({ _id: 'a', at: '1', a: 2, b: 1 }));
  });

  it('without positions a line is the same for every log', () => {
    const parked = (at: string) => ({ _id: 'a', at: `${at}!`, parked: { from: at, through: at }, x: 1 });
    expect(dumpLine(parked('1'), { positions: false })).toBe('{"_id":"a","parked":true,"x":1}');
    expect(dumpLine(parked('2'), { positions: false })).toBe('{"_id":"a","parked":true,"x":1}');
  });

  it('differences are named by place, never by value', () => {
    const one = { a: 1, b: { c: ['x', 'y'], 'd/e': 1 }, same: 1 };
    const other = { b: { c: ['x', 'z', 'new'], 'd/e': 2 }, same: 1, f: null };
    expect(differingPaths(one, other)).toEqual(['/a', '/b/c/1', '/b/c/2', '/b/d~1e', '/f']);
  });
});
