import { v5 as uuidv5 } from 'uuid';
import { SYSTEM } from '#engine/decider.js';
import type { RecordedEvent } from '#engine/event.js';
import { KEY_CACHE_MS } from '#engine/sealing/data-keys.js';
import { pause } from '#engine/views/backoff.js';
import { PARKED } from '#engine/views/parking.js';
import { keyOf } from '#domain/keys.js';
import { recordDecider } from '#domain/records/decider.js';
import type { Kernel } from '#infra/kernel/kernel.js';
import { POLICIES_IN_FORCE } from '../commands/commands.js';
import { certificateOf } from './certificate.js';

const PAGE = 500;
/** How often the progress of the views is looked at, in milliseconds. */
const LOOK_MS = 25;

/** The work cannot be done yet: it is tried again. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

/**
 * Brings a destruction that has begun to its certificate. Each step can be repeated, so that whoever resumes it after a
 * crash starts from the top.
 * @returns whether there was anything to do: another process may have been quicker
 * @throws NotYet, and whatever the stores throw
 */
export async function completeDestruction(
  kernel: Kernel,
  recordId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const stream = `customerRecord-${recordId}`;
  const { state, revision } = await kernel.executor.load(recordDecider, stream);
  if (state.status !== 'being-destroyed') return false;
  // Nothing but the completion can follow it, so it is the last event.
  const [begun] = await kernel.log.readStream(stream, { from: revision, maxCount: 1 });
  if (!begun) throw new NotYet('the log does not show its head');

  const keyIds = await destroyKeys(kernel, stream, signal);
  const viewsPassed = await viewsHavePassed(kernel, begun.position, signal);
  await nothingParked(kernel, stream);
  await kernel.views.scrub();
  await append(kernel, begun, {
    ...{ begun, keyIds, viewsPassed },
    keysDestroyedAt: await lastDeath(kernel, keyIds),
  });
  return true;
}

/**
 * Destroys the keys of a destroyed record again where they are alive: a backup of the vault has been restored.
 * @returns how many were found alive
 */
export async function keepDestroyed(kernel: Kernel, recordId: string, signal: AbortSignal): Promise<number> {
  const stream = `customerRecord-${recordId}`;
  const alive = await kernel.vault.liveKeysOf(keyOf(stream, 'record').owner);
  if (alive.length > 0) await destroyKeys(kernel, stream, signal);
  return alive.length;
}

/** Destroys every key of the customer, also one that a command in flight made meanwhile, until no copy can be left. */
async function destroyKeys(kernel: Kernel, stream: string, signal: AbortSignal): Promise<string[]> {
  const { vault, keys, clock } = kernel;
  const { owner } = keyOf(stream, 'record');
  const all = new Set(await keysNamedIn(kernel, stream));
  for (let live = [...all]; ;) {
    for (const id of await vault.liveKeysOf(owner)) if (!all.has(id)) live.push(id);
    for (const id of live) all.add(id);
    await vault.destroyKeys(live, clock.now());
    const died = clock.monotonic();
    keys.forget(live);
    await vault.scrub();
    await pause(Math.max(0, died + KEY_CACHE_MS - clock.monotonic()), signal);
    if (signal.aborted) throw new NotYet('stopping');
    live = [...(await vault.liveKeysOf(owner))];
    if (live.length === 0) return [...all];
  }
}

/** Ids of the keys that the boxes of a stream name: those are known after a crash, too. */
async function keysNamedIn({ log }: Kernel, stream: string): Promise<string[]> {
  const named = new Set<string>();
  for (let from = 0; ; from += PAGE) {
    const page = await log.readStream(stream, { from, maxCount: PAGE });
    for (const { boxes } of page) for (const { k } of Object.values(boxes)) named.add(k);
    if (page.length < PAGE) return [...named];
  }
}

async function viewsHavePassed({ reader }: Kernel, position: string, signal: AbortSignal): Promise<string> {
  for (;;) {
    const passed = await reader.passedByAll();
    if (passed !== null && passed >= position) return passed;
    await pause(LOOK_MS, signal);
    if (signal.aborted) throw new NotYet('stopping');
  }
}

/** A document that waits for an operator still holds what it held. */
async function nothingParked({ views }: Kernel, stream: string): Promise<void> {
  const where = { stream: { eq: stream } };
  if ((await views.count(PARKED, where, 1)) > 0) throw new NotYet('a document of the record is parked');
}

async function lastDeath({ vault, clock }: Kernel, keyIds: readonly string[]): Promise<string> {
  const entries = [...(await vault.keys(keyIds)).values()];
  if (entries.some(({ state }) => state === 'live')) throw new NotYet('a key is alive again');
  const deaths = entries.flatMap((entry) => (entry.state === 'destroyed' ? [entry.destroyedAt] : []));
  return deaths.sort().at(-1) ?? clock.now();
}

async function append(
  kernel: Kernel,
  begun: RecordedEvent,
  destroyed: Parameters<typeof certificateOf>[1],
): Promise<void> {
  const outcome = await kernel.executor.execute(
    recordDecider,
    begun.stream,
    { type: 'CompleteDestruction', certificate: certificateOf(kernel, destroyed) },
    {
      commandId: uuidv5('complete', begun.data['applicationId'] as string),
      actor: SYSTEM,
      correlationId: begun.correlationId,
      causationId: begun.id,
      channel: 'engine',
      policies: POLICIES_IN_FORCE,
    },
  );
  if (outcome.kind !== 'done') throw new NotYet(`the certificate could not be written: ${outcome.kind}`);
}
