import type {
  Condition,
  DocWrite,
  Filter,
  Query,
  Scalar,
  SortKey,
  ViewDoc,
} from '#engine/ports/view-store.js';

/** What a view store answers, written for plainness alone: every adapter is compared with it. */
export class ViewStoreModel {
  readonly #docs = new Map<string, ViewDoc>();

  write(writes: readonly DocWrite[]): string[] {
    const lost = writes.filter(({ doc, from }) => (this.#docs.get(doc._id)?.at ?? null) !== from);
    for (const { doc } of writes.filter((one) => !lost.includes(one))) {
      this.#docs.set(doc._id, doc.gone ? { _id: doc._id, at: doc.at, gone: true } : doc);
    }
    return lost.map(({ doc }) => doc._id);
  }

  at(id: string): string | null {
    return this.#docs.get(id)?.at ?? null;
  }

  all(): ViewDoc[] {
    return [...this.#docs.values()].sort((a, b) => compare(a._id, b._id));
  }

  matching(where: Filter): ViewDoc[] {
    return this.all().filter((doc) => !doc.gone && matches(doc, where));
  }

  find({ where, sort, after, limit }: Query): ViewDoc[] {
    const sorted = this.matching(where).sort((a, b) => compareRows(rowOf(a, sort), rowOf(b, sort), sort));
    const last = after && [...after.values, after.id];
    return sorted.filter((doc) => !last || compareRows(rowOf(doc, sort), last, sort) > 0).slice(0, limit);
  }

  groups(where: Filter, by: readonly string[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (const doc of this.matching(where)) {
      for (const key of combinations(by.map((field) => spread(memberOf(doc, field))))) {
        counts.set(JSON.stringify(key), (counts.get(JSON.stringify(key)) ?? 0) + 1);
      }
    }
    return counts;
  }
}

/** The values of a row that its place in the order depends on. */
export function sortValues(doc: ViewDoc, sort: readonly SortKey[]): Scalar[] {
  return sort.map((key) => memberOf(doc, key.field) as Scalar);
}

function rowOf(doc: ViewDoc, sort: readonly SortKey[]): Scalar[] {
  return [...sortValues(doc, sort), doc._id];
}

function matches(doc: ViewDoc, where: Filter): boolean {
  return Object.entries(where).every(([field, condition]) => holds(memberOf(doc, field), condition));
}

function holds(member: unknown, condition: Condition): boolean {
  const any = (test: (value: unknown) => boolean) =>
    Array.isArray(member) ? member.some(test) : test(member);
  if ('eq' in condition) return any((value) => value === condition.eq);
  if ('in' in condition) return any((value) => condition.in.some((one) => one === value));
  if ('exists' in condition) return condition.exists !== any((value) => value === null);
  if ('prefix' in condition) {
    return any((value) => typeof value === 'string' && value.startsWith(condition.prefix));
  }
  return Object.entries(condition).every(([bound, limit]) =>
    any((value) => typeof value === typeof limit && within(compare(value as Scalar, limit), bound)),
  );
}

function within(order: number, bound: string): boolean {
  if (order === 0) return bound === 'gte' || bound === 'lte';
  return order > 0 ? bound.startsWith('gt') : bound.startsWith('lt');
}

function compareRows(a: readonly Scalar[], b: readonly Scalar[], sort: readonly SortKey[]): number {
  const orders = a.map((value, i) => compare(value, b[i]!) * (sort[i]?.direction === 'desc' ? -1 : 1));
  return orders.find((order) => order !== 0) ?? 0;
}

/** Null first; texts by code point. Values of one member are of one kind. */
function compare(a: Scalar, b: Scalar): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}

function spread(member: unknown): unknown[] {
  if (!Array.isArray(member)) return [member];
  return member.length > 0 ? member : [null];
}

function combinations(lists: readonly unknown[][]): unknown[][] {
  return lists.reduce<unknown[][]>(
    (keys, list) => keys.flatMap((key) => list.map((one) => [...key, one])),
    [[]],
  );
}

function memberOf(doc: ViewDoc, field: string): unknown {
  const value = field
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], doc);
  return value ?? null;
}
