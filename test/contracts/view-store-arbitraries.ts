import fc from 'fast-check';
import type { Condition, Filter, Scalar, SortKey } from '#engine/ports/view-store.js';
import type { Json, JsonObject } from '#engine/json.js';

/** Texts whose order by code point differs from that by UTF-16 unit, and what filters like to trip over. */
const text = fc
  .array(
    fc.constantFrom('a', 'b', 'A', 'é', '中', '\uffff', '😀', '%', '_', '.*', "'", '"', '\\', '$', ' '),
    {
      maxLength: 3,
    },
  )
  .map((parts) => parts.join(''));
const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.maxSafeInteger());
const absent = fc.constantFrom(null, undefined);

/** Every member holds one kind of value; `tags` is indexed as a list, `marks` and `note` are not indexed. */
const members = {
  region: fc.oneof({ weight: 3, arbitrary: text }, absent),
  amount: fc.oneof({ weight: 3, arbitrary: number }, absent),
  urgent: fc.oneof({ weight: 3, arbitrary: fc.boolean() }, absent),
  tags: fc.oneof({ weight: 3, arbitrary: fc.array(text, { maxLength: 4 }) }, text, absent),
  marks: fc.oneof(
    { weight: 3, arbitrary: fc.array(fc.oneof(number, fc.constant(null)), { maxLength: 3 }) },
    number,
    absent,
  ),
  note: fc.oneof({ weight: 3, arbitrary: text }, absent),
  holder: fc.oneof(fc.record({ id: fc.oneof({ weight: 3, arbitrary: text }, absent) }), absent),
};

export const indexes = [
  { name: 'byRegion', fields: ['region', 'amount'], descending: ['amount'] },
  { name: 'byUrgency', fields: ['urgent', 'region'] },
  { name: 'byHolder', fields: ['holder.id'] },
  { name: 'byTag', fields: ['tags'], list: true },
] as const;

const scalarFields = ['region', 'amount', 'urgent', 'note', 'holder.id'] as const;
const fields = [...scalarFields, 'tags', 'marks', '_id'] as const;
const filterFields = [...fields, 'holder', 'missing'] as const;

/** A document's body. Members that are absent are left out. */
export const body: fc.Arbitrary<JsonObject> = fc
  .record(members)
  .map((values) => JSON.parse(JSON.stringify(values)) as Record<string, Json>);

export const id = fc.constantFrom('', 'A', 'a', 'b', 'é', '中', '\uffff', '😀').map((end) => `k${end}`);

const scalar: fc.Arbitrary<Scalar> = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const bounds = ['gt', 'gte', 'lt', 'lte'] as const;

const condition: fc.Arbitrary<Condition> = fc.oneof(
  scalar.map((eq) => ({ eq })),
  fc.array(scalar, { maxLength: 5 }).map((some) => ({ in: some })),
  fc
    .tuple(
      fc.subarray([...bounds], { minLength: 1, maxLength: 2 }),
      fc.oneof(text, number),
      fc.oneof(text, number),
    )
    .map(([some, a, b]): Condition => Object.fromEntries(some.map((bound, i) => [bound, i === 0 ? a : b]))),
  text.map((prefix) => ({ prefix })),
  fc.boolean().map((exists) => ({ exists })),
);

export const filter: fc.Arbitrary<Filter> = fc.dictionary(fc.constantFrom(...filterFields), condition, {
  maxKeys: 2,
  noNullPrototype: true,
});

export const sort: fc.Arbitrary<SortKey[]> = fc.uniqueArray(
  fc.record({ field: fc.constantFrom<string>(...scalarFields), direction: fc.constantFrom('asc', 'desc') }),
  { maxLength: 3, selector: (key) => key.field },
);

export const grouping = fc.uniqueArray(fc.constantFrom<string>(...fields), { minLength: 1, maxLength: 2 });

/** One call of `write`: an id at most once; some of the writes are folded from what no longer stands. */
export const batch = fc.uniqueArray(
  fc.record({
    id,
    body,
    gone: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    isStale: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  }),
  { selector: (one) => one.id, minLength: 1, maxLength: 8 },
);
