import { KeyedMutex } from './keyed-mutex.js';

/** Work that ends when the test says so. */
function task(log: string[], name: string, fails = false) {
  let end = () => undefined as void;
  const gate = new Promise<void>((resolve) => (end = resolve));
  const work = async () => {
    log.push(`${name} begins`);
    await gate;
    log.push(`${name} ends`);
    if (fails) throw new Error(name);
    return name;
  };
  return { end, work };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('Turns by key', () => {
  it('are taken one after the other, in the order of the calls', async () => {
    const mutex = new KeyedMutex();
    const log: string[] = [];
    const [a, b, c] = [task(log, 'a'), task(log, 'b'), task(log, 'c')];
    const all = Promise.all([a, b, c].map(({ work }) => mutex.run('key', work)));
    for (const { end } of [c, b, a]) end();
    expect(await all).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('do not wait for other keys', async () => {
    const mutex = new KeyedMutex();
    const log: string[] = [];
    const [a, b] = [task(log, 'a'), task(log, 'b')];
    const first = mutex.run('one', a.work);
    b.end();
    await mutex.run('another', b.work);
    expect(log).toEqual(['a begins', 'b begins', 'b ends']);
    a.end();
    await first;
  });

  it('go on after one that failed, which only its own caller hears of', async () => {
    const mutex = new KeyedMutex();
    const log: string[] = [];
    const [a, b] = [task(log, 'a', true), task(log, 'b')];
    const [first, second] = [mutex.run('key', a.work), mutex.run('key', b.work)];
    a.end();
    b.end();
    await expect(first).rejects.toThrow('a');
    expect(await second).toBe('b');
  });

  it('are counted while they run or wait, and leave nothing behind', async () => {
    const mutex = new KeyedMutex();
    const log: string[] = [];
    const [a, b] = [task(log, 'a'), task(log, 'b', true)];
    const all = [mutex.run('key', a.work), mutex.run('key', b.work)];
    expect([mutex.length('key'), mutex.length('another')]).toEqual([2, 0]);
    a.end();
    await all[0];
    await settle();
    expect(mutex.length('key')).toBe(1);
    b.end();
    await Promise.allSettled(all);
    expect(mutex.length('key')).toBe(0);
  });
});
