import { ownedSlices, sliceOf } from './slices.js';

describe('slices of a view', () => {
  it('every document of an embedded view is in its one slice', () => {
    expect(sliceOf('anything', 1)).toBe(0);
  });

  it('a document is in the same slice on every machine', () => {
    expect(['a', 'b', 'KH-2025-00017', '杭州'].map((key) => sliceOf(key, 64))).toEqual([32, 41, 11, 40]);
  });

  it('documents spread over all slices', () => {
    const counts = new Map<number, number>();
    for (let i = 0; i < 6_400; i++) {
      const slice = sliceOf(`customer-${i}`, 64);
      counts.set(slice, (counts.get(slice) ?? 0) + 1);
    }
    expect(counts.size).toBe(64);
    expect(Math.min(...counts.values())).toBeGreaterThan(50);
    expect(Math.max(...counts.values())).toBeLessThan(200);
  });

  it('a worker feeds all slices unless it is told which', () => {
    expect(ownedSlices({ count: 3 })).toEqual([0, 1, 2]);
    expect(ownedSlices({ count: 3, owned: [1] })).toEqual([1]);
  });
});
