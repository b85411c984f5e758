import { idOf, type RecordedEvent } from '#engine/event.js';
import { chainFault } from '#engine/proof/chain.js';
import { ensureBuilt } from '../builders/built.js';
import { DEMO_MS, eventsIn, newFolder, resumeDemo, startDemo } from './run-demo.js';

/** Kills at random moments, beside those at the moments below. */
const KILLS = Number(process.env['DEMO_KILLS'] ?? 1);
/** A random kill comes so many milliseconds after the start, at the latest. */
const LATEST_KILL_MS = 8_000;

/** Right after these lines there is work under way. */
const MOMENTS = [
  { moment: 'while the team is being registered', line: /a log and a clock of its own/, afterMs: 1_500 },
  { moment: 'while 93 files come in', line: /undertaking of confidentiality/, afterMs: 150 },
  { moment: 'while files are being filed', line: /second 华兴/, afterMs: 150 },
  { moment: 'when a destruction has begun', line: /no way back/, afterMs: 0 },
];

beforeAll(ensureBuilt, DEMO_MS);

/** What became of each record, as the types of its events in their order. */
function lives(events: readonly RecordedEvent[]): Record<string, string[]> {
  const lives: Record<string, string[]> = {};
  for (const { stream, type } of events) {
    if (stream.startsWith('customerRecord-')) (lives[idOf(stream)] ??= []).push(type);
  }
  return lives;
}

function faultsOf(events: readonly RecordedEvent[]): string[] {
  const last = new Map<string, RecordedEvent>();
  return events.flatMap((event) => {
    const fault = chainFault(last.get(event.stream) ?? null, event);
    last.set(event.stream, event);
    return fault ? [`${event.stream}@${event.revision}: ${fault}`] : [];
  });
}

describe('a demo that is killed again and again', () => {
  const folder = newFolder();
  const undisturbed = newFolder();
  let expected: Record<string, string[]>;
  /** Everything that was on disk after the kills so far. */
  const seen = new Map<string, string>();

  /** Nothing that was there is lost, and every chain is whole. */
  const checkLog = async () => {
    const events = await eventsIn(folder.path);
    const hashes = new Map(events.map(({ stream, revision, hash }) => [`${stream}@${revision}`, hash]));
    expect(faultsOf(events)).toEqual([]);
    expect([...seen].filter(([place, hash]) => hashes.get(place) !== hash)).toEqual([]);
    for (const [place, hash] of hashes) seen.set(place, hash);
    return events;
  };

  beforeAll(async () => {
    expect((await startDemo(undisturbed.path, '--once').ended).code).toBe(0);
    expected = lives(await eventsIn(undisturbed.path));
  }, DEMO_MS);
  afterAll(() => {
    folder.remove();
    undisturbed.remove();
  });

  it.each(MOMENTS.map((each, i) => ({ ...each, first: i === 0 })))(
    'loses nothing $moment',
    async ({ line, afterMs, first }) => {
      const demo = first ? startDemo(folder.path, '--once') : resumeDemo(folder.path, '--once');
      await demo.line(line);
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      demo.signal('SIGKILL');
      expect((await demo.ended).code).toBeNull();
      await checkLog();
    },
    DEMO_MS,
  );

  it('was killed between the beginning of a destruction and its certificate', async () => {
    const types = (await eventsIn(folder.path)).map(({ type }) => type);
    const begun = types.filter((type) => type === 'RecordDestructionBegun').length;
    expect(begun).toBe(2);
    expect(types.filter((type) => type === 'RecordDestroyed').length).toBeLessThan(begun);
  });

  it(
    'goes on to the same end, with nothing done twice',
    async () => {
      const { code, stderr } = await resumeDemo(folder.path, '--once').ended;
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(lives(await checkLog())).toEqual(expected);
    },
    DEMO_MS,
  );

  it(
    'comes to the same end after kills at random moments',
    async () => {
      const another = newFolder();
      let demo = startDemo(another.path, '--once');
      for (let kill = 0; kill < KILLS; kill++) {
        await demo.line(/a log and a clock of its own/);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * LATEST_KILL_MS));
        demo.signal('SIGKILL');
        await demo.ended;
        demo = resumeDemo(another.path, '--once');
      }
      const { code, stderr } = await demo.ended;
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(lives(await eventsIn(another.path))).toEqual(expected);
      another.remove();
    },
    DEMO_MS * (KILLS + 1),
  );
});
