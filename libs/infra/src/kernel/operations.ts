import type { RecordedEvent } from '#engine/event.js';
import { chainFault } from '#engine/proof/chain.js';
import { rewrapDataKeys } from '#engine/sealing/rotate.js';
import { ProjectionRefused, retire } from '#engine/views/generations.js';
import { addMasterKey, dropMasterKey } from '../key-vault/master-keys.js';
import { OperationFailed, type Operation, type Operations } from '../operator/operation.js';
import type { Kernel } from './kernel.js';

const PAGE = 1_000;

/** What an operator can ask of an open kernel, from the command line or over the socket. */
export function kernelOperations(kernel: Kernel): Operations {
  return {
    status: () => status(kernel),
    rebuild: (args, progress) => rebuild(kernel, viewOf(kernel, args), progress),
    rollback: async (args) => {
      const generation = Number(args.generation);
      await refusable(() => kernel.projector.flip(viewOf(kernel, args), generation));
      return { view: args.view!, serving: generation };
    },
    drop: async (args) => {
      const generation = Number(args.generation);
      await refusable(() => kernel.projector.drop(viewOf(kernel, args), generation));
      return { view: args.view!, dropped: generation };
    },
    retry: async (args) => ({
      reports: (await kernel.projector.retryParked(viewOf(kernel, args))).map((r) => ({ ...r })),
    }),
    retire: async (args) => {
      if (args.view === undefined || kernel.viewNames.includes(args.view)) {
        throw new OperationFailed('only a view that this program no longer has can be retired');
      }
      await refusable(() => retire(kernel.views, args.view!));
      return { retired: args.view };
    },
    verify: (_, progress) => verify(kernel, progress),
    'rotate-master-key': (_, progress) => rotateMasterKey(kernel, progress),
    'drop-master-key': (args) => forgetMasterKey(kernel, args.key ?? ''),
    'rotate-signing-key': async () => ({ kid: await kernel.tokens.rotate() }),
  };
}

async function status({ log, identity, reader, projector, viewNames, clock }: Kernel) {
  const stopped = new Map(
    projector.status().flatMap((feed) => (feed.stopped ? [[feed.view, feed.stopped.message]] : [])),
  );
  const views = await Promise.all(
    viewNames.map(async (view) => ({ ...(await reader.lag(view)), stopped: stopped.get(view) ?? null })),
  );
  return { logId: identity.logId, demo: identity.demo, now: clock.now(), head: await log.head(), views };
}

async function rebuild(kernel: Kernel, view: string, progress: (line: string) => void) {
  let told = 0;
  const result = await refusable(() =>
    kernel.projector.rebuild(view, ({ read, of, generation }) => {
      if (read < of && read - told < 10_000) return;
      told = read;
      progress(`${view} generation ${generation}: ${read} of ${of} events`);
    }),
  );
  const { parity, generation, flipped } = result;
  return {
    view,
    generation: generation.number,
    flipped,
    digest: parity?.candidate.digest ?? null,
    serving: parity?.serving.digest ?? null,
    rows: parity?.candidate.rows ?? null,
    differing: parity?.differing ?? 0,
    differences: parity?.differences.map(({ key, paths }) => ({ key, paths })) ?? [],
  };
}

/** Reads the whole log and checks every stream's chain. */
async function verify({ log }: Kernel, progress: (line: string) => void) {
  const heads = new Map<string, Pick<RecordedEvent, 'revision' | 'hash' | 'recordedAt'>>();
  let after: string | null = null;
  let events = 0;
  for (;;) {
    const page: RecordedEvent[] = await log.readAll({ after, maxCount: PAGE });
    for (const event of page) {
      const fault = chainFault((heads.get(event.stream) as RecordedEvent | undefined) ?? null, event);
      if (fault)
        throw new OperationFailed(`${event.stream}@${event.revision}: the chain is broken (${fault})`);
      heads.set(event.stream, { revision: event.revision, hash: event.hash, recordedAt: event.recordedAt });
    }
    events += page.length;
    if (page.length < PAGE) break;
    after = page.at(-1)!.position;
    if (events % 50_000 === 0) progress(`${events} events checked`);
  }
  return { events, streams: heads.size, head: await log.head(), chains: 'whole' };
}

async function rotateMasterKey(kernel: Kernel, progress: (line: string) => void) {
  const { masters } = kernel;
  masters.replace(addMasterKey(kernel.settings.masterKeyFile));
  const rewrapped = await rewrapDataKeys(kernel.vault, masters, (count) =>
    progress(`${count} keys rewrapped`),
  );
  await kernel.tokens.rewrap();
  return { masterKeyId: masters.current.id, rewrapped };
}

/** Takes a former master key out of the file, once nothing here is wrapped by it any more. */
async function forgetMasterKey(kernel: Kernel, id: string) {
  const { masters, vault, settings } = kernel;
  await kernel.tokens.rewrap();
  if ((await vault.keysNotWrappedBy(masters.current.id, 1)).length > 0) {
    throw new OperationFailed('keys are still wrapped by a former master key: run rotate-master-key first');
  }
  masters.replace(dropMasterKey(settings.masterKeyFile, id));
  return { dropped: id, masterKeyId: masters.current.id };
}

function viewOf({ viewNames }: Kernel, { view }: Parameters<Operation>[0]): string {
  if (view === undefined || !viewNames.includes(view)) {
    throw new OperationFailed(`name one of these views: ${viewNames.join(', ')}`);
  }
  return view;
}

async function refusable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ProjectionRefused ? new OperationFailed(error.message) : error;
  }
}
