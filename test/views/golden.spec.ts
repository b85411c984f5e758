import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { views } from '#domain/views/all.js';
import { documentsAfter, dumpOf } from '../builders/documents.js';
import { goldenLog } from '../builders/golden-log.js';
import { domainEventTypes, sealedValues } from '../builders/recorded-log.js';

const FOLDER = join(process.cwd(), 'test/golden');
/** Set to `write` to add the dumps that are missing; one that exists is never overwritten. */
const WRITE = process.env['GOLDEN'] === 'write';

/** Sealed values that a view shows by what it is there for: sums are told by their currency. */
const TOLD: Readonly<Record<string, readonly string[]>> = { activityTotals: ['CNY'] };

const fileOf = ({ name, version }: { name: string; version: number }) => `${name}-v${version}.jsonl`;
const log = goldenLog();

describe('the golden log', () => {
  it('holds every event type', () => {
    const met = new Set(log.map(({ type }) => type));
    expect(domainEventTypes.map(({ type }) => type).filter((type) => !met.has(type))).toEqual([]);
  });
});

describe.each(views.map((view) => [view.name, view] as const))('the view %s', (_name, view) => {
  const path = join(FOLDER, fileOf(view));

  it('folds the golden log as its version always did', async () => {
    const dump = dumpOf(await documentsAfter(view, log));
    if (WRITE && !existsSync(path)) writeFileSync(path, dump);
    const golden = existsSync(path) ? readFileSync(path, 'utf8') : null;
    if (dump === golden) return;
    throw new Error(
      golden === null
        ? `${fileOf(view)} is missing. Write it with GOLDEN=write npx jest test/views/golden, and commit it.`
        : `${view.name} v${view.version} no longer folds as it did: ${firstDifference(golden, dump)}. If that is ` +
            'meant, raise the version of the view, delete its old dump, and write the new one with ' +
            'GOLDEN=write npx jest test/views/golden.',
    );
  });

  it('holds no sealed value in clear', async () => {
    const dump = dumpOf(await documentsAfter(view, log));
    const sealed = new Set(log.flatMap((event) => Object.values(sealedValues(event))));
    expect(sealed.size).toBeGreaterThan(50);
    const secret = [...sealed].filter((value) => !TOLD[view.name]?.some((told) => told === value));
    expect(secret.filter((value) => dump.includes(JSON.stringify(value).slice(1, -1)))).toEqual([]);
  });
});

it('no dump is kept of a view or version that there is no more', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(views.map(fileOf).sort());
});

function firstDifference(golden: string, dump: string): string {
  const [before, after] = [golden, dump].map((text) => text.split('\n')) as [string[], string[]];
  const line = before.findIndex((text, i) => text !== after[i]);
  const id = (text: string | undefined) => /"_id":"([^"]*)"/.exec(text ?? '')?.[1];
  const place = line < 0 ? before.length : line;
  return `line ${place + 1} (${id(before[place]) ?? id(after[place]) ?? 'the end'})`;
}
