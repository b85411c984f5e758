import type { ViewDoc, ViewStore } from '../ports/view-store.js';
import {
  CHECKPOINTS,
  counterAfter,
  createCheckpoint,
  highest,
  isBefore,
  lowest,
  readCheckpoints,
} from './checkpoints.js';
import type { Generation } from './generation.js';
import { dismiss, ensureParking, entriesOf, type ParkedEntry } from './parking.js';
import { collectionName, type View } from './view.js';

/** Collection that says which generation of each view serves, and which fill. */
export const VIEWS = 'dossier_views';

/** The generations of one view. Every change is one compare-and-set on this document. */
export interface ViewControl extends ViewDoc {
  /** Number of the generation that readers see; `null` once the view is retired. */
  readonly serving: number | null;
  /** Number of the next generation. */
  readonly next: number;
  readonly generations: readonly Generation[];
}

export interface GenerationsContext {
  readonly store: ViewStore;
  /** See `LogIdentity`. */
  readonly logId: string;
  readonly sliceCount: number;
}

/**
 * The stored views do not fit this program or this log:
 * - `other-log`: filled from another log; `beyond-head`: the log is shorter than what was read (an older copy?)
 * - `newer-version`: the serving generation belongs to a newer version of the view than this program has
 * - `slices-changed`: filled with another number of slices; `missing-collection`: its documents are gone
 * - `unknown-generation`, `serving`, `not-fed`, `behind`: what was asked of a generation cannot be done
 */
export class ProjectionRefused extends Error {
  override readonly name = 'ProjectionRefused';
  constructor(
    readonly code:
      | 'other-log'
      | 'beyond-head'
      | 'newer-version'
      | 'slices-changed'
      | 'missing-collection'
      | 'unknown-view'
      | 'unknown-generation'
      | 'serving'
      | 'not-fed'
      | 'behind',
    readonly view: string,
    explanation: string,
  ) {
    super(`view ${view}: ${explanation}`);
  }
}

/** Creates the control collections where they are missing. */
export async function ensureControl(store: ViewStore): Promise<void> {
  await store.ensureCollection(VIEWS, []);
  await store.ensureCollection(CHECKPOINTS, []);
  await ensureParking(store);
}

/** All views that the store knows, retired ones included. */
export async function readControls(store: ViewStore): Promise<readonly ViewControl[]> {
  return (await store.scan(VIEWS, null, 1_000)) as readonly ViewControl[];
}

export async function readControl(store: ViewStore, view: string): Promise<ViewControl | null> {
  return ((await store.get(VIEWS, [view])).get(view) as ViewControl | undefined) ?? null;
}

export function servingOf(control: ViewControl): Generation | null {
  return control.generations.find(({ number }) => number === control.serving) ?? null;
}

/** The generations that a program with this version of the view must feed. */
export function fedBy(view: View, control: ViewControl): readonly Generation[] {
  return control.generations.filter(({ version, dropping }) => version === view.version && !dropping);
}

/**
 * Gives the view a generation of its own version: the first one serves at once, that of a newer version fills while
 * the old one serves (as it stands: its fold is no longer in this program). What nobody can feed is marked to drop.
 * @throws ProjectionRefused `newer-version`
 */
export async function ensureGeneration(context: GenerationsContext, view: View): Promise<ViewControl> {
  return change(context.store, view.name, async (control) => {
    const serving = control && servingOf(control);
    if (!control || !serving) return added(context, view, control, true);
    if (serving.version > view.version) {
      const versions = `version ${serving.version} serves, this program has version ${view.version}`;
      throw new ProjectionRefused('newer-version', view.name, versions);
    }
    const fed = withoutUnfed(view, control);
    return fedBy(view, fed).length > 0 ? fed : added(context, view, fed, false);
  });
}

/** Adds a generation that fills from the start of the log; resolves to it. */
export async function addGeneration(context: GenerationsContext, view: View): Promise<Generation> {
  const control = await change(context.store, view.name, (now) => added(context, view, now, false));
  return control.generations.at(-1)!;
}

/**
 * Makes readers see another generation, forwards or back, by one compare-and-set.
 * @throws ProjectionRefused `unknown-generation`, `not-fed` (other version of the view), `behind` the serving one
 */
export async function flip(context: GenerationsContext, view: View, to: number): Promise<ViewControl> {
  return change(context.store, view.name, async (control) => {
    const target = control?.generations.find(({ number, dropping }) => number === to && !dropping);
    if (!control || !target) throw unknown(view.name, to);
    if (target.version !== view.version) {
      throw new ProjectionRefused('not-fed', view.name, `generation ${to} is of version ${target.version}`);
    }
    const serving = servingOf(control);
    if (serving?.version === view.version) await refuseIfBehind(context.store, view.name, target, serving);
    return withoutUnfed(view, { ...control, serving: to });
  });
}

/**
 * Marks a generation to be dropped: nobody feeds it from now on. `finishDrop` removes it.
 * @throws ProjectionRefused `unknown-generation`, `serving`
 */
export async function markToDrop(store: ViewStore, view: string, number: number): Promise<ViewControl> {
  return change(store, view, (control) => {
    if (!control?.generations.some((generation) => generation.number === number)) throw unknown(view, number);
    if (control.serving === number) {
      throw new ProjectionRefused('serving', view, `generation ${number} serves; flip to another one first`);
    }
    return {
      ...control,
      generations: control.generations.map((g) => (g.number === number ? dropped(g) : g)),
    };
  });
}

