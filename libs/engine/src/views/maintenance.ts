import { lowest, readCheckpoints } from './checkpoints.js';
import type { Generation } from './generation.js';
import {
  addGeneration,
  fedBy,
  flip,
  markToDrop,
  ProjectionRefused,
  readControl,
  servingOf,
  type GenerationsContext,
} from './generations.js';
import { compareGenerations, type ParityReport } from './parity.js';
import type { ProjectorOptions } from './projector-options.js';
import { retryParked, type RetryReport } from './retry-parked.js';
import type { View } from './view.js';

/** What maintenance needs of a running projector. */
export interface Feeding {
  readonly options: ProjectorOptions;
  readonly context: GenerationsContext;
  refresh(): Promise<void>;
  reach(
    view: View,
    generation: Generation,
    position: string | null,
    onProgress?: (read: number) => void,
  ): Promise<void>;
}

/** How far a rebuild has come: events read, of those that the serving generation has read. */
export interface RebuildProgress {
  readonly view: string;
  readonly generation: number;
  readonly read: number;
  readonly of: number;
}

export interface RebuildResult {
  readonly generation: Generation;
  /** `null` where nothing serves that this version of the view has filled: there is nothing to compare with. */
  readonly parity: ParityReport | null;
  /** Whether readers see the new generation now. If not, it stays fed until it is flipped to or dropped. */
  readonly flipped: boolean;
}

const FLIP_ATTEMPTS = 20;

/**
 * Fills a new generation of a view while the old one serves, compares both, and makes readers see the new one if
 * every row is the same. The old one stays fed until it is dropped: flipping back is always possible.
 *
 * @throws ViewStopped where the new generation cannot be filled
 */
export async function rebuild(
  projector: Feeding,
  name: string,
  onProgress?: (progress: RebuildProgress) => void,
): Promise<RebuildResult> {
  const view = viewOf(projector, name);
  const { log, store, progress } = projector.options;
  const generation = await addGeneration(projector.context, view);
  await projector.refresh();

  const serving = servingOf((await readControl(store, name))!);
  const before = serving && (await readCheckpoints(store, [serving.collection])).get(serving.collection);
  const report = (read: number) =>
    onProgress?.({ view: name, generation: generation.number, read, of: Math.max(read, before?.read ?? 0) });
  await projector.reach(view, generation, await log.head(), report);

  if (serving?.version !== view.version) {
    await flipTo(projector, name, generation.number);
    return { generation, parity: null, flipped: true };
  }
  const reached = (await readCheckpoints(store, [generation.collection])).get(generation.collection)!;
  const position = lowest(reached);
  const names = [serving.collection, generation.collection] as const;
  const parity = await compareGenerations(store, ...names, position, progress);
  if (parity.holds) await flipTo(projector, name, generation.number);
  return { generation, parity, flipped: parity.holds };
}

/**
 * Makes readers see another generation, forwards or back, once it is level with the serving one.
 * @throws ProjectionRefused `unknown-generation`, `not-fed`, `behind`
 */
export async function flipTo(projector: Feeding, name: string, number: number): Promise<void> {
  const view = viewOf(projector, name);
  for (let attempt = 1; ; attempt++) {
    try {
      await flip(projector.context, view, number);
      return await projector.refresh();
    } catch (error) {
      const behind = error instanceof ProjectionRefused && error.code === 'behind';
      if (!behind || attempt === FLIP_ATTEMPTS) throw error;
      // Under load the serving one is often an event ahead for a moment.
      await projector.options.progress.next(50);
    }
  }
}

/**
 * Drops a generation that does not serve. Its documents are removed shortly after, when nobody can be using them.
 * @throws ProjectionRefused `unknown-generation`, `serving`
 */
export async function dropGeneration(projector: Feeding, name: string, number: number): Promise<void> {
  await markToDrop(projector.options.store, name, number);
  await projector.refresh();
}

/** Tries the parked events of a view again, in every generation that this program feeds. */
export async function retryView(projector: Feeding, name: string): Promise<readonly RetryReport[]> {
  const view = viewOf(projector, name);
  const control = await readControl(projector.options.store, name);
  const reports: RetryReport[] = [];
  for (const generation of control ? fedBy(view, control) : []) {
    reports.push(await retryParked(projector.options, view, generation));
  }
  return reports;
}

function viewOf(projector: Feeding, name: string): View {
  const view = projector.options.views.find((candidate) => candidate.name === name);
  if (!view) throw new ProjectionRefused('unknown-view', name, 'this program has no such view');
  return view;
}
