import { CommandExecutor } from '#engine/execute.js';
import { identify, logOpened, type LogIdentity } from '#engine/log-identity.js';
import type { Clock } from '#engine/ports/clock.js';
import type { EventLog } from '#engine/ports/event-log.js';
import { Registry } from '#engine/registry.js';
import { DataKeys } from '#engine/sealing/data-keys.js';
import { Keyring } from '#engine/sealing/keyring.js';
import { Sealer } from '#engine/sealing/sealer.js';
import { bindVault } from '#engine/sealing/vault-binding.js';
import { Progress } from '#engine/views/progress.js';
import { Projector } from '#engine/views/projector.js';
import { ViewReader } from '#engine/views/reader.js';
import type { ViewStopped } from '#engine/views/stopped.js';
import { DemoClock } from '../clock/demo-clock.js';
import { systemClock } from '../clock/system-clock.js';
import type { Settings } from '../config/settings.js';
import { openDataFolder } from '../embedded/data-folder.js';
import { Passwords } from '../identity/passwords.js';
import { Tokens } from '../identity/tokens.js';
import { loadOrCreateMasterKeys } from '../key-vault/master-keys.js';
import type { Kernel, Model } from './kernel.js';
import { openStores } from './stores.js';

/** What the program does about trouble that no caller is waiting to hear of. */
export interface KernelEvents {
  /** The log's disk can no longer be trusted: exit non-zero, recover from disk. */
  readonly onFatal: (reason: Error) => void;
  readonly onViewStopped: (error: ViewStopped) => void;
  /** A store or the vault failed while views were fed; it is being tried again. */
  readonly onProjectionRetry?: (error: unknown, attempt: number) => void;
}

/**
 * Opens the stores and starts the projector.
 * @throws BadSettings, or an Error that tells the operator what is wrong with a store, a key file or the folder
 */
export async function openKernel(settings: Settings, model: Model, events: KernelEvents): Promise<Kernel> {
  const opened: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const undo of opened.splice(0).reverse()) await undo();
  };
  try {
    const folder = openDataFolder(settings.dataDir);
    opened.push(() => folder.close());
    const stores = openStores(settings, events.onFatal);
    opened.push(...Object.values(stores).map((store: { close(): Promise<void> }) => () => store.close()));
    const { log, vault, views } = stores;
    const masters = new Keyring(loadOrCreateMasterKeys(settings.masterKeyFile));
    const { identity, clock, demoClock } = await openClock(log, settings);
    await bindVault(vault, log, identity.logId);
    const registry = new Registry([logOpened, ...model.eventTypes], model.keyOf);
    const keys = new DataKeys(vault, masters, clock);
    const sealer = await Sealer.create(keys);
    const executor = new CommandExecutor(log, registry, sealer, clock);
    const progress = new Progress();
    const projector = new Projector({
      log,
      logId: identity.logId,
      store: views,
      registry,
      views: model.views,
      openValues: async (event, pointers) => {
        const values = await sealer.valuesOf(event);
        return new Map(
          pointers.flatMap((pointer) => (pointer in values ? [[pointer, values[pointer]!] as const] : [])),
        );
      },
      token: (text) => sealer.token(text),
      progress,
      onStopped: events.onViewStopped,
      ...(events.onProjectionRetry ? { onRetry: events.onProjectionRetry } : {}),
    });
    const reader = new ViewReader({ store: views, log, clock, progress });
    const tokens = new Tokens(vault, masters, clock, identity.logId, settings.TOKEN_SECONDS);
    await tokens.load();
    await projector.start();
    opened.push(() => projector.stop());
    return {
      ...stores,
      settings,
      identity,
      clock,
      demoClock,
      masters,
      registry,
      keys,
      sealer,
      executor,
      projector,
      reader,
      viewNames: model.views.map(({ name }) => name),
      passwords: new Passwords(vault),
      tokens,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A demo log runs on a clock of its own, which goes on from the last thing that it recorded. */
async function openClock(
  log: EventLog,
  { DEMO, DEMO_START }: Settings,
): Promise<{ identity: LogIdentity; clock: Clock; demoClock: DemoClock | null }> {
  const first = DEMO && DEMO_START ? new DemoClock(DEMO_START) : systemClock;
  const identity = await identify(log, first, DEMO);
  if (!identity.demo) return { identity, clock: systemClock, demoClock: null };
  const latest = await log.readAll({ after: null, direction: 'backwards', maxCount: 500 });
  const demoClock = new DemoClock(
    latest.reduce((max, { recordedAt }) => (recordedAt > max ? recordedAt : max), ''),
  );
  return { identity, clock: demoClock, demoClock };
}