/** Marks all generations of a view to be dropped: it is no longer part of the program. */
export async function retire(store: ViewStore, view: string): Promise<ViewControl> {
  return change(store, view, (control) => {
    if (!control) throw new ProjectionRefused('unknown-view', view, 'the store does not know it');
    return { ...control, serving: null, generations: control.generations.map(dropped) };
  });
}

/** Removes a generation marked to drop: documents, checkpoint, parked entries, and last its mark. Repeatable. */
export async function finishDrop(store: ViewStore, view: string, generation: Generation): Promise<void> {
  await store.dropCollection(generation.collection);
  const checkpoint = (await readCheckpoints(store, [generation.collection])).get(generation.collection);
  if (checkpoint) {
    const at = counterAfter(checkpoint.at);
    const doc: ViewDoc = { _id: generation.collection, at, gone: true };
    const lost = await store.write(CHECKPOINTS, [{ doc, from: checkpoint.at }]);
    if (lost.length > 0) return finishDrop(store, view, generation);
  }
  const entries: ParkedEntry[] = [];
  for await (const entry of entriesOf(store, view, generation.number)) entries.push(entry);
  await dismiss(store, entries);
  await change(store, view, (control) => ({
    ...control!,
    generations: control!.generations.filter(({ number }) => number !== generation.number),
  }));
}

/**
 * Checks what a program is about to go on from.
 * @param head gives the position of the log's last event; asked for last, as other workers go on meanwhile
 * @throws ProjectionRefused `other-log`, `beyond-head`, `slices-changed`, `missing-collection`
 */
export async function checkPositions(
  { store, logId, sliceCount }: GenerationsContext,
  { _id: view, generations }: ViewControl,
  head: () => Promise<string | null>,
): Promise<void> {
  const kept = generations.filter(({ dropping }) => !dropping).map(({ collection }) => collection);
  const checkpoints = await readCheckpoints(store, kept);
  const [collections, end] = [await store.collections(), await head()];
  for (const collection of kept) {
    const checkpoint = checkpoints.get(collection);
    const refused = (code: ProjectionRefused['code'], explanation: string) =>
      new ProjectionRefused(code, view, `${collection} ${explanation}`);
    if (!checkpoint || !collections.includes(collection)) {
      throw refused('missing-collection', 'or its checkpoint is gone; drop the generation or restore it');
    }
    if (checkpoint.logId !== logId) {
      throw refused('other-log', `was filled from log ${checkpoint.logId}, this is log ${logId}`);
    }
    const reached = highest(checkpoint);
    if (isBefore(end, reached)) {
      throw refused(
        'beyond-head',
        `has read to ${reached}, the log ends at ${end ?? 'its start'}: was an older copy restored?`,
      );
    }
    const count = Object.keys(checkpoint.slices).length;
    if (count !== sliceCount) {
      throw refused('slices-changed', `has ${count} slices, ${sliceCount} are configured`);
    }
  }
}

async function added(
  context: GenerationsContext,
  view: View,
  control: ViewControl | null,
  serves: boolean,
): Promise<ViewControl> {
  const number = control?.next ?? 1;
  const collection = collectionName(view.name, view.version, number);
  await context.store.ensureCollection(collection, view.indexes);
  await createCheckpoint(context.store, collection, context.logId, context.sliceCount);
  return {
    _id: view.name,
    at: control?.at ?? '0',
    serving: serves ? number : (control?.serving ?? null),
    next: number + 1,
    generations: [...(control?.generations ?? []), { number, version: view.version, collection }],
  };
}

async function refuseIfBehind(store: ViewStore, view: string, target: Generation, serving: Generation) {
  const found = await readCheckpoints(store, [target.collection, serving.collection]);
  const [reached, needed] = [target, serving].map(({ collection }) => {
    const checkpoint = found.get(collection);
    return checkpoint ? lowest(checkpoint) : null;
  }) as [string | null, string | null];
  if (isBefore(reached, needed)) {
    const places = `it has read to ${reached ?? 'the start'}, the serving one to ${needed}`;
    throw new ProjectionRefused('behind', view, `generation ${target.number} has not caught up: ${places}`);
  }
}

function withoutUnfed(view: View, control: ViewControl): ViewControl {
  const generations = control.generations.map((generation) =>
    generation.version === view.version || generation.number === control.serving
      ? generation
      : dropped(generation),
  );
  return { ...control, generations };
}

function dropped(generation: Generation): Generation {
  return { ...generation, dropping: true };
}

function unknown(view: string, number: number): ProjectionRefused {
  return new ProjectionRefused('unknown-generation', view, `there is no generation ${number}`);
}

async function change(
  store: ViewStore,
  view: string,
  make: (control: ViewControl | null) => ViewControl | Promise<ViewControl>,
): Promise<ViewControl> {
  for (;;) {
    const now = await readControl(store, view);
    const wanted = await make(now);
    if (now && JSON.stringify(wanted) === JSON.stringify(now)) return now;
    const doc = { ...wanted, at: counterAfter(now?.at ?? '0') };
    const lost = await store.write(VIEWS, [{ doc, from: now?.at ?? null }]);
    if (lost.length === 0) return doc;
  }
}
