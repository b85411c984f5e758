import type { RecordedEvent } from '../event.js';
import type { Json, JsonObject } from '../json.js';
import type { DocWrite, ViewDoc } from '../ports/view-store.js';
import { ViewStopped } from './stopped.js';
import { GONE, type FoldTools, type View } from './view.js';

/**
 * Why an event stands in the parking list: it cannot be read (three ways), its sealed values do not open, the fold
 * threw, or an earlier event of the same document is parked.
 */
export type ParkCode =
  'unknown-type' | 'newer-version' | 'undecodable' | 'open-failed' | 'fold-failed' | 'behind-parked';

/** An event as a view folds it: upcast, with the documents that it changes and the values it may see. */
export interface Prepared {
  readonly event: RecordedEvent;
  readonly keys: readonly string[];
  readonly opened: ReadonlyMap<string, Json>;
  /** Set where the event cannot be folded at all. */
  readonly poison?: ParkCode;
}

/** An event that one document could not take. */
export interface Parking {
  /** Id of the document; `null` where an unreadable event names none. */
  readonly key: string | null;
  readonly event: RecordedEvent;
  readonly code: ParkCode;
}

export interface Folded {
  readonly writes: readonly DocWrite[];
  readonly parkings: readonly Parking[];
}

/**
 * Folds events, given in log order, into the documents of their keys. Pure, and blind to how the log was cut into
 * batches: what a document already holds is skipped, a tombstone absorbs, a parked document only reads on.
 *
 * @param bases the documents as they stand; a key without one is absent
 * @throws ViewStopped for a missing base or a reserved member: nothing of the batch may be written
 */
export function fold(
  view: View,
  events: readonly Prepared[],
  bases: ReadonlyMap<string, ViewDoc>,
  token: (text: string) => string,
): Folded {
  const indexed = indexedScalars(view);
  const documents = new Map<string, Document>();
  const parkings: Parking[] = [];
  for (const prepared of events) {
    for (const key of prepared.keys) {
      let document = documents.get(key);
      if (!document) documents.set(key, (document = open(key, bases.get(key))));
      step(view, document, prepared, parkings, token, indexed);
    }
  }
  const writes: DocWrite[] = [];
  for (const document of documents.values()) {
    if (document.changed) writes.push({ doc: close(document), from: document.from });
  }
  return { writes, parkings };
}

/**
 * The mark of a document that could not take an event: the first such event, and the last of its key that it accounts
 * for; `null` where it holds all of them. A document whose very first event is parked holds nothing and must be in no
 * list: it stands as a tombstone, which keeps its `at` alone, so the mark is in there.
 */
export function markOf(doc: ViewDoc): { readonly from: string; readonly through: string } | null {
  if (doc.parked) return doc.parked;
  const [through, from] = doc.gone ? doc.at.split(MARK) : [];
  return from === undefined ? null : { from, through: through! };
}

/** Whether a document is there for readers, be it as a tombstone: not while its very first event is parked. */
export function hasBegun(doc: ViewDoc): boolean {
  return !doc.gone || markOf(doc) === null;
}

/** Position of the last event of its key that a document accounts for, folded in or parked. */
export function readThrough(doc: ViewDoc): string {
  return markOf(doc)?.through ?? doc.at;
}

/** What the fold sees of a document: everything but the members that the engine keeps. */
export function bodyOf(doc: ViewDoc): JsonObject | null {
  if (doc.gone) return null;
  const { _id, at, gone: _gone, parked: _parked, ...body } = doc;
  return body as JsonObject;
}

/** No position holds it; see `markOf`. */
const MARK = '!';

interface Document {
  readonly key: string;
  /** The `at` that a write replaces; `null` inserts. */
  readonly from: string | null;
  body: JsonObject | null;
  gone: boolean;
  parkedFrom: string | null;
  through: string;
  changed: boolean;
}

function open(key: string, doc: ViewDoc | undefined): Document {
  if (!doc) {
    return { key, from: null, body: null, gone: false, parkedFrom: null, through: '', changed: false };
  }
  const mark = markOf(doc);
  return {
    key,
    from: doc.at,
    body: bodyOf(doc),
    gone: doc.gone === true && mark === null,
    parkedFrom: mark?.from ?? null,
    through: mark?.through ?? doc.at,
    changed: false,
  };
}

/**
 * A parked document carries another `at` than the same document would once mended, so that a writer who read it
 * parked can never overwrite the mended one. Positions of one log are equally long: with the mark they sort behind
 * their own and before the next.
 */
function close({ key, body, gone, parkedFrom, through }: Document): ViewDoc {
  if (parkedFrom !== null) {
    if (body === null) return { _id: key, at: through + MARK + parkedFrom, gone: true };
    return { _id: key, at: through + MARK, parked: { from: parkedFrom, through }, ...body };
  }
  return gone ? { _id: key, at: through, gone } : { _id: key, at: through, ...body };
}

function step(
  view: View,
  document: Document,
  { event, opened, poison }: Prepared,
  parkings: Parking[],
  token: (text: string) => string,
  indexed: readonly (readonly string[])[],
): void {
  if (document.gone || event.position <= document.through) return;
  const park = (code: ParkCode) => {
    parkings.push({ key: document.key, event, code });
    document.parkedFrom ??= event.position;
  };

  if (document.parkedFrom !== null) {
    park(poison ?? 'behind-parked');
  } else {
    // Of a type nobody here knows it cannot be said whether it begins a document.
    if (document.body === null && poison !== 'unknown-type' && !view.begins.includes(event.type)) {
      throw new ViewStopped('missing-base', view.name, event);
    }
    if (poison) park(poison);
    else evolve(view, document, event, { opened, token }, indexed, park);
  }
  document.through = event.position;
  document.changed = true;
}

function evolve(
  view: View,
  document: Document,
  event: RecordedEvent,
  tools: FoldTools,
  indexed: readonly (readonly string[])[],
  park: (code: ParkCode) => void,
): void {
  let body: JsonObject | typeof GONE;
  try {
    body = view.evolve(document.body, event, document.key, tools);
  } catch {
    return park('fold-failed');
  }
  if (body === GONE) {
    document.body = null;
    document.gone = true;
  } else if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    park('fold-failed');
  } else if ('_id' in body || 'at' in body || 'gone' in body || 'parked' in body) {
    throw new ViewStopped('reserved-member', view.name, event);
  } else if (indexed.some((path) => isBranch(body, path))) {
    park('fold-failed');
  } else {
    document.body = body;
  }
}

/** Members that the view's indexes take as single values. */
function indexedScalars({ indexes }: View): readonly (readonly string[])[] {
  return indexes.flatMap(({ fields, list }) => (list ? [] : fields.map((field) => field.split('.'))));
}

/** Whether a list or an object stands where an index needs a single value: no store would take the document. */
function isBranch(body: JsonObject, path: readonly string[]): boolean {
  let value: Json | undefined = body;
  for (const member of path) value = (value as JsonObject | null | undefined)?.[member];
  return typeof value === 'object' && value !== null;
}
