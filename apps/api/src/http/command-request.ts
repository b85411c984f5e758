import { randomUUID } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import type { CommandBody, CommandMeta, Done, Outcome } from '#engine/command.js';
import type { Refusal } from '#engine/decider.js';
import type { Json, JsonObject } from '#engine/json.js';
import { Problem, type FieldFault } from './problem.js';
import { contentMember, refusedMember } from './refused-member.js';
import { correlationIdOf, type AuthenticatedRequest } from './request-context.js';

/** Namespace of command ids that derive from an `Idempotency-Key`. */
const NAMESPACE = '5d2c1d0e-9f0b-5a53-9d7e-0f6c8a4b7e21';

/**
 * What a request says about its command, beside the body.
 * @param policies policy name -> version that the decision will use
 * @param body the request's body, its sealed members apart, so that a repeat can be told from another command
 */
export function commandMeta(
  request: AuthenticatedRequest,
  policies: Readonly<Record<string, string>>,
  body: CommandBody,
): CommandMeta {
  const ifMatch = ifMatchOf(request.headers['if-match']);
  return {
    commandId: commandIdOf(request),
    actor: { id: request.caller.id, roles: request.caller.roles },
    correlationId: correlationIdOf(request),
    channel: 'api',
    policies,
    body,
    ...(ifMatch === undefined ? {} : { ifMatch }),
  };
}

const commandIds = new WeakMap<AuthenticatedRequest, string>();

/** uuid v5 of (actor, method, path, Idempotency-Key); random without a key, but one and the same for one request. */
export function commandIdOf(request: AuthenticatedRequest): string {
  const known = commandIds.get(request);
  if (known !== undefined) return known;
  const id = newCommandId(request);
  commandIds.set(request, id);
  return id;
}

function newCommandId(request: AuthenticatedRequest): string {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return randomUUID();
  if (typeof key !== 'string' || !/^[\x20-\x7e]{1,200}$/.test(key))
    throw new Problem('request.bad-idempotency-key');
  const path = request.url.split('?')[0];
  return uuidv5(JSON.stringify([request.caller.id, request.method, path, key]), NAMESPACE);
}

function ifMatchOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const revision = /^"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (revision === undefined) throw new Problem('request.bad-if-match');
  return Number(revision);
}

/**
 * The command's events and place; anything but `done` becomes a problem.
 * @param command its type, by which a refusal can name the member of the body that it is about
 */
export function doneOrProblem(outcome: Outcome, command?: string): Done {
  switch (outcome.kind) {
    case 'done':
      return outcome;
    case 'refused':
      throw refusalProblem(outcome.refusal, command);
    case 'stale':
      throw new Problem(
        'command.stale',
        { revision: outcome.revision },
        {
          headers: { etag: etag(outcome.revision) },
          members: {
            changes: outcome.changes.map(({ type, revision, actorId, recordedAt }) => ({
              type,
              revision,
              by: actorId,
              at: recordedAt,
            })),
          },
        },
      );
    case 'contended':
      throw new Problem('command.contended', {}, { headers: { 'retry-after': '1' } });
    case 'reused':
      throw new Problem('command.key-reused');
    case 'erased':
      throw new Problem('command.erased');
  }
}

/** The problem that a refusal, of a command of this type, is answered with. */
export function refusalProblem({ refused, params }: Refusal, command?: string): Problem {
  if (refused === 'record.not-found') return new Problem('record.unknown');
  if (refused === 'record.content-invalid') {
    const problems = params['problems'] as unknown as Fault[];
    return new Problem(refused, {}, { errors: contentFaults(problems, contentMember(command)) });
  }
  const problem = new Problem(refused, params);
  const pointer = refusedMember(refused, command);
  if (pointer === null) return problem;
  const detail = { en: problem.detail('en'), zh: problem.detail('zh') };
  return new Problem(refused, params, { errors: [{ pointer, code: refused, detail }] });
}

type Fault = Pick<FieldFault, 'pointer' | 'code'>;

/** What the rules found in a content only beside what the record has already. */
function contentFaults(problems: readonly Fault[], member: string): FieldFault[] {
  return problems.map(({ pointer, code }) => ({
    pointer: `${member}${pointer}`,
    code,
    detail: CONTENT_FAULTS[code] ?? {
      en: 'This does not meet the schema.',
      zh: '不符合字段标准。',
    },
  }));
}

const CONTENT_FAULTS: Readonly<Record<string, FieldFault['detail']>> = {
  'field.required': { en: 'A value is required here.', zh: '此项必填。' },
  'field.contradicts': {
    en: 'This says otherwise than an act of the record that settled it; leave it out.',
    zh: '与档案已确定的内容不一致，请删除。',
  },
  'field.unknown-item': { en: 'The record has no item with this id.', zh: '档案中没有此标识的条目。' },
};

/** Where a command landed: part of every answer to a command. */
export function placeOf({ stream, revision, position }: Done): {
  stream: string;
  revision: number;
  position: string;
} {
  return { stream, revision, position };
}

/** A strong ETag: the revision of the stream. */
export function etag(revision: number): string {
  return `"${revision}"`;
}

/**
 * Splits a request body for comparison: members named here belong to a part, all others are clear.
 * @param sealed member -> part
 */
export function splitBody(body: object, sealed: Readonly<Record<string, string>>): CommandBody {
  const clear: Record<string, Json> = {};
  const parts: Record<string, Record<string, Json>> = {};
  for (const [member, value] of Object.entries(body) as [string, Json | undefined][]) {
    if (value === undefined) continue;
    const part = sealed[member];
    if (part === undefined) clear[member] = value;
    else (parts[part] ??= {})[member] = value;
  }
  // Class instances become plain JSON, so that the MAC is over what was sent.
  return JSON.parse(JSON.stringify({ clear, sealed: parts })) as {
    clear: JsonObject;
    sealed: Record<string, JsonObject>;
  };
}
