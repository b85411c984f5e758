import type { EventLog } from '../ports/event-log.js';
import type { ViewStore } from '../ports/view-store.js';
import type { Registry } from '../registry.js';
import type { Generation } from './generation.js';
import type { OpenValues } from './prepare.js';
import type { Progress } from './progress.js';
import type { Slices } from './slices.js';
import type { ViewStopped } from './stopped.js';
import type { View } from './view.js';

export interface ProjectorOptions {
  readonly log: EventLog;
  /** See `LogIdentity`. */
  readonly logId: string;
  readonly store: ViewStore;
  readonly registry: Registry;
  readonly views: readonly View[];
  readonly openValues: OpenValues;
  /** See `FoldTools.token`. */
  readonly token: (text: string) => string;
  /** Told of every step; give it to the `ViewReader` of this process. */
  readonly progress: Progress;
  /** Default: one slice, fed here. */
  readonly slices?: Slices;
  /** Greatest number of events folded together while behind. Default 500. */
  readonly batchSize?: number;
  /** How often the generations of other processes are looked at, in milliseconds. Default 1,000. */
  readonly refreshMs?: number;
  /**
   * How long a dropped generation outlives its mark, in milliseconds: longer than any reader or worker may still
   * use it. Default 2,000.
   */
  readonly dropDelayMs?: number;
  /** A view stopped: somebody must look. The others go on. */
  readonly onStopped: (error: ViewStopped, generation: Generation) => void;
  /** Something failed and is being tried again. */
  readonly onRetry?: (error: unknown, attempt: number) => void;
}

/** Where one generation stands in this worker. */
export interface FeedStatus {
  readonly view: string;
  readonly generation: number;
  readonly version: number;
  readonly state: 'live' | 'filling' | 'stopped';
  readonly position: string | null;
  readonly stopped: ViewStopped | null;
}
