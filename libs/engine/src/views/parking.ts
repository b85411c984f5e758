import type { DocWrite, ViewDoc, ViewStore } from '../ports/view-store.js';
import type { ParkCode, Parking } from './fold.js';
import type { Generation } from './generation.js';

/** Collection of the parked events of all views. */
export const PARKED = 'dossier_parked';

/** An event that a document could not take: where it stands and why, never what it holds. */
export interface ParkedEntry extends ViewDoc {
  readonly view: string;
  readonly generation: number;
  /** Id of the document; `null` where an unreadable event names none. */
  readonly key: string | null;
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly code: ParkCode;
}

const WAITING = 'waiting';
const PAGE = 500;

export async function ensureParking(store: ViewStore): Promise<void> {
  await store.ensureCollection(PARKED, [{ name: 'view', fields: ['view', 'generation', 'position'] }]);
}

/** Enters parked events; one that is entered already stays as it is. */
export async function enter(
  store: ViewStore,
  view: string,
  generation: Generation,
  parkings: readonly Parking[],
): Promise<void> {
  const writes = parkings.map(({ key, event, code }): DocWrite => {
    const { position, stream, revision } = event;
    const _id = `${generation.collection}/${position}/${key ?? ''}`;
    const place = { generation: generation.number, key, position, stream, revision };
    const doc: ParkedEntry = { _id, at: WAITING, view, ...place, code };
    return { doc, from: null };
  });
  await store.write(PARKED, writes);
}

/** The entries of one generation, in log order. */
export async function* entriesOf(
  store: ViewStore,
  view: string,
  generation: number,
): AsyncGenerator<ParkedEntry> {
  let after: { values: string[]; id: string } | undefined;
  for (;;) {
    const page = (await store.find(PARKED, {
      where: { view: { eq: view }, generation: { eq: generation } },
      sort: [{ field: 'position', direction: 'asc' }],
      limit: PAGE,
      ...(after && { after }),
    })) as readonly ParkedEntry[];
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = { values: [last.position], id: last._id };
  }
}

/** Number of parked events of one generation: anything above zero wants a person. */
export async function parkedCount(store: ViewStore, view: string, generation: number): Promise<number> {
  return store.count(PARKED, { view: { eq: view }, generation: { eq: generation } });
}

/** Takes entries off the list once their documents hold them, or are gone. */
export async function dismiss(store: ViewStore, entries: readonly ParkedEntry[]): Promise<void> {
  const done = entries.map(({ _id }): DocWrite => ({ doc: { _id, at: 'done', gone: true }, from: WAITING }));
  if (done.length > 0) await store.write(PARKED, done);
}
