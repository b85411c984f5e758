import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { GENESIS, type StoredEvent } from './event.js';
import type { Clock } from './ports/clock.js';
import { WrongExpectedRevision, type EventLog } from './ports/event-log.js';
import { canonical } from './proof/canonical.js';
import { HASH_VERSION, hashOf } from './proof/chain.js';
import { eventType } from './registry.js';
import { SEALING_VERSION } from './sealing/box.js';

/** Revision 0 of every log: which log it is, and by which rules it was written. */
export const logOpened = eventType(
  'LogOpened',
  z.strictObject({
    logId: z.uuid(),
    hashVersion: z.int(),
    canonicalForm: z.string(),
    sealingVersion: z.int(),
    demo: z.boolean(),
  }),
);

export const LOG_STREAM = 'dossierLog-main';

/** The rules that this program writes by. */
const RULES = {
  hashVersion: HASH_VERSION,
  canonicalForm: 'RFC 8785, safe integers, well-formed strings',
  sealingVersion: SEALING_VERSION,
};

export interface LogIdentity {
  /** Stands beside every checkpoint: a position is valid within this log only. */
  readonly logId: string;
  /** A demo log runs on a clock of its own. */
  readonly demo: boolean;
}

/** The log was written by rules that this program does not know. */
export class LogNotReadable extends Error {
  override readonly name = 'LogNotReadable';
}

/**
 * Reads the identity of a log; an empty one is opened first.
 * @param demo whether a log opened now is a demo; an existing log keeps what it is
 * @throws LogNotReadable
 */
export async function identify(log: EventLog, clock: Clock, demo: boolean): Promise<LogIdentity> {
  const known = await readIdentity(log);
  if (known) return known;
  if ((await log.head()) === null) {
    try {
      await log.append(LOG_STREAM, -1, [opening(clock.now(), demo)]);
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
  }
  // Somebody else may have opened the log since it was read first.
  const opened = await readIdentity(log);
  if (!opened) throw new LogNotReadable('the log holds events but no LogOpened: it is not ours');
  return opened;
}

async function readIdentity(log: EventLog): Promise<LogIdentity | null> {
  const [first] = await log.readStream(LOG_STREAM, { from: 0, maxCount: 1 });
  if (!first) return null;
  const data = logOpened.clear.safeParse(first.data);
  if (!data.success || first.type !== logOpened.type || first.schemaVersion !== logOpened.version) {
    throw new LogNotReadable('the first event of the log cannot be read by this version of the program');
  }
  const { logId, demo, ...rules } = data.data;
  if (canonical(rules) !== canonical(RULES)) {
    throw new LogNotReadable(
      'the log was written by other rules of hashing, canonical form or sealing than this program has',
    );
  }
  return { logId, demo };
}

function opening(now: string, demo: boolean): StoredEvent {
  const id = randomUUID();
  const event = {
    id,
    type: logOpened.type,
    schemaVersion: logOpened.version,
    stream: LOG_STREAM,
    revision: 0,
    recordedAt: now,
    effectiveAt: now,
    actorId: 'system',
    actorRoles: [],
    onBehalfOf: null,
    commandId: id,
    correlationId: id,
    causationId: null,
    channel: 'engine' as const,
    policies: {},
    bodyMac: null,
    prev: GENESIS,
    hashVersion: HASH_VERSION,
    data: { logId: randomUUID(), demo, ...RULES },
    boxes: {},
  };
  return { ...event, hash: hashOf(event) };
}
