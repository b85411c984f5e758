import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '#engine/event.js';
import type { Json } from '#engine/json.js';
import { model } from '#domain/model.js';
import { readSettings } from '#infra/config/settings.js';
import { openKernel } from '#infra/kernel/open-kernel.js';
import { ensureBuilt, type Program } from '../builders/built.js';
import { DEMO_MS, newFolder, notesIn, resumeDemo, startDemo } from './run-demo.js';

/** Names, in the story, of the records that are destroyed. */
const DOOMED = ['VALON', 'Val2'];
/** Shorter values stand somewhere by chance. */
const SHORTEST_BYTES = 6;

beforeAll(ensureBuilt, DEMO_MS);

/** What must not be found anywhere once the records are destroyed. */
interface Traces {
  /** What was sealed for them, in clear, as far as it is said of nobody else. */
  readonly values: string[];
  /** Their data keys, as the vault keeps them under the master key. */
  readonly wrappedKeys: string[];
  /** Blind index tokens that no living record shares. */
  readonly tokens: string[];
}

/** Opens the folder of a demo that is not running, and everything that is sealed in it. */
async function tracesIn(folder: string): Promise<Traces> {
  const settings = readSettings({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
  const fail = (error: Error) => {
    throw error;
  };
  const kernel = await openKernel(settings, model, { onFatal: fail, onViewStopped: fail });
  try {
    const ids = DOOMED.map((name) => notesIn(folder)[name]!);
    const ofTheirs = ({ stream }: RecordedEvent) => ids.some((id) => stream === `customerRecord-${id}`);
    const events = await kernel.log.readAll({ after: null, maxCount: 100_000 });
    const sealed: string[] = [];
    const elsewhere: string[] = [];
    const keyIds = new Set<string>();
    for (const event of events) {
      const values = Object.values(await kernel.sealer.valuesOf(event));
      const { boxes, ...clear } = event;
      elsewhere.push(JSON.stringify(clear));
      if (ofTheirs(event)) {
        sealed.push(...values.flatMap(textsIn));
        for (const { k } of Object.values(boxes)) keyIds.add(k);
      } else {
        elsewhere.push(...values.flatMap(textsIn));
      }
    }
    const rest = elsewhere.join('\n');
    const docs = await kernel.reader.find('records', { where: {}, sort: [], limit: 1_000 });
    const tokens = (theirs: boolean) =>
      docs.filter(({ _id }) => ids.includes(_id) === theirs).flatMap((doc) => doc['tokens'] as string[]);
    const keys = [...(await kernel.vault.keys([...keyIds])).values()];
    return {
      values: [...new Set(sealed)].filter(
        (text) => Buffer.byteLength(text) >= SHORTEST_BYTES && !rest.includes(text),
      ),
      wrappedKeys: keys.flatMap((key) => (key.state === 'live' ? [key.wrapped.bytes] : [])),
      tokens: tokens(true).filter((token) => !tokens(false).includes(token)),
    };
  } finally {
    await kernel.close();
  }
}

function textsIn(value: Json): string[] {
  return typeof value === 'string' ? [value] : [];
}

/** Those of the texts whose bytes stand in any file of the folder. */
function foundIn(folder: string, texts: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  return texts.filter((text) => files.some((bytes) => bytes.includes(text)));
}

describe('after a destruction', () => {
  const folder = newFolder();
  let traces: Traces;
  let demo: Program;

  beforeAll(async () => {
    const begun = startDemo(folder.path, '--once');
    await begun.line(/赵宏 cannot destroy it/);
    begun.signal('SIGKILL');
    await begun.ended;
    traces = await tracesIn(folder.path);
  }, DEMO_MS);
  afterAll(async () => {
    demo.signal('SIGKILL');
    await demo.ended;
    folder.remove();
  });

  it('there was something to find before', () => {
    expect(traces.values).toContain('Valon Hoti');
    expect(traces.values.length).toBeGreaterThanOrEqual(5);
    expect(traces.tokens).not.toEqual([]);
    expect(foundIn(folder.path, traces.wrappedKeys)).toEqual(traces.wrappedKeys);
    expect(traces.wrappedKeys.length).toBeGreaterThanOrEqual(4);
    expect(foundIn(folder.path, traces.tokens)).toEqual(traces.tokens);
    expect(foundIn(folder.path, ['Alfreds Futterkiste'])).toEqual(['Alfreds Futterkiste']);
  });

  it(
    'no byte of a value, a key or a token is in any file while the API runs',
    async () => {
      demo = resumeDemo(folder.path);
      await demo.line(/Press Ctrl-C/);
      expect(foundIn(folder.path, [...traces.values, ...traces.wrappedKeys, ...traces.tokens])).toEqual([]);
    },
    DEMO_MS,
  );

  it('the history still says who did what', async () => {
    const api = /answers at ([^\s,]+)/.exec(demo.stdout())![1]!;
    const passwords = JSON.parse(readFileSync(join(folder.path, 'demo-passwords.json'), 'utf8')) as Record<
      string,
      [string]
    >;
    const session = await fetch(`${api}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ staff: 'auditor', password: passwords['auditor']![0] }),
    });
    const { token } = (await session.json()) as { token: string };
    const history = await fetch(`${api}/v1/records/${notesIn(folder.path)['VALON']}/history`, {
      headers: { authorization: `Bearer ${token}`, 'accept-language': 'zh' },
    });
    const text = await history.text();
    for (const name of ['周强', '王敏', '赵宏', '吴倩', '林静', '郑岩']) expect(text).toContain(name);
    expect(traces.values.filter((value) => text.includes(value))).toEqual([]);
  });

  it('nothing is in any file once it was stopped', async () => {
    demo.signal('SIGINT');
    expect((await demo.ended).code).toBe(0);
    expect(foundIn(folder.path, [...traces.values, ...traces.wrappedKeys, ...traces.tokens])).toEqual([]);
  });
});
