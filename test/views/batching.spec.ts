import fc from 'fast-check';
import { sliceOf } from '#engine/views/slices.js';
import { views } from '#domain/views/all.js';
import { documentsAfter, dumpOf, type Documents } from '../builders/documents.js';
import { goldenLog } from '../builders/golden-log.js';

const log = goldenLog();

/** Where a worker cuts the log into batches, and how many events it reads again after each. */
const cuts = fc.record({
  at: fc.uniqueArray(fc.integer({ min: 1, max: log.length - 1 }), { maxLength: 12 }),
  again: fc.integer({ min: 0, max: 5 }),
});

it.each(views.map((view) => [view.name, view] as const))(
  '%s ends in the same documents however the log is cut, shared among workers and read again',
  async (_name, view) => {
    const expected = dumpOf(await documentsAfter(view, log));
    await fc.assert(
      fc.asyncProperty(fc.array(cuts, { minLength: 1, maxLength: 4 }), async (workers) => {
        let documents: Documents = new Map();
        for (const [slice, { at, again }] of workers.entries()) {
          const wanted = (key: string) => sliceOf(key, workers.length) === slice;
          let from = 0;
          for (const to of [...at.sort((a, b) => a - b), log.length]) {
            const batch = log.slice(Math.max(0, from - again), to);
            documents = await documentsAfter(view, batch, { bases: documents, wanted });
            from = to;
          }
        }
        expect(dumpOf(documents)).toBe(expected);
      }),
      { numRuns: 25 },
    );
  },
);
