import type { CommandExecutor } from '#engine/execute.js';
import type { LogIdentity } from '#engine/log-identity.js';
import type { Clock } from '#engine/ports/clock.js';
import type { EventLog } from '#engine/ports/event-log.js';
import type { KeyVault } from '#engine/ports/key-vault.js';
import type { ViewStore } from '#engine/ports/view-store.js';
import type { EventType, PartKey, Registry } from '#engine/registry.js';
import type { DataKeys } from '#engine/sealing/data-keys.js';
import type { Keyring } from '#engine/sealing/keyring.js';
import type { Sealer } from '#engine/sealing/sealer.js';
import type { Projector } from '#engine/views/projector.js';
import type { ViewReader } from '#engine/views/reader.js';
import type { View } from '#engine/views/view.js';
import type { DemoClock } from '../clock/demo-clock.js';
import type { Settings } from '../config/settings.js';
import type { Passwords } from '../identity/passwords.js';
import type { Tokens } from '../identity/tokens.js';
import type { Stores } from './stores.js';

/** What the kernel is told of the domain that it serves. */
export interface Model {
  readonly eventTypes: readonly EventType[];
  readonly views: readonly View[];
  readonly keyOf: (stream: string, part: string) => PartKey;
}

/** Everything that a process of Dossier works with, opened once. A class, so that it can be injected by its type. */
export abstract class Kernel implements Stores {
  abstract readonly log: EventLog;
  abstract readonly vault: KeyVault;
  abstract readonly views: ViewStore;
  abstract readonly settings: Settings;
  abstract readonly identity: LogIdentity;
  abstract readonly clock: Clock;
  /** The same clock where the log is a demo, so that it can be moved. */
  abstract readonly demoClock: DemoClock | null;
  abstract readonly masters: Keyring;
  abstract readonly registry: Registry;
  abstract readonly keys: DataKeys;
  abstract readonly sealer: Sealer;
  abstract readonly executor: CommandExecutor;
  abstract readonly projector: Projector;
  abstract readonly reader: ViewReader;
  abstract readonly viewNames: readonly string[];
  abstract readonly passwords: Passwords;
  abstract readonly tokens: Tokens;
  /** Stops the projector, then closes the stores and lets go of the folder. */
  abstract close(): Promise<void>;
}
