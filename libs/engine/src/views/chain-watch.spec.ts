import type { RecordedEvent } from '../event.js';
import { ChainWatch } from './chain-watch.js';

function event(position: string, stream: string, revision: number, prev: string, hash: string) {
  return { position, stream, revision, prev, hash } as RecordedEvent;
}

describe('the watch over the chains', () => {
  it('a stream may begin at any revision: earlier ones were read in another run', () => {
    expect(new ChainWatch().firstBroken([event('1', 's-1', 7, 'x', 'a')])).toBeNull();
  });

  it('a stream continues at the next revision with the last hash', () => {
    const watch = new ChainWatch();
    expect(watch.firstBroken([event('1', 's-1', 0, '', 'a'), event('2', 's-2', 0, '', 'b')])).toBeNull();
    expect(watch.firstBroken([event('3', 's-1', 1, 'a', 'c')])).toBeNull();
  });

  it('a missing revision breaks the chain', () => {
    const watch = new ChainWatch();
    const broken = event('2', 's-1', 2, 'a', 'c');
    expect(watch.firstBroken([event('1', 's-1', 0, '', 'a'), broken])).toBe(broken);
  });

  it('another hash than the last breaks the chain', () => {
    const watch = new ChainWatch();
    const broken = event('2', 's-1', 1, 'z', 'c');
    expect(watch.firstBroken([event('1', 's-1', 0, '', 'a'), broken])).toBe(broken);
  });

  it('an event delivered again is no break', () => {
    const watch = new ChainWatch();
    const events = [event('1', 's-1', 0, '', 'a'), event('2', 's-1', 1, 'a', 'b')];
    expect(watch.firstBroken([...events, ...events])).toBeNull();
    expect(watch.firstBroken(events)).toBeNull();
  });
});
